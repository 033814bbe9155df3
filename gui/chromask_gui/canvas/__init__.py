"""The canvas: the source image, the masks over it, and what is drawn on top."""
