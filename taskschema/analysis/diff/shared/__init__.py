"""Code that several output formats of `diff` share."""
