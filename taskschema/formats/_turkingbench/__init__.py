"""What TurkingBench folders are read from and written as."""
