"""One mask's pixels, without files and ROIs: planes, runs, tiles, shapes as pixels, components."""
