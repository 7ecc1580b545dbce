"""Code that several exporters share."""
