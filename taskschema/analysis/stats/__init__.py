"""The command `stats`: statistics of a collection, as tables, gaps and a plot."""
