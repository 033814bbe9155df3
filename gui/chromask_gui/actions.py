"""The actions: one table of everything that has a name, an icon or a key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from chromask_gui.commands import Commands
from chromask_gui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from chromask_gui.session import Session


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the table.

    Attributes
    ----------
    id
        Its name in code and settings.
    text
        Its name for people.
    keys
        Its shortcuts, the first is shown.
    icon
        The name of its icon, or empty.
    run
        What runs, with the window's commands.
    menu
        The menu that shows it, or empty.
    needs
        ``document``, ``undo``, ``redo``, ``selection`` or empty: what must be there.
    checked
        The name of the view's field that it shows as its check mark, or empty.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    icon: str
    run: Callable[[Commands], None]
    menu: str = ""
    needs: str = ""
    checked: str = ""


FILE, EDIT, VIEW = "&File", "&Edit", "&View"
MENUS = (
    QT_TRANSLATE_NOOP("actions", "&File"),
    QT_TRANSLATE_NOOP("actions", "&Edit"),
    QT_TRANSLATE_NOOP("actions", "&View"),
)


def _tr(text: str) -> str:
    return str(QT_TRANSLATE_NOOP("actions", text))


ACTIONS: tuple[Action, ...] = (
    Action("open", "Open...", ("Ctrl+O",), "open", Commands.open, FILE),
    Action(
        "open_example", "Open the example", (), "image", Commands.open_example, FILE
    ),
    Action("save", "Save", ("Ctrl+S",), "save", Commands.save, FILE, "document"),
    Action(
        "save_as",
        "Save as...",
        ("Ctrl+Shift+S",),
        "save-as",
        Commands.save_as,
        FILE,
        "document",
    ),
    Action("close", "Quit", ("Ctrl+Q",), "", Commands.close, FILE),
    Action("undo", "Undo", ("Ctrl+Z",), "undo", Commands.undo, EDIT, "undo"),
    Action(
        "redo",
        "Redo",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "redo",
        Commands.redo,
        EDIT,
        "redo",
    ),
    Action(
        "delete",
        "Delete ROI",
        ("Delete",),
        "delete",
        Commands.delete_rois,
        EDIT,
        "selection",
    ),
    Action(
        "select_none",
        "Select none",
        ("Esc",),
        "",
        Commands.select_none,
        EDIT,
        "selection",
    ),
    Action("fit", "Fit", ("F",), "fit", Commands.fit, VIEW, "document"),
    Action(
        "one_to_one",
        "1:1",
        ("Ctrl+0",),
        "one-to-one",
        Commands.one_to_one,
        VIEW,
        "document",
    ),
    Action(
        "zoom_in", "Zoom in", ("+", "="), "zoom-in", Commands.zoom_in, VIEW, "document"
    ),
    Action(
        "zoom_out", "Zoom out", ("-",), "zoom-out", Commands.zoom_out, VIEW, "document"
    ),
    Action(
        "overlay",
        "Overlay",
        ("H",),
        "overlay",
        Commands.toggle_overlay,
        VIEW,
        "document",
        "has_overlay",
    ),
    Action(
        "outline",
        "Outline the selected ROI",
        ("Shift+H",),
        "outline",
        Commands.toggle_outline,
        VIEW,
        "document",
        "has_outline",
    ),
    *(
        Action(
            f"roi_{number}",
            f"ROI {number}",
            (str(number),),
            "",
            partial(Commands.select_number, number=number),
            "",
            "document",
        )
        for number in range(1, 10)
    ),
)


class ActionSet(QObject):
    """The table's actions as Qt's, bound to a window; enabled by what the session holds."""

    def __init__(self, window: QWidget, commands: Commands, session: Session) -> None:
        super().__init__(window)
        self._session = session
        self.by_id: Mapping[str, QAction] = {
            row.id: self._make(row, window, commands) for row in ACTIONS
        }
        session.document_opened.connect(self.refresh)
        session.changed.connect(self.refresh)
        session.view_changed.connect(self.refresh)
        self.refresh()

    def _make(self, row: Action, window: QWidget, commands: Commands) -> QAction:
        text = QCoreApplication.translate("actions", row.text)
        action = QAction(text, window)
        if row.icon:
            action.setIcon(icon(row.icon))
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{text}  {keys}" if keys else text)
        action.setCheckable(bool(row.checked))
        action.triggered.connect(lambda: row.run(commands))
        window.addAction(action)
        return action

    def refresh(self) -> None:
        """Enable, check and name every action after what is there."""
        session = self._session
        document = session.document
        there = {
            "": True,
            "document": document is not None,
            "undo": document is not None and document.undo_label is not None,
            "redo": document is not None and document.redo_label is not None,
            "selection": bool(session.view.selected),
        }
        for row in ACTIONS:
            action = self.by_id[row.id]
            action.setEnabled(there[row.needs])
            if row.checked:
                action.setChecked(bool(getattr(session.view, row.checked)))
        for name, label in (
            ("undo", document and document.undo_label),
            ("redo", document and document.redo_label),
        ):
            text = QCoreApplication.translate("actions", name.capitalize())
            self.by_id[name].setText(f"{text} {label}" if label else text)
