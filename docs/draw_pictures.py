"""Draw the guide's pictures: ``python3 run.py screenshots``, the real window with real files.

Each picture is one function in `PICTURES`; each is drawn light and dark. Those that are
named on the command line are drawn alone. The files in the pictures are made here, save for
the example that comes with chromask.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("QT_API", "pyside6")

import numpy as np
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice

from chromask_gui.app import close_window, make_application, make_window
from chromask_gui.dialogs.key_help import KeyHelp
from chromask_gui.dialogs.palette import CommandPalette
from chromask_gui.dialogs.settings import SettingsDialog
from chromask_gui.screenshot import open_and_wait, settle
from chromask_gui.settings import Settings
from chromask_resources import example_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from chromask_gui.main_window import MainWindow

FOLDER = Path(__file__).resolve().parent / "pictures"
SIZE = (1440, 900)
COLOURS, EXACT = (240, 200, 160), 48
"""Of a picture: the first number that keeps it small; the most frequent are kept exactly."""

LARGEST = 150_000
"""Bytes of a picture, so that the repository stays small."""


def settled(milliseconds: int = 250) -> None:
    """Let the window come to rest."""
    settle(milliseconds)


def opened(window: MainWindow, path: Path) -> MainWindow:
    """Open a file in the window; whatever is wrong with it ends the run."""
    problem = open_and_wait(window, path)
    if problem is not None:
        raise SystemExit(f"{path}: {problem}")
    settled()
    return window


# --- the files in the pictures ----------------------------------------------------------


def write_frame(
    path: Path, masks: list[dict[str, Any]], rois: list[dict[str, Any]], image: str
) -> Path:
    """Write a frame of one source."""
    source = {"id": "camera", "uri": image, "content_type": "image/png", "masks": masks}
    frame = {"sources": [source], "rois": rois}
    path.write_text(json.dumps(frame, indent=1), encoding="utf-8")
    return path


def roi(labels: list[str], value: Sequence[int], mask: str) -> dict[str, Any]:
    """Give a ROI of a frame."""
    claim = {"id": mask, "value": list(value)}
    return {"label": labels, "mask": claim, "sources": ["camera"]}


def many_rois(folder: Path) -> Path:
    """10 000 cells of a tissue, each a ROI of its own colour."""
    rows, cols, side = 800, 800, 8
    number = np.arange(rows // side * (cols // side))
    values = np.stack(
        [40 + number * 37 % 200, 40 + number // 100 * 2, 40 + number % 100 * 2], axis=1
    ).astype(np.uint8)
    values = np.unique(values, axis=0)
    number = number[: len(values)]
    cell = np.arange(rows)[:, None] // side * (cols // side) + np.arange(cols) // side
    mask = np.zeros((rows, cols, 3), np.uint8)
    inside = (np.arange(rows)[:, None] % side > 0) & (np.arange(cols) % side > 0)
    known = inside & (cell < len(values))
    mask[known] = values[cell[known]]
    Image.fromarray(mask).save(folder / "cells_mask.png")
    row, col = np.mgrid[:rows, :cols]
    wave = 128 + 60 * np.sin(row / 40) * np.cos(col / 60)
    picture = np.stack([wave + 40, wave - 30, wave + 10], axis=2).clip(0, 255)
    Image.fromarray(picture.astype(np.uint8)).save(folder / "cells.png")
    kinds = ("epithelium", "stroma", "lymphocyte", "nucleus")
    rois = [
        roi([kinds[n % 4], f"cell {n + 1}"], value, "cells")
        for n, value in enumerate(values.tolist())
    ]
    masks = [{"id": "cells", "uri": "cells_mask.png"}]
    return write_frame(folder / "cells.json", masks, rois, "cells.png")


def deep_mask(folder: Path) -> Path:
    """A mask of 16 bits: ids above 255, which look black to the eye."""
    rows, cols = 480, 640
    row, col = np.mgrid[:rows, :cols]
    mask = np.zeros((rows, cols), np.uint16)
    names: tuple[str, ...] = (
        "liver",
        "spleen",
        "kidney, left",
        "kidney, right",
        "aorta",
    )
    places = (
        (230, 180, 120),
        (210, 470, 70),
        (330, 430, 45),
        (330, 220, 45),
        (300, 325, 22),
    )
    rois: list[dict[str, Any]] = []
    for number, (name, (y, x, size)) in enumerate(zip(names, places, strict=True), 1):
        value = number * 300
        mask[((row - y) / size) ** 2 + ((col - x) / (1.2 * size)) ** 2 < 1] = value
        rois.append(roi(name.split(", "), [value], "organs"))
    body = ((row - 260) / 230) ** 2 + ((col - 320) / 300) ** 2 < 1
    noise = (
        np.random.default_rng(7)
        .normal(0, 900, (rows // 8, cols // 8))
        .repeat(8, 0)
        .repeat(8, 1)
    )
    picture = np.where(body, 18_000 + mask * 8.0 + noise, 1_500).clip(0, 65_535)
    Image.fromarray(picture.astype(np.uint16)).save(folder / "scan.png")
    Image.fromarray(mask).save(folder / "organs.png")
    masks = [{"id": "organs", "uri": "organs.png"}]
    return write_frame(folder / "scan.json", masks, rois, "scan.png")


def without_files(folder: Path) -> Path:
    """A frame whose image and masks are all missing."""
    masks = [{"id": name, "uri": f"masks/{name}.png"} for name in ("seg", "depth")]
    rois = [
        roi(["road"], (126, 108, 168), "seg"),
        roi(["car"], (52, 116, 220), "seg"),
        roi(["person"], (226, 78, 70), "seg"),
    ]
    return write_frame(folder / "moved.json", masks, rois, "images/moved.png")


def frames_folder(folder: Path) -> Path:
    """A folder of images with masks and a legend, as data sets have them."""
    root = folder / "crossing"
    (root / "images").mkdir(parents=True, exist_ok=True)
    (root / "masks").mkdir(exist_ok=True)
    example = example_frame().parent
    with (
        Image.open(example / "street.jpg") as picture,
        Image.open(example / "street_seg.png") as mask,
    ):
        for number in range(8):
            left = number * 40
            box = (left, 0, left + 640, 600)
            name = f"{number + 1:04d}"
            picture.crop(box).save(root / "images" / f"{name}.jpg", quality=90)
            mask.crop(box).save(root / "masks" / f"{name}.png")
    legend = (example / "_mask_legend.json").read_bytes()
    (root / "_mask_legend.json").write_bytes(legend)
    return root


# --- the pictures -----------------------------------------------------------------------


def draw_welcome(window: MainWindow, _folder: Path) -> QWidget:
    """Nothing is open yet."""
    settled()
    return window


def draw_window(window: MainWindow, _folder: Path) -> QWidget:
    """The example, with a ROI chosen."""
    opened(window, example_frame()).session.select(6)
    settled()
    return window


def draw_many(window: MainWindow, folder: Path) -> QWidget:
    """Ten thousand ROIs, one far down chosen."""
    opened(window, many_rois(folder)).session.select(4_321)
    settled(600)
    return window


def draw_deep(window: MainWindow, folder: Path) -> QWidget:
    """A mask of 16 bits."""
    return opened(window, deep_mask(folder))


def draw_missing(window: MainWindow, folder: Path) -> QWidget:
    """Nothing that the frame names is there."""
    return opened(window, without_files(folder))


def draw_frames(window: MainWindow, folder: Path) -> QWidget:
    """A folder of images and masks."""
    opened(window, frames_folder(folder))
    settled(1500)
    return window


def draw_palette(window: MainWindow, _folder: Path) -> QWidget:
    """The command palette."""
    opened(window, example_frame())
    window.actions_by_id["palette"].trigger()
    palette = window.findChild(CommandPalette)
    assert palette is not None
    palette.field.setText("pa")
    settled()
    return window


def draw_keys(window: MainWindow, _folder: Path) -> QWidget:
    """The page of F1."""
    window.actions_by_id["keys"].trigger()
    settled()
    page = window.findChild(KeyHelp)
    assert page is not None
    return page


def _settings(window: MainWindow) -> SettingsDialog:
    window.actions_by_id["settings"].trigger()
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    return dialog


def draw_settings(window: MainWindow, _folder: Path) -> QWidget:
    """The settings."""
    dialog = _settings(window)
    settled()
    return dialog


def draw_settings_keys(window: MainWindow, _folder: Path) -> QWidget:
    """A key that somebody else has."""
    dialog = _settings(window)
    dialog.tabs.setCurrentWidget(dialog.keys)
    dialog.keys.field.show_key("F")
    dialog.keys.field.pressed.emit("F")
    settled()
    return dialog


def draw_action(name: str) -> Callable[[MainWindow, Path], QWidget]:
    """Picture the window after an action on the example, with a ROI chosen."""

    def draw(window: MainWindow, _folder: Path) -> QWidget:
        opened(window, example_frame()).session.select(6)
        window.actions_by_id[name].trigger()
        settled(700)
        return window

    return draw


PICTURES: dict[str, Callable[[MainWindow, Path], QWidget]] = {
    "welcome": draw_welcome,
    "window": draw_window,
    "many-rois": draw_many,
    "deep-mask": draw_deep,
    "missing-files": draw_missing,
    "frames": draw_frames,
    "palette": draw_palette,
    "keys": draw_keys,
    "settings": draw_settings,
    "settings-keys": draw_settings_keys,
    "brush": draw_action("tool_brush"),
    "solo": draw_action("solo"),
    "refine": draw_action("refine"),
}


def small_png(widget: QWidget) -> bytes:
    """Give a widget's picture as PNG with few colours."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    with Image.open(io.BytesIO(bytes(buffer.data().data()))) as picture:
        full = picture.convert("RGB")
    data = b""
    for colours in COLOURS:
        palette = _palette(full, colours)
        few = full.quantize(palette=palette, dither=Image.Dither.NONE)
        out = io.BytesIO()
        few.save(out, "PNG", optimize=True)
        data = out.getvalue()
        if len(data) <= LARGEST:
            break
    return data


def _palette(picture: Image.Image, colours: int) -> Image.Image:
    """Choose the colours: the window's own exactly, the rest so that swatches count too."""
    pixels = np.asarray(picture).reshape(-1, 3)
    values, counts = np.unique(pixels, axis=0, return_counts=True)
    order = np.argsort(counts)[::-1]
    exact, rest = values[order[:EXACT]], order[EXACT:]
    chosen = exact.tobytes()
    if rest.size:
        weights = np.ceil(counts[rest] ** 0.4).astype(np.intp)
        sample = np.repeat(values[rest], weights, axis=0)[None]
        mixed = Image.fromarray(sample).quantize(
            colours - EXACT, Image.Quantize.MAXCOVERAGE
        )
        chosen += bytes(mixed.getpalette() or ())[: 3 * (colours - EXACT)]
    palette = Image.new("P", (1, 1))
    palette.putpalette(chosen)
    return palette


def main(arguments: Sequence[str]) -> int:
    """Draw all pictures, or those that are named; ``-o FOLDER`` draws elsewhere."""
    words = list(arguments)
    folder = FOLDER
    if "-o" in words:
        at = words.index("-o")
        folder = Path(words[at + 1])
        del words[at : at + 2]
    unknown = [word for word in words if word not in PICTURES]
    if unknown:
        sys.stderr.write(f"no picture is called {unknown[0]}: {', '.join(PICTURES)}\n")
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    for name in words or PICTURES:
        for scheme in ("light", "dark"):
            app = make_application(scheme)
            window = make_window(Settings.fresh())
            window.resize(*SIZE)
            window.show()
            with tempfile.TemporaryDirectory() as scratch:
                data = small_png(PICTURES[name](window, Path(scratch)))
                window.session.show(None)
            path = folder / f"{name}-{scheme}.png"
            path.write_bytes(data)
            sys.stdout.write(f"{path.name}: {len(data) / 1000:.0f} kB\n")
            window.hide()
            close_window(window)
            app.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
