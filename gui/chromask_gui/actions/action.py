"""One row of the table of actions, and the desk that its function works on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow, QWidget

    from chromask_gui.canvas.view import Canvas
    from chromask_gui.panels.frame_details import FrameDetailsPanel
    from chromask_gui.panels.history import HistoryPanel
    from chromask_gui.panels.refine_bar import RefineBar
    from chromask_gui.panels.rois.panel import RoiPanel
    from chromask_gui.session.file_flow import FileFlow
    from chromask_gui.session.session import Session
    from chromask_gui.session.settings import Settings
    from chromask_gui.shortcuts.keymap import KeyMap


@dataclass(frozen=True, slots=True)
class Panels:
    """The panels that actions work on, by their names.

    Attributes
    ----------
    show
        Brings a panel to the front of the side bar.
    """

    rois: RoiPanel
    frame: FrameDetailsPanel
    history: HistoryPanel
    refine: RefineBar
    show: Callable[[QWidget], None]


@dataclass(frozen=True, slots=True)
class Desk:
    """What an action's function may reach."""

    window: QMainWindow
    panels: Panels
    session: Session
    canvas: Canvas
    files: FileFlow
    settings: Settings
    keys: KeyMap


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the table.

    Attributes
    ----------
    id
        Its name in code and settings.
    text
        Its name for people, wrapped in ``QT_TRANSLATE_NOOP("actions", ...)``.
    keys
        Its shortcuts, the first is shown.
    icon
        The name of its icon, or empty.
    run
        What runs.
    menu
        The menu that shows it (see `MENUS`), or empty.
    needs
        ``document``, ``list`` (something is opened), ``frames`` (several), ``undo``, ``redo``, ``selection`` (of ROIs), ``choice`` (or a
        value in hand), ``preview`` (of a source that is read) or empty: what must be there.
    is_checked
        Tells whether its check mark is set; None where it has none.
    group
        Under which heading the help page lists it (see `GROUPS`); its menu where empty.
    context
        Where its keys count; two actions of one context never share a key.
    """

    id: str
    text: object
    keys: tuple[str, ...]
    icon: str
    run: Callable[[Desk], object]
    menu: str = ""
    needs: str = ""
    is_checked: Callable[[Session], bool] | None = None
    group: str = ""
    context: str = "window"
