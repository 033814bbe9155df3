"""The panel of the frames: thumbnails, marks, and what was recognised."""
