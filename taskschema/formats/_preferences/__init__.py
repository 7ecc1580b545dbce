"""What preference pairs are read from and made of."""
