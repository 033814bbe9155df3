"""What another program changed: the bar over the canvas, small pictures, and the place to save to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from chromask.counts.pixel_counts import unclaimed_values
from scenes import CAR, roi, scene_mask, write_frames, write_pairs, write_scene
from windows import press, rename, stroke, wait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from chromask_gui.window.main_window import MainWindow

CORNER = (5, 30)
"""Where strokes go: (row, col) of the scene, in its sky."""


def press_buttons(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Answer every question with the button of that text."""

    def ask(box: QMessageBox) -> int:
        next(each for each in box.buttons() if each.text() == text).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", ask)


def paint(window: MainWindow) -> None:
    """Paint a large dot of the first ROI into the sky."""
    options = replace(window.session.view.options, size=9.0, is_square=True)
    window.session.set_view(selected=(0,), tool="brush", options=options)
    row, col = CORNER
    stroke(window, (col, row), (col + 1, row))


def save(window: MainWindow, qtbot: QtBot) -> None:
    window.files.save()
    qtbot.waitUntil(lambda: window.session.save_state == "saved")


def spoil(folder: Path, act: str, name: str = "f00") -> None:
    mask = folder / f"{name}_seg.png"
    if act == "damage":
        mask.write_bytes(b"not a picture")
        return
    mask.unlink()
    if act == "folder":
        mask.mkdir()


def thumb_rgb(window: MainWindow, key: str, row: int, col: int) -> tuple[int, ...]:
    """Give the colour of a small picture at a pixel (row, col) of the scene."""
    picture = window.files.thumbs.peek(key)
    if picture is None:
        return ()
    image = picture.toImage()
    point = QPoint(
        int((col + 0.5) * image.width() / 60), int((row + 0.5) * image.height() / 40)
    )
    color = image.pixelColor(point)
    return color.red(), color.green(), color.blue()


def is_near(rgb: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return len(rgb) == 3 and bool(np.abs(np.subtract(rgb, other)).max() < 12)


def differs(rgb: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return len(rgb) == 3 and not is_near(rgb, other)


# -- the bar


@pytest.mark.parametrize(
    ("act", "button"),
    [
        ("delete", "Write again"),
        ("folder", "Write under a new name"),
        ("damage", "Replace"),
        ("damage", "Save as..."),
        ("json", "Replace"),
        ("json", "Save as..."),
    ],
)
def test_that_the_bar_goes_when_a_save_has_answered_it(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    act: str,
    button: str,
) -> None:
    write_frames(tmp_path, 2)
    press_buttons(monkeypatch, button)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine.json"), "")
    )

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        paint(window)
        if act == "json":
            write_scene(tmp_path, [roi(["theirs"], CAR)], name="f00")
        else:
            spoil(tmp_path, act)
        qtbot.waitUntil(window.notice.isVisible)
        save(window, qtbot)
        assert not window.notice.isVisible()
        qtbot.wait(600)
        assert not window.notice.isVisible()

    run([str(tmp_path)], script)


def test_that_the_bar_stays_while_a_mask_that_was_not_saved_is_another(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 2)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        rename(window)
        other = scene_mask()
        other[:9] = CAR
        PilImage.fromarray(other).save(tmp_path / "f00_seg.png")
        qtbot.waitUntil(window.notice.isVisible)
        assert "unsaved" in window.notice.text.text()
        save(window, qtbot)
        qtbot.wait(600)
        assert window.notice.isVisible()
        assert "unsaved" not in window.notice.text.text()

    run([str(tmp_path)], script)


def test_that_what_is_changed_just_before_a_save_is_told_after_it(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 2)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        rename(window)
        PilImage.fromarray(scene_mask()[::-1]).save(tmp_path / "f00_seg.png")
        save(window, qtbot)
        qtbot.waitUntil(window.notice.isVisible)

    run([str(tmp_path)], script)


def test_that_the_file_that_a_frame_was_saved_away_from_is_its_own_no_more(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_frames(tmp_path, 2)
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine.json"), "")
    )

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        rename(window)
        window.files.save_as()
        qtbot.waitUntil(lambda: window.session.save_state == "saved")
        (tmp_path / "f00.json").write_text("{}")
        qtbot.wait(600)
        assert not window.notice.isVisible()

    run([str(tmp_path)], script)


# -- small pictures


def test_that_small_pictures_show_the_masks_of_a_folder_that_was_allowed(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_pairs(tmp_path, 3)
    (tmp_path / "label_colors.txt").rename(tmp_path / "images/label_colors.txt")

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        qtbot.waitUntil(
            lambda: all(thumb_rgb(window, str(n), 25, 15) for n in range(3))
        )
        bare = [thumb_rgb(window, str(n), 25, 15) for n in range(3)]
        assert all(is_near(rgb, (15, 25, 0)) for rgb in bare)
        window.folders.use_button.click()
        wait(window, qtbot, 0)
        qtbot.waitUntil(
            lambda: all(thumb_rgb(window, str(n), 25, 15)[2] > 40 for n in range(3))
        )

    run([str(tmp_path / "images")], script)


def test_that_the_small_picture_of_an_image_shows_the_mask_that_was_saved_for_it(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_pairs(tmp_path, 3)
    for mask in sorted((tmp_path / "masks").iterdir()):
        with PilImage.open(mask) as picture:
            picture.convert("P").save(mask.with_suffix(".gif"))
        mask.unlink()

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        qtbot.waitUntil(lambda: bool(thumb_rgb(window, "images/0", *CORNER)))
        sky = thumb_rgb(window, "images/0", *CORNER)
        paint_any(window)
        save(window, qtbot)
        qtbot.waitUntil(lambda: differs(thumb_rgb(window, "images/0", *CORNER), sky))
        assert is_near(thumb_rgb(window, "images/1", *CORNER), sky)

    run([str(tmp_path)], script)
    written = {path.name for path in (tmp_path / "images").glob("0*")}
    assert len(written - {"0.png", "0.json"}) == 1


def paint_any(window: MainWindow) -> None:
    """Paint with the largest colour of the lower half that no ROI claims."""
    session = window.session
    counts = unclaimed_values(session.census, session.document.planes)
    session.take(sorted(counts, key=lambda each: each.pixels)[-2])
    press(window, Qt.Key.Key_B)
    window.options.widgets["size"].number.setValue(9)
    row, col = CORNER
    stroke(window, (col, row), (col + 1, row))


@pytest.mark.parametrize(
    ("act", "button"),
    [("delete", "Write again"), ("folder", "Write under a new name")],
)
@pytest.mark.parametrize("kind", ["frames", "images"])
def test_that_a_mask_that_was_lost_and_written_is_on_the_small_picture(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    act: str,
    button: str,
    kind: str,
) -> None:
    write_frames(tmp_path, 3)
    if kind == "images":
        (tmp_path / "f00.json").unlink()
    press_buttons(monkeypatch, button)

    def script(window: MainWindow) -> None:
        def rgb() -> tuple[int, ...]:
            return thumb_rgb(window, "f00", *CORNER)

        wait(window, qtbot, 0)
        if kind == "images":
            window.session.edit("Add", add_car)
        qtbot.waitUntil(lambda: bool(rgb()))
        whole = rgb()
        paint(window)
        spoil(tmp_path, act)
        bare = (CORNER[1], CORNER[0], 0)
        qtbot.waitUntil(lambda: is_near(rgb(), bare))
        save(window, qtbot)
        qtbot.waitUntil(lambda: differs(rgb(), bare) and differs(rgb(), whole))
        assert rgb()[2] > 40

    run([str(tmp_path)], script)


def add_car(edit: Any) -> None:
    edit.frame.add_annotation(mask_rgb=list(CAR), labels=["car"])


def test_that_a_small_picture_follows_a_mask_that_another_program_changed(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    write_frames(tmp_path, 3)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        qtbot.waitUntil(lambda: bool(thumb_rgb(window, "f02", *CORNER)))
        before = thumb_rgb(window, "f02", *CORNER)
        other = scene_mask()
        other[:20] = CAR
        PilImage.fromarray(other).save(tmp_path / "new.png")
        (tmp_path / "new.png").replace(tmp_path / "f02_seg.png")
        qtbot.waitUntil(lambda: differs(thumb_rgb(window, "f02", *CORNER), before))

    run([str(tmp_path)], script)


def test_that_pictures_of_one_folder_are_not_shown_for_another(
    run: Callable[..., int], qtbot: QtBot, tmp_path: Path
) -> None:
    one, two = write_frames(tmp_path / "one", 3), write_frames(tmp_path / "two", 3)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        qtbot.waitUntil(lambda: window.files.thumbs.peek("f02") is not None)
        seen: list[object] = []
        window.files.frames.listed.connect(
            lambda: seen.append(window.files.thumbs.peek("f02"))
        )
        window.files.open_paths([two])
        qtbot.waitUntil(lambda: window.files.frames.list.root == two)
        assert seen == [None]

    run([str(one)], script)


# -- where to save instead


@pytest.mark.parametrize(
    ("taken", "proposed"),
    [
        ([], "f00_2.json"),
        (["f00_2.json"], "f00_3.json"),
        (["f00_2.png"], "f00_3.json"),
    ],
)
def test_that_a_free_name_is_proposed_after_a_conflict(
    run: Callable[..., int],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    taken: list[str],
    proposed: str,
) -> None:
    write_frames(tmp_path, 2)
    for name in taken:
        if name.endswith(".png"):
            PilImage.new("RGB", (60, 40)).save(tmp_path / name)
        else:
            (tmp_path / name).write_text("{}")
    offered: list[str] = []
    press_buttons(monkeypatch, "Save as...")

    def choose(*args: Any) -> tuple[str, str]:
        offered.append(args[2])
        return args[2], ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)

    def script(window: MainWindow) -> None:
        wait(window, qtbot, 0)
        rename(window)
        write_scene(tmp_path, [roi(["theirs"], CAR)], name="f00")
        save(window, qtbot)

    run([str(tmp_path)], script)
    assert offered == [str(tmp_path / proposed)]
