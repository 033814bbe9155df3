"""The side bar: the ROI table above all, what is needed now and then behind tabs below it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QWidget

from chromask_gui.look.texts import number_text
from chromask_gui.look.theme import tokens
from chromask_gui.widgets.fold import FoldButton

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent

    from chromask_gui.panels.masks.panel import MaskPanel

TABS_PX = 210
"""The height of the tabs where nothing was remembered."""

TALL_PX = 950
"""What a side bar is higher than this is the tabs', as far as they have a use for it."""

ROWS_MORE = 6
"""So many rows more than those to be kept the table has before the masks are folded."""

ROWS_KEPT = 3
"""So many rows more than its least the table has before the tabs are folded."""

DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
NO_MAXIMUM = (1 << 24) - 1


class SideBar(QSplitter):
    """The panels, one below the other; where room is short, the masks fold, then the tabs.

    Parameters
    ----------
    main
        What has most of the room, and a least height of its own.
    masks
        What stands below it at its own height.
    tabs
        What stands behind tabs, by their titles.
    last
        What comes and goes at the bottom: the problems.
    """

    def __init__(
        self,
        main: QWidget,
        masks: MaskPanel,
        tabs: Mapping[str, QWidget],
        last: QWidget,
    ) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setObjectName("side")
        self._main, self._masks, self._last = main, masks, last
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("More panels"))
        self._titles = list(tabs)
        for title, panel in tabs.items():
            self.tabs.addTab(panel, title)
        self.tabs_fold = FoldButton(self.tr("the tabs"))
        self.tabs_fold.folded.connect(self._on_tabs_fold_folded)
        self.tabs.setCornerWidget(self.tabs_fold)
        self.tabs.tabBar().tabBarClicked.connect(self._on_tab_clicked)
        masks.fold.folded.connect(self._on_masks_fold_folded)
        self.folds = {"masks": masks.fold, "tabs": self.tabs_fold}
        for widget, stretch in ((main, 5), (masks, 0), (self.tabs, 1), (last, 1)):
            self.addWidget(widget)
            self.setStretchFactor(self.indexOf(widget), stretch)
            self.setCollapsible(self.indexOf(widget), False)
        last.installEventFilter(self)
        main.installEventFilter(self)
        self.setSizes([10 * TABS_PX, masks.sizeHint().height(), TABS_PX, TABS_PX])
        self._is_dragged = False
        self.splitterMoved.connect(self._on_splitter_moved)
        self.tabs.currentChanged.connect(self.fit)

    def show_panel(self, panel: QWidget) -> None:
        """Bring the tab of a panel to the front."""
        self.tabs.setCurrentWidget(panel)
        if self.tabs_fold.is_folded:
            self.tabs_fold.choose(False)
        sizes, at = self.sizes(), self.indexOf(self.tabs)
        wanted = panel.sizeHint().height() + self.tabs.tabBar().height()
        gain = min(wanted, self.height() * 2 // 5) - sizes[at]
        # A panel that somebody asks for is seen whole, where the table can spare it.
        if gain > 0 and sizes[0] - gain > self.height() // 5:
            sizes[0] -= gain
            sizes[at] += gain
            self.setSizes(sizes)

    def show_count(self, panel: QWidget, count: int) -> None:
        """Say in a tab's title how much is in it, also while the tabs are folded."""
        at = self.tabs.indexOf(panel)
        title = self._titles[at]
        text = self.tr("{} ({})").format(title, number_text(count)) if count else title
        # A tab that is given a text lays out the window anew, be it the same one.
        if text != self.tabs.tabText(at):
            self.tabs.setTabText(at, text)

    # -- what is remembered

    def saved(self) -> QByteArray:
        """Give what `restore` takes: sizes, the tab in front, and what the user folded."""
        state = {
            "sizes": bytes(self.saveState().toBase64().data()).decode(),
            "tab": self.tabs.currentIndex(),
            "is_dragged": self._is_dragged,
            "folds": {name: fold.chosen for name, fold in self.folds.items()},
        }
        return QByteArray(json.dumps(state).encode())

    def restore(self, stored: QByteArray) -> None:
        """Look as `saved` said; what makes no sense is left out."""
        try:
            state = json.loads(bytes(stored.data()))
            self.tabs.setCurrentIndex(int(state["tab"]))
            for name, fold in self.folds.items():
                chosen = state["folds"].get(name)
                fold.choose(chosen if isinstance(chosen, bool) else None)
            self._is_dragged = bool(state["is_dragged"])
            sizes = QByteArray.fromBase64(QByteArray(state["sizes"].encode()))
        except (ValueError, TypeError, KeyError, AttributeError):
            return
        self.restoreState(sizes)

    # -- room

    def fit(self) -> None:
        """Fold what the height has no room for, where the user did not choose."""
        row = tokens().row_height
        has_last = self._last.isVisible()
        handles = self.handleWidth() * (3 if has_last else 2)
        last = self._last_height(self.height() - handles) if has_last else 0
        whole = self.height() - handles - last
        room = whole - self._main.minimumSizeHint().height() - ROWS_KEPT * row
        tabs = self.tabs.minimumSizeHint().height()
        masks, folded = self._masks.heights()
        self._masks.fold.propose(room < masks + tabs + ROWS_MORE * row)
        if self._masks.fold.is_folded:
            self.tabs_fold.propose(room < folded + tabs)
        else:
            # For masks that the user wants to see whole the table gives all that it can:
            # tabs that fold in the same moment would move from under the pointer.
            self.tabs_fold.propose(room + ROWS_KEPT * row < masks + tabs)
        if not self._is_dragged:
            heights = [self._masks.maximumHeight(), self._tabs_height()]
            self.setSizes([whole - sum(heights), *heights, last])

    def _last_height(self, whole: int) -> int:
        """Give what stands at the bottom the height it wants, or what the others can spare."""
        others = self._main.minimumSizeHint().height() + self._masks.heights()[1]
        others += self.tabs.tabBar().sizeHint().height()
        least = self._last.minimumSizeHint().height()
        return max(least, min(self._last.sizeHint().height(), whole - others))

    def _tabs_height(self) -> int:
        """Give what the tab in front needs, up to a height that shows some rows."""
        bar, page = self.tabs.tabBar().sizeHint().height(), self.tabs.currentWidget()
        if self.tabs_fold.is_folded or page is None:
            return bar
        wanted = min(page.sizeHint().height(), page.maximumHeight())
        most = TABS_PX + max(0, self.height() - TALL_PX)
        return max(min(bar + wanted, most), self.tabs.minimumSizeHint().height())

    def _on_splitter_moved(self, _place: int, _index: int) -> None:
        self._is_dragged = True

    def _on_masks_fold_folded(self, _is_folded: bool) -> None:
        self._give(self.indexOf(self._masks), self._masks.maximumHeight())
        self.fit()

    def _give(self, at: int, height: int) -> None:
        """Give a part its height; the table has the rest."""
        sizes = self.sizes()
        sizes[0] += sizes[at] - height
        sizes[at] = height
        self.setSizes(sizes)

    def _on_tabs_fold_folded(self, is_folded: bool) -> None:
        bar = self.tabs.tabBar().sizeHint().height()
        for pages in self.tabs.findChildren(QStackedWidget, options=DIRECT):
            # Hidden and not only cut off: Tab must not walk into them.
            pages.setVisible(not is_folded)
        self.tabs.setMaximumHeight(bar if is_folded else NO_MAXIMUM)
        self.tabs.setMinimumHeight(bar if is_folded else 0)
        self._give(self.indexOf(self.tabs), bar if is_folded else TABS_PX)

    def _on_tab_clicked(self, _index: int) -> None:
        if self.tabs_fold.is_folded:
            self.tabs_fold.choose(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        # The problems come and go; below the table, cards and forms do.
        kinds = QEvent.Type.ShowToParent, QEvent.Type.HideToParent
        is_other = watched is self._last and event.type() in kinds
        is_taller = watched is self._main and event.type() == QEvent.Type.LayoutRequest
        if is_other or is_taller:
            self.fit()
        return False
