"""The panel of the shown source's masks."""
