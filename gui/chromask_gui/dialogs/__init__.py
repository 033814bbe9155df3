"""The windows that come up on a key: commands, keys, settings."""
