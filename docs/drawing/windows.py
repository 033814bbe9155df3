"""Pictures of the whole window and of what opens over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromask_gui.dialogs.key_help import KeyHelp
from chromask_gui.dialogs.palette import CommandPalette
from chromask_gui.dialogs.settings import SettingsDialog
from drawing import files, plots

if TYPE_CHECKING:
    from collections.abc import Callable

    from drawing.stage import Shot, Stage

CARS = 6
"""The ROI of the example that is chosen where one is."""


def welcome(stage: Stage) -> Shot:
    """Nothing is open yet."""
    return stage.whole()


def window(stage: Stage) -> Shot:
    """The example, with a ROI chosen."""
    stage.open_example(CARS)
    return stage.whole()


def many_rois(stage: Stage) -> Shot:
    """Ten thousand ROIs, one far down chosen."""
    stage.open(files.many_rois(stage.folder))
    stage.session.select(4_321)
    stage.show_part(60, 290, 240, 430)
    stage.rest(500)
    return stage.whole()


def deep_mask(stage: Stage) -> Shot:
    """A mask of 16 bits."""
    stage.open(files.deep_mask(stage.folder))
    return stage.whole()


def missing_files(stage: Stage) -> Shot:
    """Nothing that the frame names is there."""
    stage.open(files.without_files(stage.folder))
    return stage.whole()


def frames(stage: Stage) -> Shot:
    """A folder of images and masks."""
    stage.open(files.frames_folder(stage.folder))
    stage.rest(1500)
    return stage.whole()


def palette(stage: Stage) -> Shot:
    """The command palette."""
    stage.open_example()
    stage.act("palette")
    found = stage.window.findChild(CommandPalette)
    assert found is not None
    found.field.setText("pa")
    stage.rest()
    return stage.part(found, margin=40)


def keys(stage: Stage) -> Shot:
    """The page of F1."""
    stage.act("keys")
    page = stage.window.findChild(KeyHelp)
    assert page is not None
    return stage.whole(page)


def _settings(stage: Stage) -> SettingsDialog:
    stage.act("settings")
    dialog = stage.window.findChild(SettingsDialog)
    assert dialog is not None
    return dialog


def settings(stage: Stage) -> Shot:
    """The settings."""
    return stage.whole(_settings(stage))


def settings_keys(stage: Stage) -> Shot:
    """A key that another action has."""
    dialog = _settings(stage)
    dialog.tabs.setCurrentWidget(dialog.keys)
    dialog.keys.field.show_key("F")
    dialog.keys.field.pressed.emit("F")
    stage.rest()
    return stage.whole(dialog)


def _look(*actions: str, selected: int = CARS) -> Callable[[Stage], Shot]:
    """Picture the canvas after actions on how the example is shown."""

    def draw(stage: Stage) -> Shot:
        stage.open_example(selected)
        stage.act(*actions)
        stage.rest(400)
        return stage.canvas()

    return draw


def minimap_and_grid(stage: Stage) -> Shot:
    """Single pixels, with rulers, their grid and where they are."""
    stage.open_example(CARS)
    stage.show_part(560, 330, 610, 365)
    stage.rest(500)
    return stage.canvas()


def tone(stage: Stage) -> Shot:
    """The range of a 16-bit source that is shown."""
    stage.open(files.deep_mask(stage.folder))
    stage.act("has_tone_bar")
    plots.wait(stage)
    return stage.canvas()


PICTURES: dict[str, Callable[[Stage], Shot]] = {
    "welcome": welcome,
    "window": window,
    "many-rois": many_rois,
    "deep-mask": deep_mask,
    "missing-files": missing_files,
    "frames": frames,
    "palette": palette,
    "keys": keys,
    "settings": settings,
    "settings-keys": settings_keys,
    "solo": _look("solo"),
    "borders": _look("next_style"),
    "hatch": _look("has_hatch"),
    "colour-blind": _look("palette_safe"),
    "compare-source": _look("compare_source"),
    "compare-mask": _look("compare_mask"),
    "compare-masks": _look("compare_masks"),
    "minimap-grid": minimap_and_grid,
    "tone": tone,
}
