"""The review mark of a frame: what counts as one, setting it, and reading it of whole lists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from chromask.cli import main
from chromask.dataset.discover import list_frames
from chromask.errors import EditError
from chromask.frame.load import SingleFrame, load_frame
from chromask.workspace.opening import open_document
from chromask.workspace.review import is_reviewed, read_reviewed, set_reviewed
from chromask.workspace.saving import save_snapshot
from roi_scenes import make_document
from scenes import write_scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chromask.dataset.query import FrameItem
    from chromask.document.document import Document


def mark(document: Document, *, is_set: bool = True) -> None:
    with document.edit("Mark") as edit:
        set_reviewed(edit, is_reviewed=is_set)
        edit.commit()


def save(document: Document) -> None:
    snapshot = document.snapshot()
    document.mark_saved(snapshot, save_snapshot(snapshot))


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ({"reviewed": True}, True),
        ({"reviewed": False}, False),
        ({"reviewed": 1}, False),
        ({"reviewed": "true"}, False),
        ({"Reviewed": True}, False),
        ({"more": {"reviewed": True}}, False),
        ([{"reviewed": True}], False),
        (None, False),
    ],
    ids=str,
)
def test_that_only_true_counts_in_memory_and_on_disk(
    tmp_path: Path, meta: object, expected: bool
) -> None:
    path = write_scene(tmp_path, meta=meta)

    items = list_frames(path).items

    assert is_reviewed(load_frame(path)) is expected
    assert [found for _, found in read_reviewed(items)] == [expected]


def test_that_marking_and_unmarking_changes_that_key_and_no_other_byte(
    tmp_path: Path,
) -> None:
    path = write_scene(tmp_path)
    text = path.read_text().replace(
        '"sources"',
        '"meta": {"city":  "K\\u00f6ln", "n": 1.50e1, "x": [1,2]},\n "sources"',
    )
    path.write_text(text)
    document = open_document(path)

    mark(document)
    save(document)
    marked = path.read_text()
    with_mark = json.loads(marked)["meta"]
    mark(document, is_set=False)
    save(document)

    assert with_mark.pop("reviewed") is True
    assert with_mark == json.loads(text)["meta"]
    assert '"city":  "K\\u00f6ln", "n": 1.50e1, "x": [1,2]' in marked
    assert path.read_text() == text


def test_that_a_frame_without_meta_gets_one_and_undo_takes_it_away() -> None:
    document = make_document([])
    before = document.frame.to_bytes()

    mark(document)
    has_mark = is_reviewed(document.frame)
    document.undo()

    assert has_mark
    assert not is_reviewed(document.frame)
    assert document.frame.to_bytes() == before


@pytest.mark.parametrize("is_set", [True, False])
def test_that_saying_what_is_so_already_is_no_step(is_set: bool) -> None:
    document = make_document([])
    if is_set:
        mark(document)
    steps = document.revision

    mark(document, is_set=is_set)

    assert document.revision == steps


def test_that_a_meta_that_is_no_object_is_refused_and_kept(tmp_path: Path) -> None:
    document = open_document(write_scene(tmp_path, meta=["mine"]))

    with pytest.raises(EditError, match="not an object"):
        mark(document)

    assert document.frame.properties["meta"] == ["mine"]


def test_that_a_mark_is_found_in_every_spelling_of_json(tmp_path: Path) -> None:
    path = write_scene(tmp_path)
    text = path.read_text().replace(
        '"sources"', '// mine\n"meta": {"\\u0072eviewed": true},\n"sources"'
    )
    path.write_text(text)

    assert [found for _, found in read_reviewed(list_frames(path).items)] == [True]


@pytest.mark.parametrize("suffix", [".json", ".jsonl"])
def test_that_frames_of_one_file_are_told_apart(tmp_path: Path, suffix: str) -> None:
    frames: list[Any] = []
    for number in range(3):
        frame = SingleFrame(source=f"{number}.png").to_dict()
        frames.append({**frame, "meta": {"reviewed": number == 1}})
    text = json.dumps(frames)
    if suffix == ".jsonl":
        text = "\n".join(json.dumps(frame) for frame in frames)
    path = tmp_path / f"all{suffix}"
    path.write_text(text)

    found = [found for _, found in read_reviewed(list_frames(path).items)]

    assert found == [False, True, False]


def test_that_images_and_broken_frames_are_not_reviewed(tmp_path: Path) -> None:
    write_scene(tmp_path, name="a", meta={"reviewed": True})
    listed = list_frames(tmp_path)
    (tmp_path / "a.json").write_text('{"reviewed": ')
    (image,) = list_frames(tmp_path / "a.png").items

    assert [found for _, found in read_reviewed([*listed.items, image])] == [
        False,
        False,
    ]


def test_that_reading_a_list_stops_when_it_is_cancelled(tmp_path: Path) -> None:
    for name in "abc":
        write_scene(tmp_path, name=name)
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2

    assert len(list(read_reviewed(list_frames(tmp_path).items, cancelled))) == 2


@pytest.mark.parametrize("is_set", [True, False])
def test_that_info_tells_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], is_set: bool
) -> None:
    path = write_scene(tmp_path, meta={"reviewed": is_set})
    outputs: list[str] = []
    run: Callable[[list[str]], int] = main
    for options in ([], ["--json"]):
        assert run(["info", str(path), *options]) == 0
        outputs.append(capsys.readouterr().out)

    assert ("  reviewed" in outputs[0].splitlines()) is is_set
    assert json.loads(outputs[1])["frames"][0]["reviewed"] is is_set


def test_that_each_file_of_frames_is_read_for_itself(tmp_path: Path) -> None:
    items: list[FrameItem] = []
    for name, is_set in (("a", False), ("b", True)):
        frame = SingleFrame(source="x.png").to_dict() | {"meta": {"reviewed": is_set}}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(frame))
        items += list_frames(tmp_path / f"{name}.jsonl").items

    assert [found for _, found in read_reviewed(items)] == [False, True]
