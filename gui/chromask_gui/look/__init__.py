"""Theme, icons, languages and texts."""
