"""What templates of promptsource are read from and written as."""
