"""The panel of the colours without an ROI."""
