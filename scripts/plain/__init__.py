"""The parts of `plain_rules.py`."""
