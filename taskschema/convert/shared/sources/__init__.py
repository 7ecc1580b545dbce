"""Files and folders that formats read from."""
