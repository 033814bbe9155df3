"""Good news: small notes over the bottom of the canvas that go by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QEvent,
    QObject,
    QPropertyAnimation,
    Qt,
    QTimer,
)
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QStyle,
    QWidget,
)

from chromask_gui.look.icons import icon
from chromask_gui.look.texts import one_line
from chromask_gui.look.theme import tokens

if TYPE_CHECKING:
    from chromask_gui.session.session import Session

MOST = 3
"""Notes at a time; the oldest goes when another comes."""

GAP_PX = 8
MARGIN_PX = 16
WIDEST_PX = 520
FADE_MS = 180
SHORTEST_MS = 3000
MS_PER_CHARACTER = 50
LONGEST_MS = 9000
LONGEST_TEXT = 300


class Toast(QFrame):
    """One note. The mouse goes through it, and it never takes the focus."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = text
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(text)
        look = tokens()
        # The tooltip's colours: they stand out from a bright image and from a dark one.
        self.setStyleSheet(
            f"#toast {{ background: {look.tooltip}; border: 1px solid {look.border_strong};"
            f" border-radius: {look.radius}px; }}"
            f"#toast QLabel {{ color: {look.tooltip_text}; background: transparent; }}"
        )
        mark = QLabel()
        mark.setPixmap(icon("info", "on-accent").pixmap(16))
        self.label = QLabel(text)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 14, 8)
        row.setSpacing(8)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        self._effect = QGraphicsOpacityEffect(self)
        self._effect.setOpacity(0)
        self.setGraphicsEffect(self._effect)
        self.fading = QPropertyAnimation(self._effect, b"opacity", self)
        self.fading.setDuration(FADE_MS)
        self.fading.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)

    def fade_to(self, opacity: float) -> None:
        """Come or go; at once where the desktop asks for no animation."""
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        self.fading.stop()
        self.fading.setStartValue(self._effect.opacity())
        self.fading.setEndValue(opacity)
        is_calm = self.style().styleHint(hint, None, self) == 0
        self.fading.setDuration(0 if is_calm else FADE_MS)
        self.fading.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)

    def fit_width(self, width: int) -> None:
        """Take the text's own width, and more lines where there is less room."""
        self.label.setMinimumWidth(0)
        natural = self.label.fontMetrics().horizontalAdvance(self.text) + 2
        around = self._row.contentsMargins()
        room = width - around.left() - around.right() - 16 - self._row.spacing()
        self.label.setFixedWidth(max(40, min(natural, room)))
        self.adjustSize()


class Toasts(QObject):
    """Shows what the session notifies, stacked over the bottom of a widget.

    Parameters
    ----------
    over
        The widget over whose bottom the notes stand; it owns them.
    """

    def __init__(self, over: QWidget, session: Session) -> None:
        super().__init__(over)
        self._over = over
        self.notes: list[Toast] = []
        over.installEventFilter(self)
        session.notified.connect(self.show)

    def show(self, text: str) -> None:
        """Show a note; one that says the same already stays longer instead."""
        text = one_line(text)
        if not text:
            return
        if len(text) > LONGEST_TEXT:
            text = f"{text[:LONGEST_TEXT]}…"
        note = next((note for note in self.notes if note.text == text), None)
        if note is None:
            note = Toast(text, self._over)
            note.timer.timeout.connect(lambda: self._retire(note))
            self.notes.append(note)
            for old in self.notes[:-MOST]:
                self._retire(old)
        note.timer.start(min(SHORTEST_MS + MS_PER_CHARACTER * len(text), LONGEST_MS))
        note.show()
        note.raise_()
        note.fade_to(1)
        self._arrange()
        # A screen reader says it when it is done with what it is saying.
        event = QAccessibleAnnouncementEvent(self._over, text)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)

    def _retire(self, note: Toast) -> None:
        if note not in self.notes:
            return
        self.notes.remove(note)
        note.timer.stop()
        note.fading.finished.connect(note.deleteLater)
        note.fade_to(0)

    def _arrange(self) -> None:
        """Stack the notes from the bottom, the newest lowest."""
        area = self._over.rect()
        bottom = area.height() - MARGIN_PX
        for note in reversed(self.notes):
            note.fit_width(min(WIDEST_PX, area.width() - 2 * MARGIN_PX))
            bottom -= note.height()
            note.move((area.width() - note.width()) // 2, bottom)
            note.raise_()
            bottom -= GAP_PX
