"""The status bar: what lies under the pointer, and whether it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStatusBar, QWidget

from chromask.counts.pixel_counts import NOBODY
from chromask.document.preview import shown_image
from chromask_gui.look.texts import in_order, one_line, plain_tip, value_text
from chromask_gui.look.theme import tokens
from chromask_gui.widgets.elided_label import ElidedLabel
from chromask_gui.widgets.swatches import Swatches

if TYPE_CHECKING:
    import numpy.typing as npt

    from chromask.counts.pixel_counts import Census
    from chromask.document.change import Change
    from chromask.document.document import Document
    from chromask.document.preview import Shown
    from chromask.media import Image
    from chromask_gui.session.session import Session

_SWATCH_PX = 11
_GAP_PX = 6
_SPACE_PX = 16
_ARROW = "\N{RIGHTWARDS ARROW}"
_TIMES = "\N{MULTIPLICATION SIGN}"

FOLLOW_MS = 40
"""So often the pointer is followed: numbers are read by eye, and a stroke must not wait."""

MOST_LABELS = 5
"""ROIs that are named at a pixel; more than claim one value are counted."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What one mask has at the pointer: how it looks (None: no colour), and in words."""

    rgb: tuple[int, int, int] | None
    text: str


class Claimants:
    """Finds all ROIs that claim an entry of a plane's table, fast enough for each mouse move."""

    def __init__(self, census: Census) -> None:
        self._census = census
        self._tables: dict[str, tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]] = {}

    def of(self, key: str, entry: int) -> list[int]:
        """Give the ROIs' indices, ascending."""
        entries, rois = self._table(key)
        first = int(np.searchsorted(entries, entry, "left"))
        last = int(np.searchsorted(entries, entry, "right"))
        return rois[first:last].tolist()

    def _table(self, key: str) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        if key not in self._tables:
            claims = [
                (count.resolution.index, count.indices[key])
                for count in self._census.rois
                if key in count.indices
            ]
            none = np.empty(0, np.intp)
            entries = np.concatenate([none, *(found for _, found in claims)])
            rois = np.repeat(
                np.array([index for index, _ in claims], np.intp),
                np.array([len(found) for _, found in claims], np.intp),
            )
            order = np.argsort(entries, kind="stable")
            self._tables[key] = (entries[order], rois[order])
        return self._tables[key]


class SegmentField(QWidget):
    """The masks' values at the pointer, each behind its colour; what does not fit is elided."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.segments: tuple[Segment, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def text(self) -> str:
        """All of it in words."""
        return "   ".join(segment.text for segment in self.segments)

    def set_segments(self, segments: tuple[Segment, ...]) -> None:
        """Show others."""
        if segments != self.segments:
            self.segments = segments
            self.setToolTip(plain_tip("\n".join(part.text for part in segments)))
            self.setAccessibleName(self.text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, x, middle = self.fontMetrics(), 8, self.height() // 2
        for segment in self.segments:
            room = self.width() - x
            if room < 3 * _SWATCH_PX:
                break
            if segment.rgb is not None:
                painter.setPen(QPen(QColor(tokens().border_strong), 1))
                painter.setBrush(QColor(*segment.rgb))
                top = middle - _SWATCH_PX // 2
                painter.drawRoundedRect(x, top, _SWATCH_PX, _SWATCH_PX, 2, 2)
                x += _SWATCH_PX + _GAP_PX
            text = metrics.elidedText(
                segment.text, Qt.TextElideMode.ElideRight, self.width() - x
            )
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            width = metrics.horizontalAdvance(text)
            painter.drawText(
                QRect(x, 0, width + 2, self.height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
                text,
            )
            x += width + _SPACE_PX
        painter.end()


class StatusBar(QStatusBar):
    """Position, mask values, image value, size, zoom and the save state."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._swatches = Swatches(session)
        self._pixel: tuple[int, int] | None = None
        self._pointed: tuple[int, int] | None = None
        self._follower = QTimer(self)
        self._follower.setSingleShot(True)
        self._follower.setInterval(FOLLOW_MS)
        self._follower.timeout.connect(lambda: self.show_pixel(self._pointed))
        self._claimants = Claimants(session.census)
        self.setSizeGripEnabled(False)
        self.position = ElidedLabel(sample=_position(99_999, 99_999))
        self.masks = SegmentField()
        self.image = ElidedLabel(sample=self._image_text("255 255 255"))
        self.size_text = ElidedLabel()
        self.zoom = ElidedLabel(sample="6400 %")
        self.saved = ElidedLabel()
        metrics = self.saved.fontMetrics()
        texts = (*self._save_texts("23:59").values(), *self._save_texts(None).values())
        self.saved.set_sample(max(texts, key=metrics.horizontalAdvance))
        self._add_fields()
        session.document_opened.connect(self._on_session_document_opened)
        session.changed.connect(self._on_session_changed)
        session.counted.connect(self._update_pixel)
        session.view_changed.connect(self._on_session_view_changed)
        session.save_state_changed.connect(self._on_session_save_state_changed)
        self._on_session_document_opened()
        self._on_session_save_state_changed()

    def _add_fields(self) -> None:
        """Put all into one row: a status bar's own messages would hide its widgets."""
        row_widget = QWidget()
        row = QHBoxLayout(row_widget)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(0)
        for field, stretch, name in (
            (self.position, 0, self.tr("Position")),
            (self.masks, 1, self.tr("Mask values")),
            (self.image, 0, self.tr("Image value")),
            (self.size_text, 0, self.tr("Size")),
            (self.zoom, 0, self.tr("Zoom")),
            (self.saved, 0, self.tr("Saved")),
        ):
            field.setAccessibleDescription(name)
            row.addWidget(field, stretch)
        for field in (self.image, self.size_text, self.zoom, self.saved):
            field.setAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
        self.addPermanentWidget(row_widget, 1)

    # -- what the window tells

    def follow(self, pixel: tuple[int, int] | None) -> None:
        """Show what lies under a pointer that moves, a moment later."""
        self._pointed = pixel
        if not self._follower.isActive():
            self._follower.start()

    def show_pixel(self, pixel: tuple[int, int] | None) -> None:
        """Show what lies at an image pixel (row, col); None: the pointer is elsewhere."""
        self._pixel = pixel
        self._update_pixel()

    def show_zoom(self, zoom: float) -> None:
        """Show the zoom: device pixels per image pixel."""
        percent = 100 * zoom
        digits = 0 if percent >= 10 else 1 if percent >= 1 else 2
        has_document = self._session.document is not None
        text = in_order(f"{percent:.{digits}f} %")
        self.zoom.setText(text if has_document else "")

    # -- showing

    def _on_session_document_opened(self) -> None:
        self._pixel = self._pointed = None
        self._claimants = Claimants(self._session.census)
        if self._session.document is None:
            self.zoom.clear()
        self._update_size()
        self._update_pixel()

    def _on_session_changed(self, change: Change) -> None:
        if change.is_pixels:
            return  # `counted` follows
        self._claimants = Claimants(self._session.census)
        self._update_pixel()

    def _on_session_view_changed(self, _before: object) -> None:
        self._update_size()
        self._update_pixel()

    def _update_size(self) -> None:
        """Show the size of the source, or of its first readable mask where it is missing."""
        document, text, sample = self._session.document, "", "255 255 255"
        if document is not None:
            image, found = self._own_image(), self._shown()
            shapes: list[tuple[int, ...]] = [found.size] if found else []
            shapes += [
                document.planes[key].indices.shape
                for key, _ in self._readable(document)
            ]
            if shapes:
                text = f"{shapes[0][1]} {_TIMES} {shapes[0][0]}"
            if found is not None and found.is_preview:
                text = self.tr("Preview, {}").format(text)
            if image is not None:
                deep = image.pixels.dtype == np.uint16
                channels = image.pixels.shape[2] if image.pixels.ndim == 3 else 1
                sample = value_text([65535 if deep else 255] * channels)
        self.size_text.set_sample(text)
        self.size_text.setText(in_order(text))
        self.image.set_sample(self._image_text(sample))

    def _shown(self) -> Shown | None:
        document, view = self._session.document, self._session.view
        if document is None or view.source is None:
            return None
        return shown_image(document, view.source, wants_preview=view.shows_preview)

    def _own_image(self) -> Image | None:
        """Give the picture of the source; the values of a preview are not its own."""
        found = self._shown()
        return None if found is None or found.is_preview else found.image

    def _update_pixel(self) -> None:
        document, pixel = self._session.document, self._pixel
        if document is None or pixel is None:
            # Cleared, they would be painted again each time.
            self.position.setText("")
            self.image.setText("")
            self.masks.set_segments(())
            return
        self.position.setText(in_order(_position(pixel[1], pixel[0])))
        self.image.setText(self._image_value(document, pixel))
        hidden = self._session.view.hidden_masks
        self.masks.set_segments(
            tuple(
                self._segment(document, key, mask_id, pixel)
                for key, mask_id in self._readable(document)
                if key not in hidden
            )
        )

    def _readable(self, document: Document) -> list[tuple[str, str]]:
        """List key and id of the readable masks of the shown source."""
        return [
            (ref.key, ref.mask.id)
            for ref in document.frame.masks()
            if ref.source.id == self._session.view.source and ref.key in document.planes
        ]

    def _image_value(self, document: Document, pixel: tuple[int, int]) -> str:
        image = self._own_image()
        if image is None or not _is_inside(pixel, image.pixels.shape):
            return ""
        value = np.atleast_1d(image.pixels[pixel])
        text = value_text([int(number) for number in value])
        return self._image_text(in_order(text))

    def _image_text(self, value: str) -> str:
        return self.tr("image {}").format(value)

    def _segment(
        self, document: Document, key: str, mask_id: str, pixel: tuple[int, int]
    ) -> Segment:
        plane, name = document.planes[key], one_line(mask_id)
        if not _is_inside(pixel, plane.indices.shape):
            return Segment(None, self.tr("{}: no pixel here").format(name))
        entry = int(plane.indices[pixel])
        value = in_order(value_text(plane.value(entry)))
        who = self._who(document, key, entry)
        rgb = self._swatches.entry(key, entry) or plane.rgb(entry)
        return Segment(rgb, f"{name} {value} {_ARROW} {who}")

    def _who(self, document: Document, key: str, entry: int) -> str:
        census = self._session.census
        rois = self._claimants.of(key, entry)
        if rois:
            names = dict.fromkeys(
                one_line(census.rois[index].resolution.name)
                or self.tr("ROI {} without a label").format(index)
                for index in rois
            )
            text = ", ".join(list(names)[:MOST_LABELS])
            more = len(names) - MOST_LABELS
            return self.tr("{}, {} more").format(text, more) if more > 0 else text
        owner = int(census.owners[key][entry])
        if owner < NOBODY and document.mapping is not None:
            labels = document.mapping.entries[-2 - owner].labels
            return self.tr("{} (data set)").format(one_line(", ".join(labels)))
        return self.tr("nobody claims it")

    def _on_session_save_state_changed(self) -> None:
        state, at = self._session.save_state, self._session.saved_at
        self.saved.setText("" if state == "none" else self._save_texts(at)[state])
        severity = "warning" if state == "edited" else None
        if severity != self.saved.property("severity"):
            self.saved.setProperty("severity", severity)
            self.saved.style().unpolish(self.saved)
            self.saved.style().polish(self.saved)

    def _save_texts(self, at: str | None) -> dict[str, str]:
        return {
            "new": self.tr("not saved yet"),
            "edited": self.tr("edited"),
            "saving": self.tr("saving…"),
            "saved": self.tr("saved {}").format(at) if at else self.tr("unchanged"),
        }


def _position(col: int, row: int) -> str:
    return f"x {col}  y {row}"


def _is_inside(pixel: tuple[int, int], shape: tuple[int, ...]) -> bool:
    return 0 <= pixel[0] < shape[0] and 0 <= pixel[1] < shape[1]
