"""The constraint of every tool: over which pixels it paints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from chromask.counts.pixel_counts import NOBODY
from chromask_gui.look.icons import swatch
from chromask_gui.look.texts import one_line
from chromask_gui.tools.options.choices import tr

if TYPE_CHECKING:
    from chromask_gui.session.session import Session


class OverOption(QWidget):
    """A list: all pixels, those of no ROI, or those of one ROI."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.list = OverList(session)
        label = QLabel(tr("Over"))
        label.setBuddy(self.list)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.list)


class OverList(QComboBox):
    """Filled when it is opened: a frame may have thousands of ROIs."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setAccessibleName(tr("Paint only over"))
        self.setToolTip(
            tr("Which pixels the tools may change. Locked ROIs are never changed.")
        )
        self.setMinimumWidth(84)
        self.setMaximumWidth(150)
        self.setMaxVisibleItems(20)
        self.activated.connect(self._on_activated)
        session.view_changed.connect(self._refresh)
        session.document_opened.connect(self._refresh)
        self._refresh()

    def showPopup(self) -> None:
        self._fill(range(len(self._session.census.rois)))
        super().showPopup()

    def _on_activated(self, place: int) -> None:
        self._session.set_view(paint_over=self.itemData(place))

    def _refresh(self) -> None:
        over = self._session.view.paint_over
        self._fill([] if over is None or over == NOBODY else [over])

    def _fill(self, rois: range | list[int]) -> None:
        over = self._session.view.paint_over
        self.clear()
        self.addItem(tr("Everything"), None)
        self.addItem(tr("Pixels of no ROI"), NOBODY)
        for index in rois:
            name = one_line(self._session.census.rois[index].resolution.name)
            text = tr("Only {}").format(name or tr("ROI {}").format(index))
            self.addItem(self._swatch(index), text, index)
        self.setCurrentIndex(max(self.findData(over), 0))

    def _swatch(self, index: int):  # noqa: ANN202
        document = self._session.document
        value = document and document.frame.annotations[index].mask_value
        if not value or len(value) < 3 or min(value) < 0 or max(value) > 255:
            return swatch((128, 128, 128))
        return swatch((value[0], value[1], value[2]))
