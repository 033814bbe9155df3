"""What chromask ships beside its code: theme, icons and the example; read through importlib.resources."""
