"""A field of JSON that is checked while it is typed into; any panel may use it.

Qt lays out all that a text field holds, and of a line without blanks each of its characters
many times. A long object is therefore shown by its start, until the user wants all of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chromask.errors import FrameError
from chromask.jsontext.read import read_json
from chromask_gui.look.texts import core_text, sentence
from chromask_gui.look.theme import mono_font, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

Object = dict[str, Any]

MOST_AT_ONCE = 20_000
"""Characters that are shown without being asked for, and pasted without another wrapping."""

MOST_AT_ALL = 8_000_000
"""Characters of the longest text that can be edited here: Qt takes about 1 s a million."""


class JsonField(QWidget):
    """A JSON object as text; *Apply* is there only while the text is one, and another one.

    Signals
    -------
    submitted(dict)
        The user wants this object.
    """

    submitted = Signal(object)

    def __init__(
        self, name: str, forbidden: tuple[str, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._forbidden = forbidden
        self._shown: Object = {}
        self._found: Object | None = {}
        self._is_cut = False
        self._wants_all = False
        self.text = JsonText()
        self.text.setFont(mono_font())
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(name)
        self.text.setPlaceholderText('{"key": "value"}')
        self.text.setMinimumHeight(56)
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setProperty("kind", "small")
        self.all_button = QPushButton(self.tr("Show all"))
        self.all_button.setToolTip(self.tr("Show the whole text, to edit it"))
        self.all_button.hide()
        self.revert_button = QPushButton(self.tr("Revert"))
        self.revert_button.setToolTip(self.tr("Show what the frame holds again"))
        self.apply_button = QPushButton(self.tr("Apply"))
        self.apply_button.setProperty("kind", "primary")
        self.apply_button.setToolTip(self.tr("Write it into the frame  Ctrl+Enter"))
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens().space_2)
        buttons.addWidget(self.message, 1)
        buttons.addWidget(self.all_button)
        buttons.addWidget(self.revert_button)
        buttons.addWidget(self.apply_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().space_1)
        column.addWidget(self.text, 1)
        column.addLayout(buttons)
        self.text.textChanged.connect(self._check)
        self.apply_button.clicked.connect(self._submit)
        self.revert_button.clicked.connect(self._revert)
        self.all_button.clicked.connect(self.show_all)
        self._check()

    @property
    def is_edited(self) -> bool:
        """Whether the text is not what was shown."""
        return self._found is not self._shown and self._found != self._shown

    def show_value(self, value: Mapping[str, Any]) -> None:
        """Show an object, whatever was typed before; a long one by its start."""
        self._shown = dict(value)
        self._wants_all = False
        self._revert()

    def show_all(self) -> None:
        """Show the whole of a long object, so that it can be edited."""
        self._wants_all = True
        self._revert()

    def begin_typing(self) -> None:
        """Give the keyboard to the text, or to what makes it one that can be edited."""
        target = self.all_button if self.all_button.isVisibleTo(self) else self.text
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _revert(self) -> None:
        most = MOST_AT_ALL if self._wants_all else MOST_AT_ONCE
        text, self._is_cut = (
            beginning(self._shown, most) if self._shown else ("", False)
        )
        if self._is_cut:
            text = f"{text[:MOST_AT_ONCE]}\N{HORIZONTAL ELLIPSIS}"
        self.all_button.setVisible(self._is_cut and not self._wants_all)
        self.text.setReadOnly(self._is_cut)
        self.text.show_text(text)
        self._check()

    def _check(self) -> None:
        if self._is_cut:
            self._found, reason = self._shown, self._reason_of_cut()
        else:
            self._found, reason = self._read(self.text.toPlainText())
        self.apply_button.setEnabled(self._found is not None and self.is_edited)
        self.revert_button.setEnabled(self.is_edited)
        self.message.setText(reason)
        severity = "error" if reason and not self._is_cut else ""
        if (self.message.property("severity") or "") != severity:
            self.message.setProperty("severity", severity)
            self.message.style().unpolish(self.message)
            self.message.style().polish(self.message)
        self.text.setAccessibleDescription(reason)

    def _reason_of_cut(self) -> str:
        if self._wants_all:
            return self.tr("It is too long to edit it here: edit the JSON file.")
        return self.tr("Only its start is shown.")

    def _read(self, text: str) -> tuple[Object | None, str]:
        """Give the object of a text, or None and what is wrong with it and where."""
        if not text.strip():
            return {}, ""
        try:
            value = read_json(text.encode("utf-8", "surrogatepass"), uri="").value
        except FrameError as error:
            problem = error.problem
            place = f"{problem.place}: " if problem.place else ""
            return None, sentence(f"{place}{core_text(problem.seen)}")
        if not isinstance(value, dict):
            return None, self.tr("This is no object: begin with { and end with }.")
        wrong = next((key for key in self._forbidden if key in value), None)
        if wrong is not None:
            return None, self.tr("{} has a field of its own.").format(wrong)
        return value, ""

    def _submit(self) -> None:
        if self._found is not None and self.is_edited:
            self.submitted.emit(self._found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._submit()
        else:
            super().keyPressEvent(event)


class JsonText(QPlainTextEdit):
    """A text field that stays quick with a long line.

    Qt looks for a blank to break a line at from its start each time, which takes minutes in a
    line of a megabyte that has none. A long text is broken anywhere.
    """

    def show_text(self, text: str) -> None:
        """Show a text instead of what was shown."""
        if self.document().characterCount() > MOST_AT_ONCE:
            # It must not be laid out in the way of wrapping that takes minutes.
            self.setPlainText("")
        self._wrap_for(len(text))
        self.setPlainText(text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        added = len(source.text()) if source.hasText() else 0
        self._wrap_for(self.document().characterCount() + added)
        super().insertFromMimeData(source)

    def _wrap_for(self, characters: int) -> None:
        wrap = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        if characters > MOST_AT_ONCE + 1:
            wrap = QTextOption.WrapMode.WrapAnywhere
        if self.wordWrapMode() != wrap:
            self.setWordWrapMode(wrap)


def beginning(value: Object, most: int) -> tuple[str, bool]:
    """Write an object as JSON, no more of it than that many characters; tell if it is cut."""
    parts: list[str] = []
    length = 0
    for part in json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(value):
        parts.append(part)
        length += len(part)
        if length > most:
            return "".join(parts)[:most], True
    return "".join(parts), False
