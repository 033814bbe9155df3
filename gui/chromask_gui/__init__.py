"""The chromask window."""
