"""Jinja templates that are not trusted."""
