"""Folding: a part of the side bar that is put away by its button, by the user or for want of room."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from chromask_gui.look.icons import icon


class FoldButton(QToolButton):
    """Puts a part away and brings it back.

    What the user chose counts; until then, `propose` says how much room there is.

    Parameters
    ----------
    title
        What is folded, for people.

    Signals
    -------
    folded(bool)
        The part is to be put away, or to be shown.
    """

    folded = Signal(bool)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.chosen: bool | None = None
        self.is_folded = False
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(lambda: self.choose(not self.is_folded))
        self._show()

    def choose(self, is_folded: bool | None) -> None:
        """Fold or unfold as the user wants it; None leaves it to `propose` again."""
        self.chosen = is_folded
        if is_folded is not None:
            self._set(is_folded)

    def propose(self, is_folded: bool) -> None:
        """Fold or unfold, where the user chose nothing."""
        if self.chosen is None:
            self._set(is_folded)

    def _set(self, is_folded: bool) -> None:
        if is_folded != self.is_folded:
            self.is_folded = is_folded
            self._show()
            self.folded.emit(is_folded)

    def _show(self) -> None:
        texts = (
            QCoreApplication.translate("FoldButton", "Fold {}"),
            QCoreApplication.translate("FoldButton", "Unfold {}"),
        )
        text = texts[self.is_folded].format(self._title)
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setIcon(icon("chevron-right" if self.is_folded else "chevron-down"))
