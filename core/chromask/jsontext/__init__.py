"""Strict, bounded JSON that keeps its own text: reading, rewriting, errors with their line."""
