"""Code that several views share."""
