"""The page of the settings that gives actions other keys, and shows where two would fight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
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

from chromask_gui.dialogs.key_field import KeyField
from chromask_gui.look.icons import icon
from chromask_gui.look.theme import tokens
from chromask_gui.shortcuts.groups import GROUPS, group_of
from chromask_gui.shortcuts.keymap import shown_key
from chromask_gui.widgets import fuzzy

if TYPE_CHECKING:
    from chromask_gui.shortcuts.keymap import KeyMap

ID = Qt.ItemDataRole.UserRole
_NAME, _KEYS = 0, 1


class KeysPage(QWidget):
    """All actions with their keys; what is chosen gets a key that is pressed below."""

    def __init__(self, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._items: dict[str, QTreeWidgetItem] = {}
        self.search = QLineEdit()
        self.list = QTreeWidget()
        self.name = QLabel()
        self.field = KeyField()
        self.message = QLabel()
        self.set_button = QPushButton(self.tr("Set"))
        self.add_button = QPushButton(self.tr("Add"))
        self.clear_button = QPushButton(self.tr("No key"))
        self.reset_button = QPushButton(self.tr("Default"))
        self.reset_all_button = QPushButton(self.tr("All keys to their defaults"))
        self._name_controls()
        self._lay_out()
        self._fill()
        self.search.textChanged.connect(self._on_search_text_changed)
        self.list.currentItemChanged.connect(self._on_list_current_changed)
        self.field.pressed.connect(self._update_editor)
        self.set_button.clicked.connect(self._set)
        self.add_button.clicked.connect(self._add)
        self.clear_button.clicked.connect(self._clear)
        self.reset_button.clicked.connect(self._reset)
        self.reset_all_button.clicked.connect(keys.reset_all)
        keys.changed.connect(self._on_keys_changed)
        self._choose(next(iter(self._items)))

    def _name_controls(self) -> None:
        self.search.setPlaceholderText(self.tr("Search: an action or a key"))
        self.search.setAccessibleName(self.tr("Search the actions"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(
            icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.list.setAccessibleName(self.tr("Actions and their keys"))
        self.field.setAccessibleName(self.tr("The new key: press it"))
        self.set_button.setToolTip(self.tr("Make this the only key of the action"))
        self.add_button.setToolTip(self.tr("Keep the keys it has and add this one"))
        self.clear_button.setToolTip(self.tr("Take all keys from the action"))
        self.reset_button.setToolTip(self.tr("Give the action its own keys back"))
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setMinimumHeight(self.message.fontMetrics().height())

    def _lay_out(self) -> None:
        self.list.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.list.setRootIsDecorated(False)
        self.list.setItemsExpandable(False)
        self.list.setIndentation(tokens().space_3)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_KEYS, QHeaderView.ResizeMode.ResizeToContents)
        self.field.setFixedWidth(180)
        row = QHBoxLayout()
        row.setSpacing(tokens().space_2)
        row.addWidget(self.name, 1)
        row.addWidget(self.field)
        below = QHBoxLayout()
        below.setSpacing(tokens().space_2)
        below.addWidget(self.reset_all_button)
        below.addStretch(1)
        for button in (
            self.reset_button,
            self.clear_button,
            self.add_button,
            self.set_button,
        ):
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.setSpacing(tokens().space_2)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        column.addWidget(self.message)
        column.addLayout(below)

    def _fill(self) -> None:
        groups: dict[str, QTreeWidgetItem] = {}
        for name, text in GROUPS.items():
            group = QTreeWidgetItem([_tr(text), ""])
            font = self.list.font()
            font.setBold(True)
            group.setFont(_NAME, font)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            groups[name] = group
        for row in self._keys.rows.values():
            item = QTreeWidgetItem([_tr(row.text).replace("&", ""), ""])
            item.setData(_NAME, ID, row.id)
            groups[group_of(row)].addChild(item)
            self._items[row.id] = item
        self.list.addTopLevelItems([g for g in groups.values() if g.childCount()])
        self.list.expandAll()
        self._show_keys()

    def _show_keys(self) -> None:
        for action_id, item in self._items.items():
            keys = self._keys.keys(action_id)
            item.setText(_KEYS, ", ".join(map(shown_key, keys)) or "\N{EN DASH}")
            font = self.list.font()
            font.setBold(not self._keys.is_default(action_id))
            item.setFont(_KEYS, font)
            tip = "" if self._keys.is_default(action_id) else self.tr("Changed by you")
            item.setToolTip(_KEYS, tip)

    # -- what the user does

    @property
    def current(self) -> str:
        """The id of the chosen action; empty where a heading is chosen."""
        item = self.list.currentItem()
        return str(item.data(_NAME, ID) or "") if item is not None else ""

    def _choose(self, action_id: str) -> None:
        self.list.setCurrentItem(self._items[action_id])

    def _on_list_current_changed(self) -> None:
        self.field.show_key("")
        self._update_editor()

    def _on_search_text_changed(self, text: str) -> None:
        wanted = fuzzy.plain(text.strip())
        for item in self._items.values():
            here = fuzzy.plain(f"{item.text(_NAME)}\n{item.text(_KEYS)}")
            item.setHidden(wanted not in here)
        for number in range(self.list.topLevelItemCount()):
            group = self.list.topLevelItem(number)
            if group is not None:
                rows = [i for i in self._items.values() if i.parent() is group]
                group.setHidden(all(row.isHidden() for row in rows))

    def _update_editor(self) -> None:
        """Say what the pressed key would do to whom."""
        action_id, key = self.current, self.field.key
        is_chosen = bool(action_id)
        holder = self._keys.holder(key, action_id) if is_chosen and key else None
        has_it = is_chosen and key in self._keys.keys(action_id)
        name = self._items[action_id].text(_NAME) if is_chosen else ""
        self.name.setText(self.tr("New key for {}").format(name) if name else "")
        message, text = "", self.tr("Set")
        if holder is not None:
            other = self._items[holder.id].text(_NAME)
            message = self.tr(
                "{} is the key of {} already, which would lose it."
            ).format(shown_key(key), other)
            text = self.tr("Take it from {}").format(other)
        elif has_it:
            message = self.tr("It has this key already.")
        self.message.setText(message)
        self.message.setProperty("severity", "warning" if holder else "")
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)
        self.set_button.setText(text)
        self.field.setEnabled(is_chosen)
        self.set_button.setEnabled(bool(key) and is_chosen)
        self.add_button.setEnabled(bool(key) and is_chosen and not has_it)
        self.clear_button.setEnabled(is_chosen and bool(self._keys.keys(action_id)))
        self.reset_button.setEnabled(is_chosen and not self._keys.is_default(action_id))

    def _set(self) -> None:
        self._keys.set_keys(self.current, [self.field.key])

    def _add(self) -> None:
        keys = self._keys.keys(self.current)
        self._keys.set_keys(self.current, [*keys, self.field.key])

    def _clear(self) -> None:
        self._keys.set_keys(self.current, [])

    def _reset(self) -> None:
        self._keys.reset(self.current)

    def _on_keys_changed(self) -> None:
        self.field.show_key("")
        self._show_keys()
        self._update_editor()


def _tr(text: object) -> str:
    return QCoreApplication.translate("actions", str(text))
