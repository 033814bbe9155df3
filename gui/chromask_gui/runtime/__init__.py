"""Threads and jobs, crash reports, and every patch of Python or Qt."""
