"""The main window: where everything stands. It holds no logic."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import (
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from chromask.workspace.review import is_reviewed
from chromask_gui.actions import ACTIONS, MENUS
from chromask_gui.actions.action import Desk, Panels
from chromask_gui.actions.action_set import ActionSet
from chromask_gui.actions.refine import choose_components
from chromask_gui.actions.tools import TOOL_ROWS, resize_brush
from chromask_gui.canvas.cover import Cover
from chromask_gui.canvas.view import Canvas
from chromask_gui.look.texts import in_order, name_in, plain_tip
from chromask_gui.panels.colours.panel import UnclaimedPanel
from chromask_gui.panels.frame_details import FrameDetailsPanel
from chromask_gui.panels.frames.panel import FramePanel
from chromask_gui.panels.history import HistoryPanel
from chromask_gui.panels.masks.panel import MaskPanel
from chromask_gui.panels.problems import ProblemPanel
from chromask_gui.panels.refine_bar import RefineBar
from chromask_gui.panels.rois.details import DetailsPanel
from chromask_gui.panels.rois.panel import RoiPanel
from chromask_gui.plots.loading import PlotLoader
from chromask_gui.plots.panel import PlotPanel
from chromask_gui.runtime.paint_gate import PaintGate
from chromask_gui.runtime.quiet_bar import QuietBar
from chromask_gui.session.file_flow import FileFlow
from chromask_gui.session.remembered import LookMemory
from chromask_gui.shortcuts.keymap import KeyMap
from chromask_gui.widgets.elided_label import ElidedLabel
from chromask_gui.window.folder_notice import FolderNotice
from chromask_gui.window.job_bar import JobBar
from chromask_gui.window.notice import ChangedNotice
from chromask_gui.window.options_bar import OptionsBar
from chromask_gui.window.position import PositionButton
from chromask_gui.window.recent import RecentMenu
from chromask_gui.window.screen_fit import FIRST_SIZE, LEAST_SIZE, SideSplit
from chromask_gui.window.side_bar import SideBar
from chromask_gui.window.status_bar import StatusBar
from chromask_gui.window.toasts import Toasts
from chromask_gui.window.tone_bar import ToneBar
from chromask_gui.window.welcome import BrokenPage, Welcome

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from chromask.document.change import Change
    from chromask_gui.session.session import Session
    from chromask_gui.session.settings import Settings

LEAST_STAGE = QSize(160, 90)

TOOLBAR = (
    ("open", "save"),
    ("undo", "redo"),
    ("previous_frame", "next_frame", "mark_reviewed"),
    ("fit", "one_to_one", "zoom_out", "zoom_in"),
    ("overlay", "outline", "solo", "compare_source", "has_tone_bar"),
)


class MainWindow(QMainWindow):
    """The window over one session."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.canvas = Canvas(session)
        self.welcome = Welcome()
        self.rois = RoiPanel(session)
        self.details = DetailsPanel(session)
        self.frame_details = FrameDetailsPanel(session)
        self.masks = MaskPanel(session)
        self.unclaimed = UnclaimedPanel(session)
        self.problems = ProblemPanel(session)
        self.history = HistoryPanel(session)
        self.plot_loader = PlotLoader(session, self.canvas.viewport(), self)
        self.plots = PlotPanel(session, self.plot_loader)
        self.status = StatusBar(session)
        self.files = FileFlow(self, session, settings)
        self.keys = KeyMap(ACTIONS, settings, self)
        self.setAcceptDrops(True)
        self.setMinimumSize(LEAST_SIZE)
        self.resize(FIRST_SIZE)
        self._lay_out()
        panels = Panels(
            self.rois,
            self.frame_details,
            self.history,
            self.refine,
            self.side.show_panel,
        )
        desk = Desk(self, panels, session, self.canvas, self.files, settings, self.keys)
        self.actions_by_id = ActionSet(desk).by_id
        self._fill_bars()
        self._connect(desk)
        self._restore()
        PaintGate(self, self.rois.table, self.masks.list, self.canvas.scene())
        self._on_session_document_opened()

    def _lay_out(self) -> None:
        self.stage = QStackedWidget()
        # Its pages scroll: the largest of them must not keep the window from being small.
        self.stage.setMinimumSize(LEAST_STAGE)
        self.stage.addWidget(self.welcome)
        self.stage.addWidget(self.canvas)
        self.broken = BrokenPage()
        self.stage.addWidget(self.broken)
        self.toasts = Toasts(self.stage, self.session)
        self.progress = JobBar(self.session.jobs, self.stage)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.options = OptionsBar(self.session)
        column.addWidget(self.options)
        self.refine = RefineBar(self.session)
        column.addWidget(self.refine)
        self.notice = ChangedNotice(self.files)
        column.addWidget(self.notice)
        self.folders = FolderNotice(self.files)
        column.addWidget(self.folders)
        column.addWidget(self.stage, 1)
        self.tone = ToneBar(self.session, self.plot_loader)
        column.addWidget(self.tone)
        self.cover = Cover(self.canvas)
        self.frame_panel = FramePanel(self.files)
        column.addWidget(self.frame_panel)
        tabs = {
            self.tr("Colours"): self.unclaimed,
            self.tr("Details"): self.details,
            self.tr("Frame"): self.frame_details,
            self.tr("Plots"): self.plots,
            self.tr("History"): self.history,
        }
        self.side = SideBar(self.rois, self.masks, tabs, self.problems)
        self.split = SideSplit()
        self.split.addWidget(left)
        self.split.addWidget(self.side)
        self.split.setStretchFactor(0, 1)
        self.split.setCollapsible(0, False)
        self.setCentralWidget(self.split)
        self.setStatusBar(self.status)

    def _fill_bars(self) -> None:
        bar = QuietBar(self.tr("Main"))
        bar.setObjectName("main_toolbar")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for number, group in enumerate(TOOLBAR):
            if number:
                bar.addSeparator()
            for action_id in group:
                bar.addAction(self.actions_by_id[action_id])
        self.position = PositionButton(
            self.files.frames, self.actions_by_id["go_to_frame"]
        )
        bar.insertWidget(self.actions_by_id["next_frame"], self.position)
        self.title = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        self.title.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred
        )
        self.title.setAlignment(
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        )
        self.title.setProperty("kind", "muted")
        bar.addWidget(self.title)
        self.addToolBar(bar)
        self.rail = self._make_rail()
        self._place_rail()
        for name, text in MENUS.items():
            menu = self.menuBar().addMenu(
                QCoreApplication.translate("actions", str(text))
            )
            menu.addActions(
                [self.actions_by_id[row.id] for row in ACTIONS if row.menu == name]
            )
            if name == "file":
                recent = RecentMenu(self.settings, self.files, menu)
                menu.insertMenu(self.actions_by_id["open_example"], recent)

    def _place_rail(self) -> None:
        """Put the tools where reading begins; Qt turns all else around by itself."""
        areas = Qt.ToolBarArea
        is_left = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        area = areas.LeftToolBarArea if is_left else areas.RightToolBarArea
        self.addToolBar(area, self.rail)

    def _make_rail(self) -> QToolBar:
        rail = QuietBar(self.tr("Tools"))
        rail.setObjectName("tool_rail")
        rail.setProperty("kind", "rail")
        rail.setMovable(False)
        rail.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        one_of_them = QActionGroup(rail)
        for row in TOOL_ROWS:
            rail.addAction(one_of_them.addAction(self.actions_by_id[row.id]))
        return rail

    def _connect(self, desk: Desk) -> None:
        def show_entries(key: str, entries: tuple[int, ...]) -> None:
            self.canvas.show_part(self.canvas.layers.bounds(key, entries))

        self.session.document_opened.connect(self._on_session_document_opened)
        self.session.save_state_changed.connect(self._show_title)
        self.session.changed.connect(self._on_session_changed)
        self.canvas.pointed.connect(self.status.follow)
        self.canvas.zoomed.connect(self.status.show_zoom)
        self.canvas.resize_requested.connect(partial(resize_brush, self.session))
        self.welcome.open_requested.connect(self.files.choose)
        self.welcome.folder_requested.connect(self.files.choose_folder)
        self.welcome.recent_requested.connect(
            lambda path: self.files.open_paths([path])
        )
        self.files.frames.moved.connect(self._on_frames_moved)
        self.files.frames.broken.connect(self.broken.show_problem)
        self.welcome.example_requested.connect(self.files.open_example)
        self.rois.zoom_requested.connect(show_entries)
        self.rois.bounds_requested.connect(self.canvas.show_part)
        self.rois.parts_requested.connect(self.actions_by_id["parts_of_roi"].trigger)
        self.rois.details_requested.connect(partial(self.side.show_panel, self.details))
        self.plots.components_chosen.connect(partial(choose_components, desk))
        self.unclaimed.show_requested.connect(show_entries)
        self.unclaimed.count_changed.connect(
            partial(self.side.show_count, self.unclaimed)
        )
        self.problems.count_changed.connect(self._on_problems_count_changed)
        self._on_problems_count_changed(self.problems.count)

    def _restore(self) -> None:
        for name, restore in (
            ("geometry", self.restoreGeometry),
            ("split", self.split.restoreState),
            ("side_bar", self.side.restore),
        ):
            state = self.settings.layout(name)
            if state is not None:
                restore(state)
        self.rois.table.restore_columns(self.settings.stored("roi_columns"))
        self.session.set_view(opacity=self.settings.opacity)
        self.looks = LookMemory(
            self.session, self.files.frames, self.settings, parent=self
        )

    def _on_session_document_opened(self) -> None:
        document = self.session.document
        has_document = document is not None
        if document is not None:
            document.undo_bytes = self.settings.undo_bytes
        self.cover.cover(None)
        page = self.broken if self.files.frames.count > 1 else self.welcome
        self.stage.setCurrentWidget(self.canvas if has_document else page)
        if not has_document:
            self.welcome.show_recent(self.settings.recent)
        for panel in (self.rois, self.masks, self.unclaimed):
            panel.setEnabled(has_document)
        self.side.fit()
        if has_document:
            self.canvas.setFocus()
        self._show_title()

    def _on_session_changed(self, change: Change) -> None:
        if "properties" in change.fields:  # the review mark is one
            self._show_title()

    def _show_title(self) -> None:
        document = self.session.document
        if document is None:
            self.setWindowTitle("chromask")
            self.title.clear()
            return
        listed = self.files.frames.list
        path = Path(document.path or document.frame.uri or "").absolute()
        name = name_in(path, listed.root) if listed is not None else path.name
        if document.number is not None:
            name = f"{name} #{document.number + 1}"
        self.title.set_tip(plain_tip(str(path)))
        self.setWindowTitle(f"{name}[*] - chromask")
        self.setWindowModified(document.is_edited)
        name = in_order(name)
        is_marked = is_reviewed(document.frame)
        self.title.setText(self.tr("{}, reviewed").format(name) if is_marked else name)

    def _on_frames_moved(self) -> None:
        """Show the small picture of a frame that is still on its way."""
        frames = self.files.frames
        item = frames.item if frames.is_opening else None
        self.cover.cover(self.files.thumbs.peek(item.key) if item else None)

    def _on_problems_count_changed(self, count: int) -> None:
        self.problems.setVisible(count > 0)

    # -- events

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place_rail()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        event.acceptProposedAction()
        self.files.open_paths(
            [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.files.leaving.is_free:
            self._remember()
            event.accept()
        else:
            event.ignore()
            self.files.quit()

    def _remember(self) -> None:
        self.settings.set_layout("geometry", self.saveGeometry())
        self.settings.set_layout("split", self.split.saveState())
        self.settings.set_layout("side_bar", self.side.saved())
        self.settings.opacity = self.session.view.opacity
        self.settings.store("roi_columns", self.rois.table.saved_columns())
