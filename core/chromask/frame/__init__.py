"""A frame and what is in it: sources, masks, annotations, geometry, and how an ROI finds its mask."""
