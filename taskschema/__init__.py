"""The unified task schema for instruction data, and the toolkit around it."""
