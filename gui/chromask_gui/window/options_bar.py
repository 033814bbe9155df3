"""The bar over the canvas: the options of the current tool, and what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolBar, QWidget

from chromask_gui.tools import TOOLS
from chromask_gui.tools.options import OPTIONS
from chromask_gui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from chromask_gui.session.session import Session


class Hint(ElidedLabel):
    """What to do with the tool, in the room that the options leave."""

    def sizeHint(self) -> QSize:
        return QSize(0, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class OptionsBar(QToolBar):
    """Shows those of `OPTIONS` that the current tool names."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setWindowTitle(self.tr("Tool options"))
        self.setObjectName("options_bar")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.widgets: dict[str, QWidget] = {}
        self._actions: dict[str, tuple[QAction, QAction]] = {}
        policy = QSizePolicy.Policy
        for name, make in OPTIONS.items():
            widget = self.widgets[name] = make(session)
            # Where room is short, those that can be narrower are.
            widget.setSizePolicy(policy.Maximum, policy.Fixed)
            self._actions[name] = (self.addWidget(widget), self.addSeparator())
        self.hint = Hint()
        self.hint.setProperty("kind", "muted")
        self.hint.setAlignment(
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        )
        self.hint.setSizePolicy(policy.Expanding, policy.Preferred)
        self.addWidget(self.hint)
        session.view_changed.connect(self._refresh)
        session.document_opened.connect(self._refresh)
        self._tool = ""
        self._refresh()

    def _refresh(self) -> None:
        name = self._session.view.tool
        self.setVisible(self._session.document is not None)
        if name == self._tool:
            return
        self._tool = name
        tool = TOOLS[name]
        for option, actions in self._actions.items():
            for action in actions:
                action.setVisible(option in tool.options)
        text = QCoreApplication.translate("tools", str(tool.hint))
        self.hint.setText(text)
