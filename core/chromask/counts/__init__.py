"""How many pixels each ROI and value has, and what no ROI claims."""
