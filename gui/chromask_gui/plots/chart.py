"""What all charts share: the theme's colours and font, no menu, no zoom, no stolen wheel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pyqtgraph
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsWidget

from chromask_gui.look.theme import theme, tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QWheelEvent
    from PySide6.QtWidgets import QGraphicsView, QWidget

pg: Any = pyqtgraph  # it has no types
if TYPE_CHECKING:
    View = QGraphicsView
else:
    View = pyqtgraph.GraphicsView

# Its own limit of 100 moves a second would leave out moves of a fast mouse.
pg.setConfigOption("mouseRateLimit", -1)


class Chart(View):
    """A chart of the window: what it shows is set by its subclasses.

    pyqtgraph's own interaction is off but for what a subclass asks for: its view box zooms
    with the wheel, moves with a drag and has a menu of its own, which nobody expects in a
    side bar.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("kind", "chart")
        self.box = pg.ViewBox(enableMouse=False, enableMenu=False)
        self.box.setDefaultPadding(0)
        self.box.disableAutoRange()
        central = QGraphicsWidget()
        self.grid = QGraphicsGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(0)
        central.setLayout(self.grid)
        # Bars and axes change sides themselves, by what they mean.
        central.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        cast("Any", self).setCentralItem(central)
        theme().changed.connect(self._on_theme_changed)

    @property
    def small_font(self) -> QFont:
        """The font of its texts."""
        font = QFont(self.font())
        font.setPixelSize(tokens().font_size_small)
        return font

    def axis(self, side: str) -> Any:  # noqa: ANN401 - pyqtgraph has no types
        """Give an axis for a side of the box: texts alone, in the font of the window."""
        axis = pg.AxisItem(side, linkView=self.box, maxTickLength=0)
        axis.enableAutoSIPrefix(enable=False)
        self.dress_axis(axis)
        return axis

    def dress_axis(self, axis: Any) -> None:  # noqa: ANN401
        """Give an axis the colours of the theme."""
        of = tokens()
        axis.setStyle(tickFont=self.small_font, tickTextOffset=6)
        axis.setPen(pg.mkPen(of.border))
        axis.setTextPen(pg.mkPen(of.text_muted))

    def restyle(self) -> None:
        """Take the colours of the theme."""
        self.setBackgroundBrush(QColor(tokens().surface))

    # -- events

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # it scrolls what the chart is in

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange
        if event.type() in kinds and hasattr(self, "box"):
            self.restyle()

    def _on_theme_changed(self, _tokens: object) -> None:
        self.restyle()
