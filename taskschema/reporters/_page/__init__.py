"""The parts of the page that the `html` reporter writes: one section or means of it, one module."""
