"""A field of JSON that is checked while it is typed into; any panel may use it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chromask.errors import FrameError
from chromask.frame_json import read_json
from chromask_gui.texts import core_text, sentence
from chromask_gui.theme import mono_font, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

Object = dict[str, Any]


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
        self.text = QPlainTextEdit()
        self.text.setFont(mono_font())
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(name)
        self.text.setPlaceholderText('{"key": "value"}')
        self.text.setMinimumHeight(56)
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setProperty("kind", "small")
        self.revert_button = QPushButton(self.tr("Revert"))
        self.revert_button.setToolTip(self.tr("Show what the frame holds again"))
        self.apply_button = QPushButton(self.tr("Apply"))
        self.apply_button.setProperty("kind", "primary")
        self.apply_button.setToolTip(self.tr("Write it into the frame  Ctrl+Enter"))
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens().space_2)
        buttons.addWidget(self.message, 1)
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
        self._check()

    @property
    def is_edited(self) -> bool:
        """Whether the text is not what was shown."""
        return self._found != self._shown

    def show_value(self, value: Mapping[str, Any]) -> None:
        """Show an object, whatever was typed before."""
        self._shown = dict(value)
        self._revert()

    def _revert(self) -> None:
        text = json.dumps(self._shown, ensure_ascii=False, indent=2)
        self.text.setPlainText(text if self._shown else "")

    def _check(self) -> None:
        self._found, reason = self._read(self.text.toPlainText())
        self.apply_button.setEnabled(self._found is not None and self.is_edited)
        self.revert_button.setEnabled(self.is_edited)
        self.message.setText(reason)
        severity = "error" if reason else ""
        if (self.message.property("severity") or "") != severity:
            self.message.setProperty("severity", severity)
            self.message.style().unpolish(self.message)
            self.message.style().polish(self.message)
        self.text.setAccessibleDescription(reason)

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
