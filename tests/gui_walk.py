"""Walks a real window for the tests: its controls, their names for screen readers, its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollBar,
    QTabBar,
    QToolBar,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QTabBar,
)
OPEN, CLOSE = "[!!", "!!]"


def controls(window: QWidget) -> Iterator[QWidget]:
    """Give every control that is seen; not the parts that Qt makes of one."""
    for widget in window.findChildren(QWidget):
        if (
            isinstance(widget, CONTROLS)
            and not isinstance(widget, QScrollBar | QHeaderView | QMenu)
            and widget.isVisibleTo(window)
            and not widget.objectName().startswith("qt_")
            and not is_part(widget)
        ):
            yield widget


def is_part(widget: QWidget) -> bool:
    """Tell whether a widget is inside another control: a spin box's line, a list's corner."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, CONTROLS) and not is_holder(parent):
            return True
        parent = parent.parentWidget()
    return False


def is_holder(widget: QWidget) -> bool:
    """Tell whether a scroll area only holds other controls."""
    return type(widget).__name__ == "QScrollArea"


def name_of(widget: QWidget) -> str:
    """Give what a screen reader says of a control."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def describe(widget: QWidget) -> str:
    """Name a widget for a person who has to find it."""
    parents: list[str] = []
    each: QWidget | None = widget
    while each is not None and len(parents) < 4:
        parents.append(f"{type(each).__name__}({each.objectName()})")
        each = each.parentWidget()
    words = getattr(widget, "text", str)
    return " in ".join(parents) + f" {words() if callable(words) else ''!r}"


def tab_order(window: QWidget, most: int = 200) -> list[QWidget]:
    """Press Tab until the focus comes round; gives what had it."""
    found: list[QWidget] = []
    for _ in range(most):
        widget = QApplication.focusWidget()
        if widget is None or widget in found:
            break
        found.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    return found


def can_be_reached(widget: QWidget, order: list[QWidget]) -> bool:
    """Tell whether the keyboard reaches a control: by Tab, or by an action in the menus."""
    if any(each is widget or widget.isAncestorOf(each) for each in order):
        return True
    proxy = widget.focusProxy()
    if proxy is not None and proxy in order:
        return True
    # The buttons of a tool bar are actions, which stand in menus and have keys.
    return isinstance(widget.parentWidget(), QToolBar) and not isinstance(
        widget, QLineEdit | QAbstractSpinBox | QComboBox | QAbstractSlider
    )


class PseudoTranslator(QTranslator):
    """Translates every text into itself in marks, a third longer."""

    def translate(
        self,
        context: str,
        source: str,
        disambiguation: str | None = None,
        number: int = -1,
    ) -> str:
        del context, disambiguation, number
        longer = "~" * (len(source) // 3)
        return f"{OPEN}{source}{longer}{CLOSE}"

    def isEmpty(self) -> bool:
        return False


def texts(window: QWidget) -> Iterator[tuple[str, str]]:
    """Give every text that a window shows, with where it stands."""
    for widget in (window, *window.findChildren(QWidget)):
        if widget is window or widget.isVisibleTo(window):
            for what, text in widget_texts(widget):
                yield f"{describe(widget)} {what}", text
    for action in window.findChildren(QAction):
        yield f"action {action.objectName()}", action.text()
        yield f"action {action.objectName()} tip", action.toolTip()


def widget_texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Give the texts of one widget."""
    yield "tip", widget.toolTip()
    yield "accessible name", widget.accessibleName()
    yield "window title", widget.windowTitle()
    for what in ("placeholderText", "title"):
        getter = getattr(widget, what, None)
        # A panel of ours may keep its heading under such a name.
        if callable(getter):
            yield what, str(getter())
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text()
    elif isinstance(widget, QComboBox):
        yield from (("item", widget.itemText(n)) for n in range(widget.count()))
    elif isinstance(widget, QTabBar):
        yield from (("tab", widget.tabText(n)) for n in range(widget.count()))
    elif isinstance(widget, QHeaderView):
        model, way = widget.model(), widget.orientation()
        heads = (model.headerData(n, way) for n in range(widget.count()))
        yield from (("header", str(head or "")) for head in heads)


def cut_off(window: QWidget) -> Iterator[str]:
    """Give the labels and buttons that have less room than their text needs."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or not isinstance(
            widget, QLabel | QAbstractButton
        ):
            continue
        if type(widget).__name__ == "ElidedLabel" or not widget.text():
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            if needed > widget.height() + 1:
                yield f"{describe(widget)}: {widget.height()} px high of {needed}"
        elif widget.sizeHint().width() > widget.width() + 1:
            yield f"{describe(widget)}: {widget.width()} px of {widget.sizeHint().width()}"
