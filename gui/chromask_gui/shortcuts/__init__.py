"""Shortcuts: which keys run which action, how they are grouped, and which keys a focused widget keeps."""
