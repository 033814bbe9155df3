"""The side bar: the ROI table above all, what is needed now and then behind tabs below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabWidget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

TABS_PX = 210
"""The height of the tabs where nothing was remembered."""


class SideBar(QSplitter):
    """The panels, one below the other.

    Parameters
    ----------
    main
        What has most of the room.
    fixed
        What stands below it at its own height.
    tabs
        What stands behind tabs, by their titles.
    last
        What comes and goes at the bottom: the problems.
    """

    def __init__(
        self, main: QWidget, fixed: QWidget, tabs: Mapping[str, QWidget], last: QWidget
    ) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setObjectName("side")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("More panels"))
        for title, panel in tabs.items():
            self.tabs.addTab(panel, title)
        for widget, stretch in ((main, 5), (fixed, 0), (self.tabs, 1), (last, 1)):
            self.addWidget(widget)
            self.setStretchFactor(self.indexOf(widget), stretch)
            self.setCollapsible(self.indexOf(widget), False)
        self.setSizes([10 * TABS_PX, fixed.sizeHint().height(), TABS_PX, TABS_PX])

    def show_panel(self, panel: QWidget) -> None:
        """Bring the tab of a panel to the front."""
        self.tabs.setCurrentWidget(panel)
        sizes, at = self.sizes(), self.indexOf(self.tabs)
        wanted = panel.sizeHint().height() + self.tabs.tabBar().height()
        gain = min(wanted, self.height() * 2 // 5) - sizes[at]
        # A panel that somebody asks for is seen whole, where the table can spare it.
        if gain > 0 and sizes[0] - gain > self.height() // 5:
            sizes[0] -= gain
            sizes[at] += gain
            self.setSizes(sizes)
