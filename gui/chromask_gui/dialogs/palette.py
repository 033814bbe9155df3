"""The command palette: every action and every ROI by a few letters, from the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from chromask_gui.look.icons import icon, swatch
from chromask_gui.look.texts import hex_text, number_text, one_line
from chromask_gui.look.theme import tokens
from chromask_gui.shortcuts.keymap import NATIVE
from chromask_gui.widgets import fuzzy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QIcon

    from chromask_gui.session.session import Session

WIDTH_PX, HEIGHT_PX, TOP_PX = 620, 420, 72
MOST = 200
"""Answers that are listed; whoever needs more types another letter."""

_NAME, _KEY = 0, 1
_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette.

    Attributes
    ----------
    text, plain
        As it is shown, and as it is searched.
    hint
        What stands at its end: the key of an action, the value of a ROI.
    icon
        Gives its icon; asked for only while the line is seen.
    is_enabled
        Whether it can be run now.
    run
        What runs.
    """

    text: str
    plain: str
    hint: str
    icon: Callable[[], QIcon | None]
    is_enabled: bool
    run: Callable[[], object]


class Answers(QAbstractTableModel):
    """The entries that answer what was typed, the best first."""

    def __init__(self, entries: Iterable[Entry], parent: QObject) -> None:
        super().__init__(parent)
        self._all = tuple(entries)
        self.shown: list[Entry] = []
        self.search("")

    def search(self, text: str) -> None:
        """List what answers a text; everything in its own order for an empty one."""
        wanted = fuzzy.plain(text)
        rated = [
            (-found, not entry.is_enabled, number)
            for number, entry in enumerate(self._all)
            if (found := fuzzy.score(wanted, entry.plain)) is not None
        ]
        if wanted.strip():
            rated.sort()
        self.beginResetModel()
        self.shown = [self._all[number] for *_, number in rated[:MOST]]
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 2

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and not self.shown[index.row()].is_enabled:
            # It can be seen and walked over, but not run.
            flags &= ~Qt.ItemFlag.ItemIsEnabled
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        entry = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text if index.column() == _NAME else entry.hint
        if role == Qt.ItemDataRole.DecorationRole and index.column() == _NAME:
            return entry.icon()
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == _KEY:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.text} {entry.hint}".strip()
        return None


class CommandPalette(QFrame):
    """Type, look, Enter. Esc closes it, and so does going elsewhere.

    It lies in the window and is none of its own: no system has to place it or to give it
    the keyboard.
    """

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._focus_before = QApplication.focusWidget()
        self.setProperty("kind", "card")
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Commands"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Type an action or the label of a ROI"))
        self.field.setAccessibleName(self.tr("Search actions and ROIs"))
        self.field.setClearButtonEnabled(True)
        self.field.addAction(
            icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        entries = [*action_entries(window), *self._roi_entries(session)]
        self.answers = Answers(entries, self)
        self.list = QTreeView()
        self.list.setAccessibleName(self.tr("Answers"))
        self.list.setModel(self.answers)
        self._lay_out()
        self.field.textChanged.connect(self._on_field_text_changed)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._on_list_clicked)
        self._choose_first()

    def _lay_out(self) -> None:
        view = self.list
        view.setHeaderHidden(True)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_KEY, QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        space = tokens().space_2
        column.setContentsMargins(space, space, space, space)
        column.setSpacing(space)
        column.addWidget(self.field)
        column.addWidget(view, 1)

    def _roi_entries(self, session: Session) -> list[Entry]:
        if session.document is None:
            return []
        entries: list[Entry] = []
        for index, roi in enumerate(session.document.frame.annotations):
            name = one_line(session.census.rois[index].resolution.name)
            text = self.tr("ROI {}: {}").format(number_text(index + 1), name)
            value = roi.mask_value
            entries.append(
                Entry(
                    text,
                    fuzzy.plain(text),
                    hex_text(value) if value and -1 not in value else "",
                    lambda value=value: _swatch(value),
                    is_enabled=True,
                    run=lambda index=index: session.select(index),
                )
            )
        return entries

    def pop_up(self) -> None:
        """Open at the top of the window, in its middle."""
        window = self._window
        width = min(WIDTH_PX, window.width() - 32)
        height = min(HEIGHT_PX, window.height() - TOP_PX - 16)
        self.setGeometry((window.width() - width) // 2, TOP_PX, width, height)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def shut(self) -> None:
        """Close, and give the focus back to whoever had it."""
        if self.isHidden():
            return
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self._window)
        self.hide()
        if had_focus and self._focus_before is not None:
            self._focus_before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.deleteLater()

    # -- what the user does

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent):
            way = self._way(event.key())
            if way is not None and event.type() == QEvent.Type.ShortcutOverride:
                # The window has uses of its own for Esc and Enter.
                event.accept()
                return True
            if way is not None and event.type() == QEvent.Type.KeyPress:
                way()
                return True
        elif watched is self.field and event.type() == QEvent.Type.FocusOut:
            self.shut()
        return super().eventFilter(watched, event)

    def _way(self, key: int) -> Callable[[], None] | None:
        """Give what a key does here; None where it writes into the field."""
        if key in _MOVES:
            return lambda: self._move(key)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.run_current
        return self.shut if key == Qt.Key.Key_Escape else None

    def run_current(self) -> None:
        """Close, and run the line that is chosen; one that is greyed out stays open."""
        row = self.list.currentIndex().row()
        if 0 <= row < len(self.answers.shown):
            entry = self.answers.shown[row]
            if entry.is_enabled:
                # What runs finds the focus where it was.
                self.shut()
                entry.run()

    def _move(self, key: int) -> None:
        page = max(1, self.list.viewport().height() // max(1, tokens().row_height))
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
        }
        last = len(self.answers.shown) - 1
        row = self.list.currentIndex().row() + steps[Qt.Key(key)]
        self._choose(min(max(row, 0), last))

    def _on_field_text_changed(self, text: str) -> None:
        self.answers.search(text)
        self._choose_first()

    def _choose_first(self) -> None:
        """Choose the best answer, even a greyed one: Enter must not run the next best."""
        self._choose(0)

    def _choose(self, row: int) -> None:
        index = self.answers.index(row, _NAME)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _on_list_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())
        self.run_current()


def action_entries(window: QWidget) -> list[Entry]:
    """Give an entry for each action that a window has."""
    entries: list[Entry] = []
    for action in window.actions():
        text = action.text().replace("&", "")
        if not action.objectName() or action.objectName() == "palette":
            continue
        keys = action.shortcut().toString(NATIVE)
        entries.append(
            Entry(
                text,
                fuzzy.plain(text),
                keys,
                action.icon,
                is_enabled=action.isEnabled(),
                run=action.trigger,
            )
        )
    return entries


def _swatch(value: tuple[int, ...] | None) -> QIcon | None:
    if not value or -1 in value or max(value) > 255:
        return None
    rgb = value[:3] if len(value) >= 3 else value[:1] * 3
    return swatch(tuple(rgb))  # pyright: ignore[reportArgumentType]
