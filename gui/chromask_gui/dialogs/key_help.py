"""The page of F1: all keys in groups, to search, to copy as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chromask_gui.look.icons import icon
from chromask_gui.look.theme import tokens
from chromask_gui.shortcuts.groups import GESTURES, GROUPS, group_of
from chromask_gui.shortcuts.keymap import shown_key
from chromask_gui.widgets import fuzzy
from chromask_gui.widgets.on_screen import FittingDialog

if TYPE_CHECKING:
    from chromask_gui.shortcuts.keymap import KeyMap


class KeyHelp(FittingDialog):
    """Every key there is. It stays beside the window while one works."""

    def __init__(self, window: QWidget, keys: KeyMap) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self.setAccessibleName(self.windowTitle())
        self.resize(560, 680)
        self._keys = keys
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search: an action or a key"))
        self.field.setAccessibleName(self.tr("Search the keys"))
        self.field.setClearButtonEnabled(True)
        self.field.addAction(
            icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.list = self._make_list()
        self.empty = QLabel(self.tr("No action and no key has this in it."))
        self.empty.setProperty("kind", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.copy_button = QPushButton(icon("copy"), self.tr("Copy as text"))
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setSpacing(tokens().space_2)
        column.addWidget(self.field)
        column.addWidget(self.empty)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.field.textChanged.connect(self._search)
        self.copy_button.clicked.connect(self._copy)
        close.clicked.connect(self.close)
        keys.changed.connect(self._fill)
        self._fill()

    def _make_list(self) -> QTreeWidget:
        view = QTreeWidget()
        view.setAccessibleName(self.tr("All keys"))
        view.setHeaderHidden(True)
        view.setColumnCount(2)
        view.setRootIsDecorated(False)
        view.setItemsExpandable(False)
        view.setIndentation(tokens().space_3)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        return view

    def _fill(self) -> None:
        self.list.clear()
        self._groups.clear()
        for name, rows in grouped_keys(self._keys):
            group = QTreeWidgetItem([name, ""])
            font = self.list.font()
            font.setBold(True)
            group.setFont(0, font)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.list.addTopLevelItem(group)
            items = [QTreeWidgetItem([what, key]) for what, key in rows]
            group.addChildren(items)
            group.setExpanded(True)
            self._groups.append((group, items))
        self._search(self.field.text())

    def _search(self, text: str) -> None:
        wanted = fuzzy.plain(text.strip())
        found = 0
        for group, rows in self._groups:
            seen = 0
            for row in rows:
                here = fuzzy.plain(f"{group.text(0)}\n{row.text(0)}\n{row.text(1)}")
                row.setHidden(wanted not in here)
                seen += wanted in here
            group.setHidden(not seen)
            found += seen
        self.empty.setVisible(not found)

    def _copy(self) -> None:
        QApplication.clipboard().setText(plain_page(self._keys))


def grouped_keys(keys: KeyMap) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the headings with what each lists: the action and its keys, for people."""
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in GROUPS}
    for row in keys.rows.values():
        shown = ", ".join(map(shown_key, keys.keys(row.id)))
        if shown:
            found[group_of(row)].append((_tr(row.text).replace("&", ""), shown))
    for group, what, how in GESTURES:
        found[group].append((_tr(what), _tr(how)))
    return [(_tr(GROUPS[name]), rows) for name, rows in found.items() if rows]


def plain_page(keys: KeyMap) -> str:
    """Write all keys as a plain text, in two columns, to print or to send."""
    groups = grouped_keys(keys)
    width = max(len(what) for _, rows in groups for what, _ in rows) + 3
    parts = [
        f"{name}\n" + "".join(f"  {what:<{width}}{key}\n" for what, key in rows)
        for name, rows in groups
    ]
    return "\n".join(parts)


def _tr(text: object) -> str:
    return QCoreApplication.translate("actions", str(text))
