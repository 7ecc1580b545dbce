"""What MultiModalQA is read from and written as."""
