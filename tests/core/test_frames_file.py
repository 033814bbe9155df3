"""Frames in one file: saving one leaves every other byte of the file as it was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chromask.dataset.discover import list_frames
from chromask.dataset.frames_file import holds_frames, one_line, read_frames_file
from chromask.errors import ChromaskError, ConflictError, FrameError
from chromask.workspace.opening import open_document, open_item
from chromask.workspace.saving import save_snapshot
from scenes import CAR, PIXELS, write_scene

if TYPE_CHECKING:
    from pathlib import Path


def write_list(folder: Path, count: int = 3, *, lines: bool = False) -> Path:
    frame = json.loads(write_scene(folder).read_text())
    (folder / "scene.json").unlink()
    frames = [frame | {"id": f"f{number}"} for number in range(count)]
    if lines:
        path = folder / "frames.jsonl"
        path.write_text("".join(f"{json.dumps(each)}\n" for each in frames))
    else:
        path = folder / "frames.json"
        path.write_text(json.dumps(frames, indent=1))
    return path


def rename(path: Path, number: int, labels: list[str]) -> Any:
    document = open_item(list_frames(path).items[number])
    with document.edit("Rename") as edit:
        edit.frame.update_annotation(0, labels=labels)
    return document


@pytest.mark.parametrize("lines", [False, True])
def test_that_each_frame_of_a_file_opens_with_its_masks(
    tmp_path: Path, lines: bool
) -> None:
    path = write_list(tmp_path, lines=lines)
    items = list_frames(path).items
    assert [item.number for item in items] == [0, 1, 2]
    assert [item.name for item in items] == ["scene.png"] * 3
    for number, item in enumerate(items):
        document = open_item(item)
        assert document.frame.id == f"f{number}"
        assert (document.path, document.number) == (path, number)
        assert document.planes["front/seg"].pixels.max() == PIXELS[(70, 130, 180)]
        assert document.problems == ()
    assert open_document(path).frame.id == "f0"


@pytest.mark.parametrize("lines", [False, True])
def test_that_saving_a_frame_writes_its_text_alone(tmp_path: Path, lines: bool) -> None:
    path = write_list(tmp_path, lines=lines)
    before = path.read_bytes()
    saved = save_snapshot(rename(path, 1, ["bus"]).snapshot())
    assert saved.written == (path,)
    old, new = before.split(b'"car"'), path.read_bytes().split(b'"bus"')
    assert new == [old[0] + b'"car"' + old[1], old[2] + b'"car"' + old[3]]


def test_that_nothing_is_written_when_nothing_was_edited(tmp_path: Path) -> None:
    path = write_list(tmp_path)
    path.write_text(" // mine\n" + path.read_text() + "\n\n")
    document = open_item(list_frames(path).items[2])
    assert save_snapshot(document.snapshot()).written == ()


def test_that_a_first_roi_stays_on_the_line_of_its_frame(tmp_path: Path) -> None:
    path = write_list(tmp_path, lines=True)
    texts = [json.loads(line) | {"rois": []} for line in path.read_text().splitlines()]
    path.write_text("\r\n".join(json.dumps(each) for each in texts))
    document = open_item(list_frames(path).items[1])
    with document.edit("Add") as edit:
        edit.frame.add_annotation(mask_rgb=list(CAR), labels=["a\nb"])
    save_snapshot(document.snapshot())
    lines = path.read_bytes().split(b"\r\n")
    assert len(lines) == 3
    assert json.loads(lines[1])["rois"][0]["label"] == ["a\nb"]
    assert [json.loads(line) for line in lines[::2]] == texts[::2]


def test_that_somebody_elses_other_frame_is_kept(tmp_path: Path) -> None:
    path = write_list(tmp_path)
    first, second = rename(path, 0, ["one"]), rename(path, 1, ["two"])
    for document in (first, second):
        document.mark_saved(document.snapshot(), save_snapshot(document.snapshot()))
        assert not document.is_edited
    names = [each["rois"][0]["label"] for each in json.loads(path.read_text())]
    assert names == [["one"], ["two"], ["car"]]


def test_that_somebody_elses_same_frame_is_a_conflict(tmp_path: Path) -> None:
    path = write_list(tmp_path)
    document = rename(path, 1, ["two"])
    path.write_text(path.read_text().replace("f1", "other"))
    before = path.read_bytes()
    with pytest.raises(ConflictError, match=r"frames\.json"):
        save_snapshot(document.snapshot())
    assert path.read_bytes() == before
    save_snapshot(document.snapshot(), replace_changed=True)
    assert json.loads(path.read_text())[1]["id"] == "f1"


def test_that_a_file_that_lost_the_frame_is_an_error_and_stays(tmp_path: Path) -> None:
    path = write_list(tmp_path)
    document = rename(path, 2, ["two"])
    path.write_text("[]")
    with pytest.raises(ChromaskError, match="no frame 3"):
        save_snapshot(document.snapshot())
    assert path.read_text() == "[]"


def test_that_a_frame_saved_elsewhere_gets_a_file_of_its_own(tmp_path: Path) -> None:
    path = write_list(tmp_path)
    before = path.read_bytes()
    document = rename(path, 1, ["two"])
    target = tmp_path / "own.json"
    document.mark_saved(document.snapshot(), save_snapshot(document.snapshot(), target))
    assert path.read_bytes() == before
    assert json.loads(target.read_text())["id"] == "f1"
    assert document.number is None


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("[{}, {]", "line 1"),
        ("[1 2]", "line 1"),
        ("[1,", "line 1"),
        ("[1] x", "line 1"),
    ],
)
def test_that_a_broken_list_names_the_place(
    tmp_path: Path, text: str, seen: str
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    with pytest.raises(FrameError, match=r"bad\.json") as caught:
        list_frames(path)
    assert seen in str(caught.value)


def test_that_a_broken_line_takes_no_other_down(tmp_path: Path) -> None:
    path = write_list(tmp_path, lines=True)
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], "{broken", lines[2]]))
    items = list_frames(path).items
    assert open_item(items[2]).frame.id == "f2"
    with pytest.raises(FrameError, match="frame 2, line 1"):
        open_item(items[1])


def test_that_a_list_is_known_by_its_first_character(tmp_path: Path) -> None:
    for name, text, expected in (
        ("a.json", "[]", True),
        ("b.json", "\ufeff\n// [\n /* x */ [{}]", True),
        ("c.json", "{}", False),
        ("d.jsonl", "{}", True),
        ("e.png", "[]", False),
        ("missing.json", None, False),
    ):
        if text is not None:
            (tmp_path / name).write_text(text, encoding="utf-8")
        assert holds_frames(tmp_path / name) == expected, name


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
BLANKS = st.sampled_from(["", " ", "\n", "\r\n\t", " // é\n", "/* , ] */"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(JSON, BLANKS, BLANKS), max_size=5), BLANKS, st.data())
def test_that_any_list_is_taken_apart_and_put_back(
    tmp_path: Path, members: list[tuple[Any, str, str]], blank: str, data: st.DataObject
) -> None:
    texts = [json.dumps(v, ensure_ascii=False) for v, _, _ in members]
    inside = ",".join(
        f"{a}{text}{b}" for text, (_, a, b) in zip(texts, members, strict=True)
    )
    whole = f"{blank}[{blank}{inside}]{blank}\n".encode()
    path = tmp_path / "list.json"
    path.write_bytes(whole)
    found = read_frames_file(path)
    assert [found.text(n).decode() for n in range(len(found.frames))] == texts
    if texts:
        number = data.draw(st.integers(0, len(texts) - 1))
        changed = found.replaced(number, b'{"new": 1}')
        place = found.frames[number]
        assert changed[: place.start] == whole[: place.start]
        assert changed[place.start :].startswith(b'{"new": 1}')
        assert changed.endswith(whole[place.end :])
        assert len(changed) == len(whole) + 10 - (place.end - place.start)


@given(JSON, st.sampled_from([None, 1, 4, "\t"]))
def test_that_a_text_on_one_line_means_the_same(value: Any, indent: Any) -> None:
    line = one_line(json.dumps(value, indent=indent).encode())
    assert b"\n" not in line
    assert json.loads(line) == value
