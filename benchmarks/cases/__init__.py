"""One module a case: its functions take a folder with data, a scene and an effort."""
