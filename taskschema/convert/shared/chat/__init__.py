"""What all rows of conversations share."""
