"""A sandbox for untrusted Jinja templates."""
