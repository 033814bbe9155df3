"""What masks look like: display colours, shapes, tone, and a frame drawn without a window."""
