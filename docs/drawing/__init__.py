"""What `docs/draw_pictures.py` draws with: the files, the window and its user, the pictures."""

import os

# Before anything imports Qt, which reads them once.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("QT_API", "pyside6")

# The window before its parts, as the program does it.
import chromask_gui.app.application  # noqa: F401
