"""What tasks of lm-evaluation-harness are read from and written as."""
