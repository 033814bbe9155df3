"""The options of the tools: small widgets in the bar over the canvas.

A new option is one class of a module here, and one line in `OPTIONS`; a tool names those
that it has in ``Tool.options``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask_gui.tools.options.choices import connected, mode, neighbours, tip
from chromask_gui.tools.options.over import OverOption
from chromask_gui.tools.options.size import SizeOption

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from chromask_gui.session.session import Session

OPTIONS: Mapping[str, Callable[[Session], QWidget]] = {
    "size": SizeOption,
    "tip": tip,
    "connected": connected,
    "neighbours": neighbours,
    "mode": mode,
    "over": OverOption,
}
"""How each option is made, in the order in which they stand in the bar."""
