"""The actions on how masks and source are drawn: colours, styles, solo, comparing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from chromask_gui.actions.action import Action
from chromask_gui.session.view_state import with_look

if TYPE_CHECKING:
    from collections.abc import Callable

    from chromask_gui.actions.action import Desk
    from chromask_gui.session.session import Session

_ = QT_TRANSLATE_NOOP

STYLES = ("fill", "outline", "both")


def set_look(desk: Desk, **values: object) -> None:
    """Change fields of the look."""
    session = desk.session
    session.set_view(**with_look(session.view, **values))


def toggle_look(desk: Desk, name: str) -> None:
    """Turn a field of the look on or off."""
    set_look(desk, **{name: not getattr(desk.session.view.look, name)})


def next_style(desk: Desk) -> None:
    """Go from filling to borders to both."""
    at = STYLES.index(desk.session.view.look.style)
    set_look(desk, style=STYLES[(at + 1) % len(STYLES)])


def toggle_compare(desk: Desk, kind: str) -> None:
    """Compare this way, or no more."""
    is_on = desk.session.view.look.compare == kind
    set_look(desk, compare="off" if is_on else kind)


def toggle_solo(desk: Desk) -> None:
    """Show the active ROI alone, or the value in hand; without either, the first ROI."""
    session, view = desk.session, desk.session.view
    if not (view.look.is_solo or view.selected or view.highlight):
        if not session.census.rois:
            return
        session.select(0)
    toggle_look(desk, "is_solo")


def _is(name: str, value: object = True) -> Callable[[Session], bool]:
    return lambda session: getattr(session.view.look, name) == value


def _toggle(
    name: str, text: object, keys: tuple[str, ...] = (), icon: str = ""
) -> Action:
    run = partial(toggle_look, name=name)
    return Action(name, text, keys, icon, run, "display", "document", _is(name))


def _palette(name: str, text: object, icon: str = "") -> Action:
    run = partial(set_look, palette=name)
    row_id = f"palette_{name}"
    checked = _is("palette", name)
    return Action(row_id, text, (), icon, run, "display", "document", checked)


def _style(name: str, text: object) -> Action:
    run = partial(set_look, style=name)
    checked = _is("style", name)
    return Action(f"style_{name}", text, (), "", run, "display", "document", checked)


def _compare(
    name: str, text: object, keys: tuple[str, ...] = (), icon: str = ""
) -> Action:
    run = partial(toggle_compare, kind=name)
    row_id = f"compare_{name}"
    checked = _is("compare", name)
    return Action(row_id, text, keys, icon, run, "display", "document", checked)


ROWS: tuple[Action, ...] = (
    Action(
        "solo",
        _("actions", "Solo the ROI"),
        ("S",),
        "solo",
        toggle_solo,
        "display",
        "document",
        _is("is_solo"),
    ),
    _style("fill", _("actions", "Fill ROIs")),
    _style("outline", _("actions", "Borders only")),
    _style("both", _("actions", "Fill and borders")),
    Action(
        "next_style",
        _("actions", "Fill, borders or both"),
        ("U",),
        "",
        next_style,
        "display",
        "document",
    ),
    _toggle("has_hatch", _("actions", "Hatch ROIs with patterns"), ("Shift+U",)),
    _palette("auto", _("actions", "Stored colours, ids in their own"), "palette"),
    _palette("stored", _("actions", "Stored colours")),
    _palette("distinct", _("actions", "Distinct colours")),
    _palette("safe", _("actions", "Colour-blind safe colours")),
    _compare("source", _("actions", "Compare source | overlay"), ("C",), "compare"),
    _compare("mask", _("actions", "Compare overlay | mask"), ("Shift+C",)),
    _compare("masks", _("actions", "Compare mask | mask")),
    _toggle("is_blinking", _("actions", "Blink the overlay"), ("Shift+B",)),
    _toggle("has_tone_bar", _("actions", "Brightness and contrast"), ("T",), "sun"),
    _toggle("has_minimap", _("actions", "Minimap"), ("M",)),
    _toggle("has_grid", _("actions", "Pixel grid and rulers"), ("Shift+G",)),
)
