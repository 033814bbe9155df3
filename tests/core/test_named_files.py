"""What another frame names is never written, by whatever spelling or link it is named."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.dataset import discover, named_files
from chromask.dataset.discover import list_frames
from chromask.dataset.named_files import NamedFiles
from chromask.document import edits
from chromask.errors import StorageError
from chromask.workspace.opening import open_item
from chromask.workspace.saving import save_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from chromask.dataset.query import FrameItem, FrameList


def picture(path: Path, seed: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.zeros((8, 12), np.uint8)
    pixels[2:5, 3:9] = seed + 1
    PilImage.fromarray(pixels).save(path)
    return path


def frame(source: str, *masks: str, **keys: Any) -> dict[str, Any]:
    named = [{"id": f"{n:02d}", "uri": mask} for n, mask in enumerate(masks)]
    return {"sources": [{"id": "s", "uri": source, "masks": named, **keys}]}


def write(path: Path, *frames: dict[str, Any] | str) -> Path:
    texts = [f if isinstance(f, str) else json.dumps(f) for f in frames]
    if path.suffix == ".jsonl":
        path.write_text("\n".join(texts) + "\n")
    elif len(texts) > 1:
        path.write_text(f"[{','.join(texts)}]")
    else:
        path.write_text(texts[0])
    return path


def painted(listed: FrameList, name: str = "A.json") -> list[str]:
    """Paint the masks of a frame and save it; returns the masks that it names then."""
    (item,) = (i for i in listed.items if i.name == name and not i.number)
    return painted_item(item, listed)


def painted_item(item: FrameItem, listed: FrameList) -> list[str]:
    document = open_item(item, opened=listed.opened)
    for key in list(document.planes):
        with document.edit("Paint") as edit:
            edits.own_mask(edit, document, key)
            entry = edit.entry_for(key, (99,))
            edit.paint(key, 0, 0, np.ones((2, 2), np.bool_), entry)
    save_snapshot(document.snapshot())
    return [ref.mask.uri for ref in document.frame.masks()]


def aliases(folder: Path) -> None:
    (folder / "link.png").symlink_to("b.png")
    (folder / "real").mkdir()
    (folder / "alias").symlink_to("real")
    (folder / "self").symlink_to(".")
    os.link(folder / "b.png", folder / "hard.png")


NAMES = [
    ("link.png", "b.png"),
    ("b.png", "link.png"),
    ("self/b.png", "b.png"),
    ("b.png", "self/link.png"),
    ("hard.png", "b.png"),
    ("b.png", "real/../hard.png"),
    ("b.png", "%62.png"),
    ("%62.png", "b.png"),
    ("b.png", "real\\..\\b.png"),
]


@pytest.mark.parametrize("kind", ["folder", "lines", "array"])
@pytest.mark.parametrize("role", ["source", "mask", "preview", "preview object"])
@pytest.mark.parametrize(("mine", "other"), NAMES)
def test_that_what_another_frame_names_through_a_link_gets_a_copy(
    tmp_path: Path, kind: str, role: str, mine: str, other: str
) -> None:
    picture(tmp_path / "a.png")
    kept = picture(tmp_path / "b.png", 8).read_bytes()
    aliases(tmp_path)
    second = {
        "source": frame(other),
        "mask": frame("a.png", other),
        "preview": frame("a.png", preview=other),
        "preview object": frame("a.png", preview={"uri": other}),
    }[role]
    first = frame("a.png", mine)
    if kind == "folder":
        write(tmp_path / "A.json", first)
        write(tmp_path / "B.json", second)
        listed = list_frames(tmp_path)
        assert painted(listed) == ["A_00.png"]
    else:
        path = tmp_path / ("F.jsonl" if kind == "lines" else "F.json")
        listed = list_frames(write(path, first, second))
        assert painted_item(listed.items[0], listed) == ["F_00.png"]
    assert (tmp_path / "b.png").read_bytes() == kept
    assert (tmp_path / "hard.png").read_bytes() == kept


def test_that_a_folder_by_another_name_is_the_same_folder(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    kept = picture(tmp_path / "real" / "b.png", 8).read_bytes()
    (tmp_path / "alias").symlink_to("real")
    write(tmp_path / "A.json", frame("a.png", "alias/b.png"))
    write(tmp_path / "B.json", frame("real/b.png"))

    assert painted(list_frames(tmp_path)) == ["A_00.png"]
    assert (tmp_path / "real" / "b.png").read_bytes() == kept


SPELLINGS = {
    "encodeURI": ("photo (1).png", '"photo%20(1).png"'),
    "lower-case hex": ("f\u00fc.png", '"f%c3%bc.png"'),
    "upper-case escape": ("f\u00fc.png", '"f\\u00FC.png"'),
    "escaped ampersand": ("a&b.png", '"a\\u0026b.png"'),
    "escaped quote": ("a'b.png", '"a\\u0027b.png"'),
    "escaped letter": ("cat.png", '"\\u0063at.png"'),
    "escaped slash": ("e.png", '".\\/e.png"'),
    "backslash": ("d.png", '".\\\\d.png"'),
    "percent in the name": ("a%20b.png", '"a%2520b.png"'),
}


@pytest.mark.parametrize("kind", ["folder", "lines", "array"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_that_another_spelling_names_the_same_file(
    tmp_path: Path, kind: str, spelling: str
) -> None:
    name, text = SPELLINGS[spelling]
    picture(tmp_path / "a.png")
    kept = picture(tmp_path / name, 8).read_bytes()
    first, second = frame("a.png", name), f'{{"sources":[{{"\\u0075ri":{text}}}]}}'
    if kind == "folder":
        write(tmp_path / "A.json", first)
        write(tmp_path / "B.json", second)
        assert painted(list_frames(tmp_path)) == ["A_00.png"]
    else:
        path = tmp_path / ("F.jsonl" if kind == "lines" else "F.json")
        listed = list_frames(write(path, first, second))
        assert painted_item(listed.items[0], listed) == ["F_00.png"]
    assert (tmp_path / name).read_bytes() == kept


@pytest.mark.parametrize("kind", ["last line", "before its uri", "comment"])
def test_that_a_large_file_is_read_to_its_end(tmp_path: Path, kind: str) -> None:
    picture(tmp_path / "a.png")
    kept = picture(tmp_path / "b.png", 8).read_bytes()
    write(tmp_path / "A.json", frame("a.png", "b.png"))
    filler = "z" * 1_200_000
    if kind == "last line":
        long = {**frame("a.png"), "meta": {"text": filler}}
        write(tmp_path / "F.jsonl", long, frame("b.png"))
    elif kind == "before its uri":
        source = {"id": "s", "meta": {"text": filler}, "uri": "b.png"}
        write(tmp_path / "B.json", {"sources": [source]})
    else:
        text = json.dumps(frame("b.png"))
        write(tmp_path / "B.json", f"{text[:-1]}, // {filler}\n}}")

    assert painted(list_frames(tmp_path)) == ["A_00.png"]
    assert (tmp_path / "b.png").read_bytes() == kept


def test_that_of_very_many_frames_all_are_asked(tmp_path: Path) -> None:
    picture(tmp_path / "a.png")
    kept = picture(tmp_path / "b.png", 8).read_bytes()
    picture(tmp_path / "own.png", 8)
    write(tmp_path / "A.json", frame("a.png", "b.png", "own.png"))
    for number in range(2050):
        write(tmp_path / f"M{number}.json", frame("a.png"))
    write(tmp_path / "Z.json", frame("b.png"))

    assert painted(list_frames(tmp_path)) == ["A_00.png", "own.png"]
    assert (tmp_path / "b.png").read_bytes() == kept


@pytest.mark.parametrize("distance", [0, 60])
def test_that_a_frame_that_is_opened_alone_asks_its_folder(
    tmp_path: Path, distance: int
) -> None:
    picture(tmp_path / "a.png")
    kept = picture(tmp_path / "b.png", 8).read_bytes()
    opened = write(tmp_path / "A.json", frame("a.png", "b.png"))
    for number in range(distance):
        write(tmp_path / f"M{number}.json", frame("a.png"))
    write(tmp_path / "Z.json", frame("b.png"))

    assert painted(list_frames(opened)) == ["A_00.png"]
    assert (tmp_path / "b.png").read_bytes() == kept


@pytest.mark.parametrize("folders", [("", ""), ("images/", "masks/")])
def test_that_a_photo_with_its_own_mask_stays_a_frame_and_is_not_written(
    tmp_path: Path, folders: tuple[str, str]
) -> None:
    images, masks = folders
    picture(tmp_path / images / "a.png")
    photo = picture(tmp_path / images / "b.png", 8)
    picture(tmp_path / masks / ("b.png" if masks else "b_mask.png"))
    kept = photo.read_bytes()
    write(tmp_path / images / "A.json", frame("a.png", "b.png"))
    listed = list_frames(tmp_path)

    assert str(photo) in [item.path for item in listed.items]
    assert painted(listed) == ["A_00.png"]
    assert photo.read_bytes() == kept


def test_that_a_mask_by_its_name_belongs_to_its_image_also_for_a_frame(
    tmp_path: Path,
) -> None:
    picture(tmp_path / "a.png")
    picture(tmp_path / "b.png")
    kept = picture(tmp_path / "b_mask.png", 8).read_bytes()
    write(tmp_path / "A.json", frame("a.png", "b_mask.png"))

    assert painted(list_frames(tmp_path)) == ["A_00.png"]
    assert (tmp_path / "b_mask.png").read_bytes() == kept


@pytest.mark.parametrize("kind", ["folder", "lines", "array", "image"])
def test_that_a_mask_of_one_frame_is_written_in_place(
    tmp_path: Path, kind: str
) -> None:
    """However often this frame names it as another file would be named."""
    picture(tmp_path / "a.png")
    picture(tmp_path / "b.png")
    mask = picture(tmp_path / "a_mask.png", 8)
    before = mask.read_bytes()
    first, second = frame("a.png", "a_mask.png"), frame("b.png")
    if kind == "folder":
        write(tmp_path / "A.json", first)
        write(tmp_path / "B.json", second)
        assert painted(list_frames(tmp_path)) == ["a_mask.png"]
    elif kind == "image":
        assert painted(list_frames(tmp_path), "a.png") == ["a_mask.png"]
        assert painted(list_frames(tmp_path), "a.json") == ["a_mask.png"]
    else:
        path = tmp_path / ("F.jsonl" if kind == "lines" else "F.json")
        listed = list_frames(write(path, first, second))
        assert painted_item(listed.items[0], listed) == ["a_mask.png"]
    assert mask.read_bytes() != before


def test_that_the_frames_are_read_once_and_not_before_the_first_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "A.json", frame("a.png", "m.png"))
    write(tmp_path / "B.json", frame("b.png", "m.png"))
    read: list[str] = []
    real_read = named_files.read_bytes

    def counted(path: Path, **options: Any) -> bytes:
        read.append(path.name)
        return real_read(path, **options)

    monkeypatch.setattr(named_files, "read_bytes", counted)
    paths = [str(tmp_path / name) for name in ("A.json", "B.json")]
    named = NamedFiles(paths)
    assert read == []
    assert named.holds(tmp_path / "m.png", paths[0])
    assert named.holds(tmp_path / "m.png", paths[1])
    assert not named.holds(tmp_path / "a.png", paths[0])
    assert named.holds(tmp_path / "a.png", paths[1])
    assert read == ["A.json", "B.json"]


def test_that_reading_the_frames_can_be_cancelled(tmp_path: Path) -> None:
    path = write(tmp_path / "A.json", frame("a.png"))
    with pytest.raises(StorageError, match="cancelled"):
        NamedFiles([str(path)]).look(lambda: True)


@pytest.mark.parametrize("size", [1_200_000, (1 << 20) - 40, 2_500_000])
def test_that_a_frame_whose_sources_come_late_is_listed(
    tmp_path: Path, size: int
) -> None:
    picture(tmp_path / "a.png")
    kept = picture(tmp_path / "b.png", 8).read_bytes()
    write(tmp_path / "A.json", frame("a.png", "b.png"))
    write(tmp_path / "B.json", {"meta": {"text": "z" * size}, **frame("b.png")})
    write(tmp_path / "C.json", {"meta": {"text": "z" * size}})
    listed = list_frames(tmp_path)

    assert [item.name for item in listed.items] == ["A.json", "B.json"]
    assert painted(listed) == ["A_00.png"]
    assert (tmp_path / "b.png").read_bytes() == kept


def test_that_a_large_file_that_is_not_searched_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discover, "_SEARCHED_BYTES", 1_500_000)
    for name in ("A.json", "B.json"):
        write(tmp_path / name, {"meta": "z" * 1_200_000, **frame("a.png")})
    write(tmp_path / "C.json", frame("a.png"))

    listed = list_frames(tmp_path)

    assert [item.name for item in listed.items] == ["A.json", "C.json"]
    (problem,) = listed.report.problems
    assert problem.uri == str(tmp_path / "B.json")
    assert "not listed" in problem.seen


@pytest.mark.parametrize("kind", ["folder", "lines"])
def test_that_what_is_there_is_kept_till_all_frames_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(named_files, "A_STEP", 2)
    mask = picture(tmp_path / "m.png")
    frames = [frame(f"{n}.png", f"{n}_m.png") for n in range(5)]
    if kind == "folder":
        monkeypatch.setattr(named_files, "MOST_AT_ONCE", 4)
        files = [write(tmp_path / f"{n}.json", each) for n, each in enumerate(frames)]
    else:
        monkeypatch.setattr(named_files, "MOST_BYTES_AT_ONCE", 200)
        files = [write(tmp_path / "F.jsonl", *frames)]
    named = NamedFiles([str(file) for file in files])
    assert named.is_large

    assert named.step()
    assert named.holds(mask, "other")
    assert not named.holds(tmp_path / "new.png", "other")
    for is_more in (True, True, False):
        assert named.step() is is_more
    assert not named.is_large
    assert not named.holds(mask, "other")
    assert named.holds(tmp_path / "4_m.png", "other")


def test_that_another_choice_does_not_read_the_frames_again(tmp_path: Path) -> None:
    write(tmp_path / "A.json", frame("a.png", "b.png"))
    listed = list_frames(tmp_path)
    other = listed.choosing(replace(listed.choice, allowed=(tmp_path / "masks",)))

    assert other.named is listed.named
    assert other.opened.others is listed.named
    assert other.opened.contains(tmp_path / "masks" / "b.png")
