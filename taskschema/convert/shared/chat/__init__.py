"""Rows that are conversations."""
