"""The open document and the view: what the window shows, and the way through the frames."""
