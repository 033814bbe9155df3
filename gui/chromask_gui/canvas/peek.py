"""Looking beneath the overlay: a held key hides it while it is held, blinking hides it in turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from chromask_gui.canvas.layers import Layers
    from chromask_gui.session.session import Session

TAP_MS = 250
"""A key that is let go sooner was tapped: the overlay stays as it then is."""

BLINK_MS = 600
"""How long the overlay is seen, and then not, while it blinks."""


class Peek(QObject):
    """Turns the overlay on or off with a key: for good by a tap, else while it is held."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._held = QElapsedTimer()
        self._is_listening = False

    def press(self) -> None:
        """The key went down, or the action was chosen otherwise; repeats count for nothing."""
        if self._is_listening:
            return
        self._turn()
        # Only while the key may be held: a filter in Python on every event costs too much.
        self._held.start()
        self._listen(listens=True)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QKeyEvent) and not event.isAutoRepeat():
            if kind == QEvent.Type.KeyRelease:
                self._let_go()
            else:
                # Another key goes down: none was held, or it is held no more.
                self._listen(listens=False)
        elif kind == QEvent.Type.ApplicationDeactivate:
            self._listen(listens=False)
        return False

    def _let_go(self) -> None:
        if self._is_listening:
            self._listen(listens=False)
            if self._held.elapsed() >= TAP_MS:
                self._turn()

    def _listen(self, *, listens: bool) -> None:
        app = QApplication.instance()
        assert app is not None
        if listens != self._is_listening:
            self._is_listening = listens
            (app.installEventFilter if listens else app.removeEventFilter)(self)

    def _turn(self) -> None:
        self._session.set_view(has_overlay=not self._session.view.has_overlay)


class Blinker(QObject):
    """Shows and hides the masks in turns while the view says so."""

    def __init__(self, session: Session, layers: Layers, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._layers = layers
        self._timer = QTimer(self)
        self._timer.setInterval(BLINK_MS)
        self._timer.timeout.connect(self.turn)
        session.view_changed.connect(self._update)
        session.document_opened.connect(self._update)

    def turn(self) -> None:
        """Show what is hidden, hide what is shown."""
        self._layers.set_blinked_off(is_off=not self._layers.is_blinked_off)

    def _update(self) -> None:
        blinks = self._session.view.look.is_blinking
        blinks = blinks and self._session.document is not None
        if blinks and not self._timer.isActive():
            self._timer.start()
        elif not blinks and self._timer.isActive():
            self._timer.stop()
            self._layers.set_blinked_off(is_off=False)
