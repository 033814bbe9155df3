"""Plots of the image and of the frame's pixels; the only package that imports pyqtgraph.

`loading` loads it once the window rests. What shows a plot (`panel`, `tone_plot`) imports no
pyqtgraph itself: its chart (`bars`, `histogram_chart`) is made when it is first seen.
"""
