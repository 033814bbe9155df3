"""The one place for errors: what the open frame lacks, and what has failed since.

The texts hold names and values from files. They are put in by `QTextCursor.insertText`, which
never makes anything else of them than text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextOption,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from chromask_gui.look.icons import Tone, icon
from chromask_gui.look.texts import (
    core_text,
    cut,
    grouped,
    one_line,
    problem_text,
    sentence,
)
from chromask_gui.look.theme import theme, tokens
from chromask_gui.runtime.crash import Crash
from chromask_gui.widgets.fold import FoldButton

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from chromask.document.change import Change
    from chromask.errors import Problem, Severity
    from chromask_gui.session.session import Session

BATCH = 100
"""Problems that are written at a time while the list is scrolled."""

ICONS: dict[Severity, tuple[str, Tone]] = {
    "error": ("error", "danger"),
    "warning": ("warning", "warning"),
    "note": ("info", "muted"),
}
_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
WANTED_PX = 84
"""The height of the list that one problem needs with its place and what to do."""

LEAST_PX = 12
"""The height of the list in a window that is too low for more: half a line of it."""

_ICON_PX = 16
_INDENT_PX = 26


class ProblemList(QTextBrowser):
    """The text of all problems, written as it is scrolled to.

    Signals
    -------
    dismissed(int)
        The user dismisses the failure of that number.
    """

    dismissed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: tuple[tuple[Problem, bool], ...] = ()
        self._written = 0
        self._is_writing = False
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setPlaceholderText(self.tr("Nothing is wrong."))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(self._on_anchor_clicked)
        self.verticalScrollBar().valueChanged.connect(self._write_more)
        theme().changed.connect(self._on_theme_changed)

    def set_problems(self, problems: tuple[tuple[Problem, bool], ...]) -> None:
        """Show problems, each with whether it can be dismissed."""
        self._problems = problems
        self._rewrite()

    def _on_theme_changed(self, _tokens: object) -> None:
        self._rewrite()

    def _on_anchor_clicked(self, url: QUrl) -> None:
        number = int(url.path() or "0")
        problem, _ = self._problems[number]
        if url.scheme() == "dismiss":
            self.dismissed.emit(number)
        elif isinstance(problem, Crash):
            QApplication.clipboard().setText(problem.report)

    def _rewrite(self) -> None:
        # Clearing moves the scroll bar, which asks for more.
        self._is_writing = True
        self.clear()
        self._is_writing = False
        self._written = 0
        for severity, (name, tone) in ICONS.items():
            pixmap = icon(name, tone).pixmap(_ICON_PX, _ICON_PX)
            self.document().addResource(
                QTextDocument.ResourceType.ImageResource.value,
                QUrl(f"severity:{severity}"),
                pixmap,
            )
        self._write_more()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        # While it is hidden it has no height, and shows the cursor's line by its lower edge.
        self.verticalScrollBar().setValue(0)

    def _write_more(self) -> None:
        """Write what comes next when the end is in sight."""
        if self._is_writing:
            return
        self._is_writing = True
        bar = self.verticalScrollBar()
        while self._written < len(self._problems) and (
            bar.value() >= bar.maximum() - self.viewport().height()
        ):
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.beginEditBlock()
            end = min(self._written + BATCH, len(self._problems))
            for number in range(self._written, end):
                self._write(cursor, number)
            self._written = end
            cursor.endEditBlock()
        self._is_writing = False

    def _write(self, cursor: QTextCursor, number: int) -> None:
        problem, can_dismiss = self._problems[number]
        look = tokens()
        head = QTextBlockFormat()
        head.setLeftMargin(_INDENT_PX)
        head.setTextIndent(-_INDENT_PX)
        head.setTopMargin(0 if number == 0 else 10)
        tab = QTextOption.Tab(_INDENT_PX, QTextOption.TabType.LeftTab)
        head.setTabPositions([tab])
        self._start_block(cursor, head, is_first=number == 0)
        image = QTextImageFormat()
        image.setName(f"severity:{problem.severity}")
        image.setWidth(_ICON_PX)
        image.setHeight(_ICON_PX)
        image.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        image.setToolTip(self._severity_text(problem.severity))
        cursor.insertImage(image)
        strong = _format(look.text, weight=QFont.Weight.DemiBold)
        cursor.insertText(f"\t{_cut(sentence(core_text(problem.seen)))}", strong)
        body = QTextBlockFormat()
        body.setLeftMargin(_INDENT_PX)
        body.setTopMargin(1)
        where = ", ".join(
            part for part in (problem.uri, core_text(problem.place or "")) if part
        )
        if where:
            self._start_block(cursor, body)
            cursor.insertText(_cut(one_line(where)), _format(look.text_muted))
        if problem.hint:
            self._start_block(cursor, body)
            cursor.insertText(
                _cut(sentence(core_text(problem.hint))), _format(look.text)
            )
        links = [("report", self.tr("Copy the report"))]
        links = links if isinstance(problem, Crash) else []
        if can_dismiss:
            links.append(("dismiss", self.tr("Dismiss")))
        if links:
            self._start_block(cursor, body)
        for place, (what, text) in enumerate(links):
            link = _format(look.accent_text)
            link.setAnchor(True)
            link.setAnchorHref(f"{what}:{number}")
            if place:
                cursor.insertText("   ", QTextCharFormat())
            cursor.insertText(text, link)

    def _start_block(
        self, cursor: QTextCursor, block: QTextBlockFormat, *, is_first: bool = False
    ) -> None:
        if is_first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block, QTextCharFormat())

    def _severity_text(self, severity: Severity) -> str:
        return {
            "error": self.tr("Error"),
            "warning": self.tr("Warning"),
            "note": self.tr("Note"),
        }[severity]

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give what this list put in itself; no text from a file makes Qt open another."""
        return self.document().resource(kind, QUrl(name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._write_more()


class ProblemPanel(QFrame):
    """What is wrong: failures on top, then the open frame's problems, the worst first.

    Notes raise no alarm: where there is nothing else, the list is folded until it is asked for.

    Signals
    -------
    count_changed(int)
        How many are listed, for a badge.
    """

    count_changed = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._failures: list[Problem] = []
        self.setProperty("kind", "panel")
        self.setWindowTitle(self.tr("Problems"))
        self.setAccessibleName(self.windowTitle())
        title = QLabel(self.windowTitle())
        title.setProperty("kind", "panelTitle")
        self.summary = QLabel()
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setProperty("kind", "small")
        self.copy_button = self._tool("copy", self.tr("Copy all problems as text"))
        self.copy_button.clicked.connect(self._copy_all)
        self.dismiss_button = self._tool("close", self.tr("Dismiss all failures"))
        self.dismiss_button.clicked.connect(self.dismiss_all)
        self.list = ProblemList(self)
        self.list.setAccessibleName(self.windowTitle())
        self.list.setMinimumHeight(LEAST_PX)
        self.list.dismissed.connect(self._on_list_dismissed)
        self.fold = FoldButton(self.tr("the notes"))
        self.fold.folded.connect(self._show_list)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        for widget in (
            self.summary,
            self.copy_button,
            self.dismiss_button,
            self.fold,
        ):
            head.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        session.document_opened.connect(self._on_session_document_opened)
        session.changed.connect(self._on_session_changed)
        session.permitted.connect(self._update)
        session.failed.connect(self._on_session_failed)
        self._shown: tuple[Problem, ...] = ()
        self._update()

    @property
    def count(self) -> int:
        """How many problems are listed."""
        return len(self._shown)

    def sizeHint(self) -> QSize:
        """Want room for one problem."""
        least = self.minimumSizeHint()
        return QSize(least.width(), least.height() + WANTED_PX - LEAST_PX)

    def _tool(self, icon_name: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setIcon(icon(icon_name))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    # -- showing

    def _on_session_document_opened(self) -> None:
        # What failed on the document before says nothing about this one.
        self._failures = []
        self._update()

    def _on_session_changed(self, change: Change) -> None:
        if change.phase == "preview" or change.is_pixels:
            return
        if self._shown != (*self._failures, *self._standing()):
            self._update()

    def _on_session_failed(self, problem: Problem) -> None:
        if problem in self._failures:
            self._failures.remove(problem)
        self._failures.insert(0, problem)
        self._update()

    def _standing(self) -> tuple[Problem, ...]:
        document = self._session.document
        if document is None:
            return ()
        return tuple(sorted(document.problems, key=lambda item: _RANK[item.severity]))

    def _update(self) -> None:
        failures = tuple(self._failures)
        self._shown = (*failures, *self._standing())
        self.list.set_problems(
            tuple(
                (problem, number < len(failures))
                for number, problem in enumerate(self._shown)
            )
        )
        self.summary.setText(self._summary())
        self.copy_button.setEnabled(bool(self._shown))
        self.dismiss_button.setVisible(bool(failures))
        self.fold.propose(True)
        self._show_list()
        self.count_changed.emit(len(self._shown))

    def _show_list(self) -> None:
        severities = {problem.severity for problem in self._shown}
        is_calm = severities == {"note"}
        self.fold.setVisible(is_calm)
        self.list.setVisible(not (is_calm and self.fold.is_folded))

    def _summary(self) -> str:
        if not self._shown:
            return self.tr("None")
        severities = [problem.severity for problem in self._shown]
        errors, warnings, notes = (
            severities.count(severity) for severity in ("error", "warning", "note")
        )
        parts = (
            (errors, self.tr("%n error(s)", "", errors)),
            (warnings, self.tr("%n warning(s)", "", warnings)),
            (notes, self.tr("%n note(s)", "", notes)),
        )
        return ", ".join(grouped(text, count) for count, text in parts if count)

    # -- what the user does

    def dismiss_all(self) -> None:
        """Take the failures off the list; what the frame lacks stays."""
        self._failures = []
        self._update()

    def _on_list_dismissed(self, number: int) -> None:
        if number < len(self._failures):
            del self._failures[number]
            self._update()

    def _copy_all(self) -> None:
        reports = [item.report for item in self._shown if isinstance(item, Crash)]
        QApplication.clipboard().setText(
            "\n".join([*map(problem_text, self._shown), *reports])
        )


def _format(colour: str, weight: QFont.Weight = QFont.Weight.Normal) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(QColor(colour))
    look.setFontWeight(weight)
    return look


def _cut(text: str) -> str:
    """Give a text that is not too long and stays one paragraph, whatever breaks it holds."""
    return "\N{LINE SEPARATOR}".join(map(one_line, cut(text).splitlines()))
