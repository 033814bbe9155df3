"""The settings: few, each applied at once, none that needs OK."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from chromask.media import DecodeLimits
from chromask_gui.dialogs.keys_page import KeysPage
from chromask_gui.look.language import language_names
from chromask_gui.look.theme import apply_theme, tokens
from chromask_gui.session.settings import (
    LIMIT_PIXELS,
    LIMIT_PIXELS_PER_BYTE,
    UNDO_MEGABYTES,
)
from chromask_gui.widgets.on_screen import FittingDialog, scrolling

if TYPE_CHECKING:
    from chromask_gui.look.theme import Scheme
    from chromask_gui.session.session import Session
    from chromask_gui.session.settings import Settings
    from chromask_gui.shortcuts.keymap import KeyMap


class GeneralPage(QWidget):
    """How the window looks and how much it remembers."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self.theme = QComboBox()
        self.language = QComboBox()
        self.language_note = QLabel()
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity_text = QLabel()
        self.undo = QSpinBox()
        self.pixels = QSpinBox()
        self.pixels_per_byte = QSpinBox()
        self._fill()
        self._lay_out()
        self.theme.activated.connect(self._on_theme_activated)
        self.language.activated.connect(self._on_language_activated)
        self.opacity.valueChanged.connect(self._on_opacity_changed)
        self.undo.valueChanged.connect(self._on_undo_changed)
        self.pixels.valueChanged.connect(self._on_limit_changed)
        self.pixels_per_byte.valueChanged.connect(self._on_limit_changed)
        session.view_changed.connect(self._on_session_view_changed)
        self._on_session_view_changed()

    def _fill(self) -> None:
        for scheme, text in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            self.theme.addItem(text, scheme)
        self.theme.setCurrentIndex(self.theme.findData(self._settings.theme))
        self.language.addItem(self.tr("As the system"), "system")
        for code, name in language_names().items():
            self.language.addItem(name, code)
        chosen = self.language.findData(self._settings.language)
        self.language.setCurrentIndex(max(chosen, 0))
        self.language_note.setProperty("kind", "muted")
        self.language_note.setWordWrap(True)
        self.language_note.hide()
        self.opacity.setRange(0, 100)
        self.opacity.setMinimumWidth(200)
        self.opacity_text.setMinimumWidth(
            self.opacity_text.fontMetrics().horizontalAdvance("100 %")
        )
        least, most = UNDO_MEGABYTES
        self.undo.setRange(least, most)
        self.undo.setSingleStep(64)
        self.undo.setMinimumWidth(120)
        self.undo.setSuffix(self.tr(" MB"))
        self.undo.setValue(self._settings.undo_megabytes)
        self._fill_limits()

    def _fill_limits(self) -> None:
        limits = self._settings.limits
        for spin, span, step, value in (
            (self.pixels, LIMIT_PIXELS, 1 << 26, limits.pixels),
            (
                self.pixels_per_byte,
                LIMIT_PIXELS_PER_BYTE,
                1 << 14,
                limits.pixels_per_byte,
            ),
        ):
            spin.setRange(*span)
            spin.setSingleStep(step)
            spin.setGroupSeparatorShown(True)
            spin.setMinimumWidth(160)
            spin.setValue(value)
            spin.setToolTip(
                self.tr(
                    "A larger image is refused before it is decoded. This counts for files"
                    " that are opened from now on."
                )
            )

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        space = tokens().space_4
        form.setContentsMargins(space, space, space, space)
        form.setHorizontalSpacing(space)
        form.setVerticalSpacing(tokens().space_3)
        language = QVBoxLayout()
        language.setSpacing(tokens().space_1)
        language.addWidget(self.language)
        language.addWidget(self.language_note)
        opacity = QHBoxLayout()
        opacity.setSpacing(tokens().space_3)
        opacity.addWidget(self.opacity)
        opacity.addWidget(self.opacity_text)
        undo = QHBoxLayout()
        undo.addWidget(self.undo)
        undo.addStretch(1)
        pixels = QHBoxLayout()
        pixels.addWidget(self.pixels)
        pixels.addStretch(1)
        pixels_per_byte = QHBoxLayout()
        pixels_per_byte.addWidget(self.pixels_per_byte)
        pixels_per_byte.addStretch(1)
        for text, control, field in (
            (self.tr("&Theme"), self.theme, self.theme),
            (self.tr("&Language"), self.language, language),
            (self.tr("&Overlay opacity"), self.opacity, opacity),
            (self.tr("&Memory for undo"), self.undo, undo),
            (self.tr("Most &pixels of an image"), self.pixels, pixels),
            (
                self.tr("Most pixels for each &byte of its file"),
                self.pixels_per_byte,
                pixels_per_byte,
            ),
        ):
            label = QLabel(text)
            label.setBuddy(control)
            control.setAccessibleName(text.replace("&", ""))
            form.addRow(label, field)

    def _on_theme_activated(self) -> None:
        scheme = cast("Scheme", self.theme.currentData())
        self._settings.theme = scheme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, scheme)

    def _on_language_activated(self) -> None:
        code = str(self.language.currentData())
        is_other = code != self._settings.language
        self._settings.language = code
        self.language_note.setText(
            self.tr("chromask speaks it from its next start on.")
        )
        self.language_note.setVisible(is_other or self.language_note.isVisible())

    def _on_opacity_changed(self, percent: int) -> None:
        self._settings.opacity = percent / 100
        self._session.set_view(opacity=percent / 100)
        self.opacity_text.setText(self.tr("{} %").format(percent))

    def _on_session_view_changed(self) -> None:
        percent = round(self._session.view.opacity * 100)
        was_blocked = self.opacity.blockSignals(True)
        self.opacity.setValue(percent)
        self.opacity.blockSignals(was_blocked)
        self.opacity_text.setText(self.tr("{} %").format(percent))

    def _on_undo_changed(self, megabytes: int) -> None:
        self._settings.undo_megabytes = megabytes
        if self._session.document is not None:
            self._session.document.undo_bytes = self._settings.undo_bytes

    def _on_limit_changed(self) -> None:
        self._settings.limits = DecodeLimits(
            self.pixels.value(), self.pixels_per_byte.value()
        )


class SettingsDialog(FittingDialog):
    """All settings, on two pages."""

    def __init__(
        self, window: QWidget, session: Session, settings: Settings, keys: KeyMap
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self.setAccessibleName(self.windowTitle())
        self.resize(620, 600)
        self.general = GeneralPage(session, settings)
        self.keys = KeysPage(keys)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.windowTitle())
        title = self.tr("General")
        self.tabs.addTab(scrolling(self.general, title), title)
        self.tabs.addTab(self.keys, self.tr("Keys"))
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        for button in self.keys.findChildren(QPushButton):
            # Enter in the search line must not press any of them.
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.tabs, 1)
        column.addLayout(row)
