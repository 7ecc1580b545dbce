"""Reports: the declaration of a reporter, the output formats and the HTML page."""
