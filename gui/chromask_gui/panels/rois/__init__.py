"""The ROI panel: the table of ROIs, its form and its bars."""
