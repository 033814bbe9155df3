"""The command line without a window."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from chromask.cli import COULD_NOT_RUN, main
from chromask.media import tiff
from photos import write_photos
from scenes import (
    CAR,
    COLS,
    PIXELS,
    ROAD,
    ROWS,
    SKY,
    STRAY,
    read_pixels,
    roi,
    scene_mask,
    write_scene,
)


def test_that_info_prints_the_whole_frame_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rois = [
        roi(["car", "vehicle"], CAR),
        roi(["seg"], ROAD, mask="road"),
        {"label": ["tree"], "poly": [1, 1, 5, 1, 5, 5], "sources": ["front"]},
        roi(["lost"], (5, 5, 5), mask="nowhere") | {"sources": ["rear"]},
    ]
    path = write_scene(tmp_path, rois)
    assert main(["info", str(path), "--json"]) == 0
    (frame,) = json.loads(capsys.readouterr().out)["frames"]

    assert frame["uri"] == str(path)
    assert frame["masks"] == [
        {
            "id": "seg",
            "source": "front",
            "uri": "scene_seg.png",
            "size": [COLS, ROWS],
            "mode": "RGB",
            "values": 4,
            "labels": [],
            "unclaimed": [
                {"value": list(SKY), "pixels": PIXELS[SKY]},
                {"value": list(STRAY), "pixels": PIXELS[STRAY]},
            ],
        }
    ]
    keys = ("index", "labels", "name", "mask", "value", "rule", "pixels")
    assert [tuple(found[key] for key in keys) for found in frame["rois"]] == [
        (0, ["car", "vehicle"], "car, vehicle", "seg", list(CAR), 1, PIXELS[CAR]),
        (1, ["seg"], "road", "seg", list(ROAD), 2, PIXELS[ROAD]),
        (2, ["tree"], "tree", None, None, None, None),
        (3, ["lost"], "lost", None, [5, 5, 5], 4, None),
    ]
    assert all(set(found) == set(keys) for found in frame["rois"])


def test_that_info_names_what_cannot_be_read_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_scene(tmp_path)
    (tmp_path / "scene_seg.png").unlink()
    assert main(["info", str(path), "--json"]) == 0
    (frame,) = json.loads(capsys.readouterr().out)["frames"]
    assert frame["masks"][0]["size"] is None
    assert frame["rois"][0]["pixels"] is None
    (problem,) = frame["problems"]
    assert problem["severity"] == "error"
    assert problem["uri"] == "scene_seg.png"
    assert problem["hint"]


def test_that_info_goes_on_behind_a_frame_that_cannot_be_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pairs(tmp_path)
    (first, second) = sorted((tmp_path / "images").iterdir())
    first.write_bytes(first.read_bytes()[:20])

    assert main(["info", str(tmp_path), "--json"]) == 0
    broken, sound = json.loads(capsys.readouterr().out)["frames"]
    assert set(broken) == set(sound)
    assert [p["severity"] for p in broken["problems"]] == ["error"]
    assert sound["masks"][0]["values"]

    assert main(["info", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert f"{first}\n  error: " in out
    assert f"source default  {second.name}" in out


def test_that_info_as_text_has_a_line_for_each_thing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = np.random.default_rng(1)
    mask = scene_mask()
    mask[:8, :8] = rng.integers(1, 256, (8, 8, 3))
    path = write_scene(tmp_path, mask=mask)
    assert main(["info", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == str(path)
    assert any("roi   0  car" in line and f"{PIXELS[CAR]} px" in line for line in lines)
    listed = [line for line in lines if "unclaimed in seg" in line]
    # 64 random values, sky and strays: twenty are listed, the rest is one line.
    assert len(listed) == 21
    assert "46 more values, 46 px" in listed[-1]


def test_that_info_shows_odd_and_long_uris_as_one_short_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_scene(tmp_path)
    text = path.read_text()
    for uri, shown in (
        ("a\0b\nc\x1b[31m.png", "a\\u0000b\\u000ac\\u001b[31m.png"),
        ("x" * 5000 + ".png", "x" * 300 + "..."),
    ):
        path.write_text(text.replace('"scene_seg.png"', json.dumps(uri)))
        assert main(["info", str(path)]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert any(f"  {shown}  unread" in each for each in lines if "mask" in each)
        assert any(f"error: {shown}: " in each for each in lines)
        assert max(map(len, lines)) < 600
        assert "\x1b" not in "".join(lines)


def test_that_the_decoders_words_are_not_next_to_the_line_on_stderr(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ok, coded = cv2.imencode(".tif", np.ones((4, 4, 3), np.uint16))
    assert ok
    data = coded.tobytes()
    place = tiff.Tags(data).number(273)
    (tmp_path / "a.tif").write_bytes(data[:place] + b"\xff" * 9 + data[place + 9 :])
    main(["info", str(tmp_path / "a.tif")])
    lines = capfd.readouterr().err.splitlines()
    assert [line[:10] for line in lines] == ["chromask: "]


def test_that_bad_input_is_one_line_on_stderr_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.json").write_text("{")
    assert main(["info", str(tmp_path / "bad.json")]) == COULD_NOT_RUN
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("chromask: ")
    assert "bad.json" in err
    assert "line 1" in err


@pytest.mark.parametrize("solo", ["0", "car"])
def test_that_render_draws_one_roi_alone(tmp_path: Path, solo: str) -> None:
    path = write_scene(tmp_path)
    out = tmp_path / "out.png"
    command = ["render", str(path), "-o", str(out), "--solo", solo, "--opacity", "1"]
    assert main(command) == 0
    expected = read_pixels(tmp_path / "scene.png")
    is_car = (scene_mask() == CAR).all(axis=2)
    expected[is_car] = CAR
    assert (read_pixels(out) == expected).all()


def test_that_render_names_the_rois_when_one_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_scene(tmp_path)
    command = ["render", str(path), "-o", str(tmp_path / "o.png"), "--solo", "bus"]
    assert main(command) == COULD_NOT_RUN
    assert "car, road" in capsys.readouterr().err
    assert not (tmp_path / "o.png").exists()


@pytest.mark.parametrize(
    "options",
    [["--opacity", "1.5"], ["--opacity", "x"], []],
)
def test_that_wrong_options_are_refused(
    tmp_path: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    output = [] if not options else ["-o", str(tmp_path / "o.png")]
    with pytest.raises(SystemExit) as caught:
        main(["render", str(tmp_path), *output, *options])
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_that_render_draws_in_the_palette_that_was_asked_for(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    pictures = []
    for palette in ("auto", "stored", "distinct", "safe"):
        target = tmp_path / f"{palette}.png"
        command = ["render", str(path), "-o", str(target), "--palette", palette]
        assert main(command) == 0
        pictures.append(read_pixels(target).tobytes())
    assert pictures[0] == pictures[1]
    assert len(set(pictures)) == 3


def write_pairs(folder: Path) -> Path:
    """Write two images with masks of one name, and a legend at their root."""
    for name in ("a", "b"):
        write_scene(folder / "made", [], name=name)
        for kind, made in (("images", f"{name}.png"), ("masks", f"{name}_seg.png")):
            (folder / kind).mkdir(exist_ok=True)
            (folder / "made" / made).rename(folder / kind / f"{name}.png")
    shutil.rmtree(folder / "made")
    rows = ((CAR, "car"), (ROAD, "the road"), ((9, 9, 9), "boat"), ((8, 8, 8), "tree"))
    legend = "".join(f"{r} {g} {b} {label}\n" for (r, g, b), label in rows)
    (folder / "label_colors.txt").write_text(legend)
    return folder


def test_that_info_of_a_folder_prints_the_legends_labels_with_their_pixels(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pairs(tmp_path)
    assert main(["info", str(tmp_path), "--json"]) == 0
    frames = json.loads(capsys.readouterr().out)["frames"]
    expected = [
        {"labels": [label], "value": list(value), "pixels": pixels}
        for label, value, pixels in (
            ("the road", ROAD, PIXELS[ROAD]),
            ("car", CAR, PIXELS[CAR]),
            ("boat", (9, 9, 9), 0),
            ("tree", (8, 8, 8), 0),
        )
    ]
    assert [frame["masks"][0]["labels"] for frame in frames] == [expected, expected]

    assert main(["info", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    lines = [line.split() for line in out.splitlines() if " label of " in line]
    value = [str(number) for number in ROAD]
    row = ["label", "of", "00", "the", "road", *value, str(PIXELS[ROAD]), "px"]
    assert lines.count(row) == 2
    assert len(lines) == 4
    assert out.count("  labels of 00 without pixels: boat; tree\n") == 2


def test_that_info_lists_a_second_image_as_a_frame(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_photos(tmp_path)
    assert main(["info", str(tmp_path), "--json"]) == 0
    frames = json.loads(capsys.readouterr().out)["frames"]
    assert [Path(frame["uri"]).name for frame in frames] == ["a.json", "a.png.json"]
    assert [frame["masks"] for frame in frames] == [[], []]
