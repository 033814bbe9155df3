"""Options that are one of a few: a row of buttons, of which one is down."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from chromask_gui.look.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chromask_gui.session.session import Session


def tr(text: str) -> str:
    """Translate a text of the options."""
    return QCoreApplication.translate("options", text)


class Choice(NamedTuple):
    """One button: the value that it sets, its icon's name or its text, and its tooltip."""

    value: object
    icon: str
    text: str
    tooltip: str


class ChoiceOption(QWidget):
    """Buttons for one field of `ToolOptions`.

    Parameters
    ----------
    field
        The field's name.
    name
        What a screen reader says.
    """

    def __init__(
        self, session: Session, field: str, name: str, choices: Sequence[Choice]
    ) -> None:
        super().__init__()
        self._session, self._field = session, field
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.buttons: dict[object, QToolButton] = {}
        for choice in choices:
            button = QToolButton()
            button.setCheckable(True)
            button.setAutoExclusive(True)
            if choice.icon:
                button.setIcon(icon(choice.icon))
            else:
                button.setText(choice.text)
            button.setToolTip(choice.tooltip)
            button.setAccessibleName(f"{name}: {choice.text}")
            button.clicked.connect(partial(self._choose, choice.value))
            row.addWidget(button)
            self.buttons[choice.value] = button
        session.view_changed.connect(self._refresh)
        self._refresh()

    def _choose(self, value: object) -> None:
        changed: Any = {self._field: value}
        options = replace(self._session.view.options, **changed)
        self._session.set_view(options=options)

    def _refresh(self) -> None:
        self.buttons[getattr(self._session.view.options, self._field)].setChecked(True)


def tip(session: Session) -> QWidget:
    """Make the choice between a round and a square brush."""
    choices = (
        Choice(False, "round", tr("round"), tr("Round brush")),
        Choice(True, "square", tr("square"), tr("Square brush")),
    )
    return ChoiceOption(session, "is_square", tr("Brush tip"), choices)


def connected(session: Session) -> QWidget:
    """Make the choice of how far a fill goes."""
    choices = (
        Choice(
            True,
            "",
            tr("Connected"),
            tr("Fill the connected pixels of the value under the pointer"),
        ),
        Choice(
            False,
            "",
            tr("Everywhere"),
            tr("Fill all pixels of the mask that have the value under the pointer"),
        ),
    )
    return ChoiceOption(session, "is_connected", tr("Fill"), choices)


def neighbours(session: Session) -> QWidget:
    """Make the choice of which pixels touch."""
    choices = (
        Choice(4, "", tr("4"), tr("Pixels touch at their four sides")),
        Choice(8, "", tr("8"), tr("Pixels touch at their corners too")),
    )
    return ChoiceOption(session, "neighbours", tr("Neighbours"), choices)


def mode(session: Session) -> QWidget:
    """Make the choice of what a shape does."""
    choices = (
        Choice("add", "add", tr("add"), tr("Add the shape to the ROI (Shift)")),
        Choice(
            "subtract",
            "subtract",
            tr("subtract"),
            tr("Take the shape away from the ROI (Alt)"),
        ),
        Choice(
            "clip",
            "clip",
            tr("clip"),
            tr("Keep of the ROI only what lies in the shape (Shift+Alt)"),
        ),
    )
    return ChoiceOption(session, "mode", tr("What the shape does"), choices)
