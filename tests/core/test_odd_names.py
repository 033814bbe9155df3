"""Names that no file can have, or that lead to no file: a problem of that file, and of no other."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image as PilImage

from chromask.cli import main
from chromask.dataset.discover import list_frames
from chromask.document.edits import own_mask
from chromask.errors import StorageError
from chromask.workspace.opening import open_document, open_item
from chromask.workspace.saving import save_snapshot

if TYPE_CHECKING:
    from chromask.document.document import Document
    from chromask.errors import Problem

URIS = {
    "5000 characters": "x" * 4996 + ".png",
    "300 bytes": "é" * 150 + ".png",
    "its legend's name is too long": "漢" * 80 + ".png",
    "2000 folders": "a/" * 2000 + "x.png",
    "root": "/",
    "slashes": "/" * 3,
    "dot": ".",
    "two dots": "..",
    "null byte": "x\0.png",
    "encoded null byte": "x%00.png",
    "not UTF-8": "x%ff.png",
    "blank": " ",
    "pipe": "pipe.png",
    "device": "/dev/null",
    "folder": "folder.png",
    "circle of links": "circle.png",
    "below a circle": "circle.png/x.png",
    "below a file": "good.png/x.png",
    "closed folder": "closed/x.png",
    "file: and nothing": "file:",
    "long file:": "file:///" + "x" * 5000,
    "long data:": "data:image/png;base64," + "A" * 5000,
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    PilImage.new("RGB", (8, 6), (1, 2, 3)).save(tmp_path / "a.jpg")
    PilImage.new("L", (8, 6), 7).save(tmp_path / "good.png")
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "circle.png").symlink_to("circle.png")
    close(monkeypatch, "closed")
    return tmp_path


def close(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let the system refuse a folder, as it does to all but root."""
    for function in ("stat", "lstat", "scandir", "open"):
        real = getattr(os, function)

        def refusing(path: object, *rest: object, real=real, **more: object) -> object:
            if name in Path(os.fspath(path) if path is not None else ".").parts:  # type: ignore[call-overload]
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *rest, **more)

        monkeypatch.setattr(os, function, refusing)


def write_frame(folder: Path, source: str, mask: str) -> Path:
    masks = [{"id": "odd", "uri": mask}, {"id": "good", "uri": "good.png"}]
    sources = [{"id": "s", "uri": source, "masks": masks}]
    path = folder / "frame.json"
    path.write_text(json.dumps({"sources": sources, "rois": []}), encoding="utf-8")
    return path


def errors_of(document: Document) -> list[Problem]:
    return [each for each in document.problems if each.severity == "error"]


@pytest.mark.parametrize("name", URIS)
def test_that_an_odd_mask_is_a_problem_of_that_mask(folder: Path, name: str) -> None:
    document = open_document(write_frame(folder, "a.jpg", URIS[name]))

    assert list(document.planes) == ["s/good"]
    assert list(document.images) == ["s"]
    (problem,) = errors_of(document)
    assert problem.place == "mask odd of source s"
    assert problem.seen
    assert "Errno" not in problem.seen


@pytest.mark.parametrize("name", URIS)
def test_that_an_odd_source_is_a_problem_of_that_source(
    folder: Path, name: str
) -> None:
    document = open_document(write_frame(folder, URIS[name], "good.png"))

    assert list(document.planes) == ["s/odd", "s/good"]
    assert not document.images
    (problem,) = errors_of(document)
    assert problem.place == "source s"


@pytest.mark.parametrize("name", ["closed/a.png", "circle.png", "x" * 300, "a\0.png"])
def test_that_an_odd_path_that_is_opened_is_refused_with_a_sentence(
    folder: Path, name: str
) -> None:
    with pytest.raises(Exception, match=r"\w\.$") as caught:
        open_document(folder / name)
    assert type(caught.value).__name__ in ("StorageError", "MediaError")


def test_that_a_closed_folder_and_a_circle_of_links_leave_the_others(
    folder: Path,
) -> None:
    (folder / "closed").mkdir()
    (folder / "circle").symlink_to("circle")
    listed = list_frames(folder)
    assert {item.name for item in listed.items} >= {"a.jpg", "good.png"}


def test_that_a_closed_folder_that_is_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(StorageError, match="Permission denied"):
        list_frames(tmp_path)


@pytest.mark.parametrize(
    "stem",
    [
        pytest.param("漢" * 80, id="244"),
        pytest.param("漢" * 83, id="253"),
        pytest.param("x" * 251, id="255"),
        pytest.param(b"caf\xe9", id="not UTF-8"),
    ],
)
@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_that_any_name_of_a_file_can_be_opened_edited_and_saved(
    tmp_path: Path, stem: str | bytes, suffix: str
) -> None:
    """The longest names leave no room for ``.frame_data.json``, ``_00.png`` or ``.json``."""
    name = os.fsdecode(stem)
    (tmp_path / "masks").mkdir()
    for file, path in (("a.png", tmp_path), (f"m.{suffix}", tmp_path / "masks")):
        PilImage.new("L", (8, 6), 7).save(tmp_path / file)
        (tmp_path / file).rename(path / f"{name}.{file[-3:]}")

    (item,) = list_frames(tmp_path).items
    document = open_item(item)
    (key,) = document.planes
    with document.edit("Change") as edit:
        own_mask(edit, document, key)
        edit.set_value(key, 0, (9,))
    if len(os.fsencode(name)) + len(".json") > 255:
        with pytest.raises(StorageError, match="too long"):
            save_snapshot(document.snapshot())
        return
    save_snapshot(document.snapshot())
    (again,) = list_frames(tmp_path).items
    document = open_item(again)
    assert document.problems == ()
    assert document.planes[key].table.tolist() == [[9]]


def test_that_a_name_that_is_not_utf8_is_printed(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    PilImage.new("RGB", (8, 6), (1, 2, 3)).save(tmp_path / "a.png")
    (tmp_path / "a.png").rename(tmp_path / os.fsdecode(b"caf\xe9.png"))
    assert main(["info", "--json", str(tmp_path)]) == 0
    out = json.loads(capfdbinary.readouterr().out)
    assert out["frames"][0]["uri"].endswith("caf\udce9.json")
