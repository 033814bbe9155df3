"""Starting the program: the application, the demo, screenshots, the desktop entry."""
