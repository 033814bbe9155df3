"""What was recognised in a folder, as a whole, and what the user says instead."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chromask.errors import ChromaskError
from chromask.legends import read_chosen
from chromask.storage.look import is_folder
from chromask_gui.look.texts import in_order, one_line, plain_tip, problem_text
from chromask_gui.widgets.on_screen import FittingDialog
from chromask_gui.widgets.report_text import report_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chromask.dataset.query import Choice, FrameList
    from chromask_gui.session.file_flow import FileFlow

SIZE = (560, 460)
"""Its first size, (width, height) in logical pixels."""


class RecognitionDialog(FittingDialog):
    """Shows what was recognised; other folders of masks and another legend can be chosen.

    Parameters
    ----------
    listed
        The list.
    report
        What was recognised, one thing a line.
    """

    def __init__(
        self, listed: FrameList, report: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._listed = listed
        self._chosen = listed.choice.mask_folders is not None
        self._legend = listed.choice.legend
        self.setWindowTitle(self.tr("What was recognised"))
        self.resize(*SIZE)
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setAccessibleName(self.tr("What was recognised"))
        problems = [problem_text(problem) for problem in listed.report.problems]
        self.report.setPlainText("\n".join([*report, *problems]))
        self.folders = QListWidget()
        self.folders.setAccessibleName(self.tr("Folders of masks"))
        self.folders.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.legend = QLabel()
        self.legend.setWordWrap(True)
        self.refused = QLabel()
        self.refused.setWordWrap(True)
        self.refused.setTextFormat(Qt.TextFormat.PlainText)
        self.refused.hide()
        self._build_buttons()
        self._lay_out()
        for folder in self._folders_at_first():
            self._show_folder(folder)
        self._on_changed()

    def _build_buttons(self) -> None:
        self.add_button = QPushButton(self.tr("Add a folder…"))
        self.add_button.clicked.connect(self._on_add_clicked)
        self.remove_button = QPushButton(self.tr("Remove"))
        self.remove_button.clicked.connect(self._on_remove_clicked)
        self.legend_button = QPushButton(self.tr("Choose the legend…"))
        self.legend_button.clicked.connect(self._on_legend_clicked)
        self.reset_button = QPushButton(self.tr("As recognised by the names"))
        self.reset_button.clicked.connect(self._on_reset_clicked)
        self.folders.itemSelectionChanged.connect(self._on_changed)
        buttons = QDialogButtonBox.StandardButton
        self.box = QDialogButtonBox(buttons.Ok | buttons.Cancel)
        self.box.accepted.connect(self.accept)
        self.box.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.addWidget(self.folders, 0, 0, 3, 1)
        grid.addWidget(self.add_button, 0, 1)
        grid.addWidget(self.remove_button, 1, 1)
        grid.setRowStretch(2, 1)
        grid.addWidget(self.legend, 3, 0)
        grid.addWidget(self.legend_button, 3, 1)
        grid.addWidget(self.refused, 4, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.addWidget(self.report, 1)
        column.addWidget(QLabel(self.tr("Folders of masks")))
        column.addLayout(grid, 1)
        column.addWidget(self.reset_button)
        column.addWidget(self.box)

    def choice(self) -> Choice:
        """Return what the user says."""
        folders = tuple(
            Path(self.folders.item(row).data(Qt.ItemDataRole.UserRole))
            for row in range(self.folders.count())
        )
        return replace(
            self._listed.choice,
            mask_folders=folders if self._chosen else None,
            legend=self._legend,
        )

    def _folders_at_first(self) -> list[Path]:
        """List the chosen folders, or those that were recognised."""
        listed = self._listed
        if listed.choice.mask_folders is not None:
            return list(listed.choice.mask_folders)
        masks = {os.path.dirname(m) for item in listed.items for _, m in item.masks}
        images = {os.path.dirname(item.path) for item in listed.items}
        return [Path(folder) for folder in sorted(masks - images)]

    def _opened_folder(self) -> Path:
        root = self._listed.root
        return root if is_folder(root) else root.parent

    def _show_folder(self, folder: Path) -> None:
        item = QListWidgetItem(in_order(one_line(str(folder))))
        item.setData(Qt.ItemDataRole.UserRole, str(folder))
        item.setToolTip(plain_tip(str(folder)))
        self.folders.addItem(item)

    def _on_changed(self) -> None:
        self.remove_button.setEnabled(bool(self.folders.selectedItems()))
        names = [Path(path).name for path, _ in self._listed.report.legends]
        name = self._legend.name if self._legend is not None else ", ".join(names)
        text = self.tr("Legend: {}").format(one_line(name) or self.tr("none"))
        self.legend.setText(in_order(text))

    def _on_add_clicked(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("A folder of masks"), str(self._opened_folder())
        )
        if name:
            self._chosen = True
            self._show_folder(Path(name))

    def _on_remove_clicked(self) -> None:
        for item in self.folders.selectedItems():
            self.folders.takeItem(self.folders.row(item))
        self._chosen = True
        self._on_changed()

    def _on_legend_clicked(self) -> None:
        used = [Path(path) for path, _ in self._listed.report.legends[:1]]
        used = [self._legend] if self._legend is not None else used
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("The file that names the colours"),
            str(used[0].parent if used else self._opened_folder()),
            self.tr("Legends (*.json *.txt *.csv);;All files (*)"),
        )
        if not name:
            return
        try:
            read_chosen(Path(name))
        except ChromaskError as error:
            # What was chosen before stays.
            file, problem = Path(name).name, error.problem
            problem = replace(problem, uri=None if file in problem.seen else file)
            self.refused.setText(in_order(one_line(problem_text(problem))))
            self.refused.show()
            return
        self.refused.hide()
        self._legend = Path(name)
        self._on_changed()

    def _on_reset_clicked(self) -> None:
        self._chosen, self._legend = False, None
        self.accept()


def ask_choice(files: FileFlow) -> None:
    """Show what was recognised in what is open, and read it as the user says then."""
    listed = files.frames.list
    if listed is None:
        return
    dialog = RecognitionDialog(listed, report_parts(files), files.window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: files.correct(dialog.choice()))
    dialog.open()
