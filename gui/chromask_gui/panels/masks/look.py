"""How masks are shown: colours of all of them, and mode, tint and opacity of the chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QGridLayout,
    QLabel,
    QSlider,
    QToolButton,
    QWidget,
)

from chromask.drawing.display import (
    ALPHA_STRENGTH,
    TINT,
    is_opacity_mask,
    mask_mode,
)
from chromask_gui.look.icons import swatch
from chromask_gui.look.texts import one_line
from chromask_gui.session.view_state import display_of, with_look
from chromask_gui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from chromask.document.change import Change
    from chromask_gui.session.session import Session


class MaskLookBar(QWidget):
    """The controls beneath the list of masks.

    Everything is written when the user does something, never when a value is shown.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._key: str | None = None
        self.palette_box = self._box(
            self.tr("Display colours"),
            (
                ("auto", self.tr("Stored, ids in their own")),
                ("stored", self.tr("Stored")),
                ("distinct", self.tr("Distinct")),
                ("safe", self.tr("Colour-blind safe")),
            ),
            self._on_palette_activated,
        )
        self.palette_box.setToolTip(
            self.tr("The colours on the screen; the files keep the stored values")
        )
        self.mode_box = self._box(
            self.tr("Mode of the mask"),
            (
                ("segmentation", self.tr("Segmentation")),
                ("alpha", self.tr("Alpha channel")),
            ),
            self._on_mode_activated,
        )
        self.mode_box.setMinimumContentsLength(11)
        self.tint = QToolButton()
        self.tint.setAutoRaise(True)
        self.tint.setAccessibleName(self.tr("Tint of what the mask leaves out"))
        self.tint.setToolTip(self.tr("Tint of what the mask leaves out"))
        self.tint.clicked.connect(self._on_tint_clicked)
        self.opacity, self.opacity_text = self._slider(
            self.tr("Opacity of the mask in percent"),
            lambda share: self._set_of_mask("opacities", share),
        )
        self.dim, self.dim_text = self._slider(
            self.tr("How much solo dims the other ROIs, in percent"),
            lambda share: self._set_look(dim=share),
        )
        self._lay_out()
        session.document_opened.connect(self.update_values)
        session.changed.connect(self._on_session_changed)
        session.view_changed.connect(self.update_values)
        self.update_values()

    def show_mask(self, key: str | None) -> None:
        """Offer the mode and the opacity of another mask."""
        self._key = key
        self.update_values()

    # -- building

    def _box(
        self,
        name: str,
        choices: tuple[tuple[str, str], ...],
        activated: Callable[[int], None],
    ) -> QComboBox:
        box = QComboBox()
        for value, text in choices:
            box.addItem(text, value)
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setMinimumContentsLength(8)
        box.activated.connect(activated)
        return box

    def _slider(
        self, name: str, moved: Callable[[float], None]
    ) -> tuple[QSlider, QLabel]:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, 100)
        slider.setSingleStep(5)
        slider.setPageStep(10)
        slider.setAccessibleName(name)
        slider.setToolTip(name)
        # Not valueChanged, which programs cause as well.
        slider.actionTriggered.connect(lambda _: moved(slider.sliderPosition() / 100))
        text = ElidedLabel(sample=self.tr("{} %").format(100))
        text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return slider, text

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(3, 1)
        self.mask_name, self.dim_name = QLabel(), QLabel(self.tr("Dim"))
        self.mask_name.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.mask_name, self.dim_name):
            label.setProperty("kind", "muted")
        colours = QLabel(self.tr("Colours"))
        colours.setProperty("kind", "muted")
        colours.setBuddy(self.palette_box)
        grid.addWidget(self.mask_name, 0, 0)
        grid.addWidget(self.mode_box, 0, 1)
        grid.addWidget(self.tint, 0, 2)
        grid.addWidget(self.opacity, 0, 3)
        grid.addWidget(self.opacity_text, 0, 4)
        grid.addWidget(colours, 1, 0)
        grid.addWidget(self.palette_box, 1, 1)
        grid.addWidget(self.dim_name, 1, 2)
        grid.addWidget(self.dim, 1, 3)
        grid.addWidget(self.dim_text, 1, 4)

    # -- showing

    def _on_session_changed(self, change: Change) -> None:
        if not change.is_pixels:
            self.update_values()

    def update_values(self) -> None:
        """Show what the view says."""
        session, look = self._session, self._session.view.look
        self.palette_box.setCurrentIndex(self.palette_box.findData(look.palette))
        self._show_share(self.dim, self.dim_text, look.dim)
        document, key = session.document, self._key
        plane = document.planes.get(key) if document and key else None
        has_mask = plane is not None and key in session.census.owners
        for widget in (self.mask_name, self.mode_box, self.opacity, self.opacity_text):
            widget.setVisible(has_mask)
        self.tint.setVisible(False)
        if document is None or plane is None or key is None or not has_mask:
            return
        mode = mask_mode(key, plane, session.census, display_of(session.view))
        self.mode_box.setCurrentIndex(self.mode_box.findData(mode))
        is_alpha = mode == "alpha"
        tip = self.tr("How the mask is meant: values are labels, or opacities")
        is_guess = key not in look.modes and is_opacity_mask(key, plane, session.census)
        if is_guess:
            tip = self.tr("It has many grey levels and no ROI: taken for opacities")
        self.mode_box.setToolTip(tip)
        self.tint.setVisible(is_alpha)
        self.tint.setIcon(swatch(look.tints.get(key, TINT)))
        share = look.opacities.get(key, ALPHA_STRENGTH if is_alpha else 1.0)
        self._show_share(self.opacity, self.opacity_text, share)
        ids = [ref.mask.id for ref in document.frame.masks() if ref.key == key]
        name = one_line(ids[0]) if ids else ""
        room = self.mask_name.fontMetrics()
        self.mask_name.setText(room.elidedText(name, Qt.TextElideMode.ElideMiddle, 90))
        self.mask_name.setToolTip("" if room.horizontalAdvance(name) <= 90 else name)

    def _show_share(self, slider: QSlider, text: QLabel, share: float) -> None:
        percent = round(share * 100)
        slider.setValue(percent)
        text.setText(self.tr("{} %").format(percent))

    # -- what the user does

    def _set_look(self, **values: object) -> None:
        self._session.set_view(**with_look(self._session.view, **values))

    def _set_of_mask(self, field: str, value: object) -> None:
        if self._key is not None:
            known = getattr(self._session.view.look, field)
            self._set_look(**{field: {**known, self._key: value}})

    def _on_palette_activated(self, number: int) -> None:
        self._set_look(palette=self.palette_box.itemData(number))

    def _on_mode_activated(self, number: int) -> None:
        self._set_of_mask("modes", self.mode_box.itemData(number))

    def _on_tint_clicked(self) -> None:
        now = self._session.view.look.tints.get(self._key or "", TINT)
        chosen = QColorDialog.getColor(QColor(*now), self, self.tr("Tint"))
        if chosen.isValid():
            rgb = (chosen.red(), chosen.green(), chosen.blue())
            self._set_of_mask("tints", rgb)
