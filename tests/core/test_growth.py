"""Frames of thousands of things: work grows as they do, and each file is decoded once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image as PilImage

from chromask.cli import main
from chromask.counts.pixel_counts import recount, take_census, unclaimed_values
from chromask.dataset.discover import list_frames
from chromask.document.painting import prepare_mask
from chromask.frame.resolve import MaskTable, resolve
from chromask.pixels.components import Piece
from chromask.pixels.tiles import repainted
from chromask.workspace import opening as opening_module
from chromask.workspace.opening import open_document, open_item
from chromask.workspace.saving import save_snapshot
from scenes import read_pixels
from work import steps_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chromask.document.document import Document
    from chromask.document.transaction import Transaction

VALUE = [1, 2, 3]


def source(name: str, masks: list[Any] | None = None) -> dict[str, Any]:
    one = [{"id": "seg", "uri": "m.png"}]
    return {"id": name, "uri": "a.png", "masks": one if masks is None else masks}


def mask(number: int, uri: str = "m.png") -> dict[str, Any]:
    return {"id": f"m{number}", "uri": uri}


def roi(mask_id: str = "seg", **rest: Any) -> dict[str, Any]:
    return {"label": ["car"], "mask": {"id": mask_id, "value": VALUE}, **rest}


def masks(count: int) -> Any:
    rois = [roi(f"m{number}") for number in range(count)]
    return {"sources": [source("s", [mask(n) for n in range(count)])], "rois": rois}


def broken(count: int) -> Any:
    found = [mask(number, "gone.png") for number in range(count)]
    return {"sources": [source("s", found)], "rois": []}


def sources(count: int) -> Any:
    found = [source(f"s{number}") for number in range(count)]
    return {"sources": found, "rois": [roi(sources=["s0"])]}


def rois_of_sources(count: int) -> Any:
    found = [source(f"s{number}") for number in range(count)]
    return {"sources": found, "rois": [roi(sources=[each["id"]]) for each in found]}


def pairs_with_a_large_source(count: int) -> Any:
    large = source("large", [mask(number) for number in range(count)])
    small = [source(f"s{number}") for number in range(count)]
    rois = [roi(f"m{n}", sources=[f"s{n}", "large"]) for n in range(count)]
    return {"sources": [large, *small], "rois": rois}


def unresolved(count: int) -> Any:
    found = [mask(number) for number in range(count)]
    rois = [roi("none", sources=["s", f"gone{number}"]) for number in range(count)]
    return {"sources": [source("s", found)], "rois": rois}


def rois(count: int) -> Any:
    return {"sources": [source("s")], "rois": [roi() for _ in range(count)]}


def values(count: int) -> Any:
    meta = {"numbers": list(range(count)), "texts": ["x"] * count}
    meta |= {f"key {number}": {"in": [number]} for number in range(count)}
    return {"sources": [source("s")], "rois": [roi()], "meta": meta}


def frames(count: int) -> Any:
    return [{"sources": [source(f"s{number}")]} for number in range(count)]


KINDS = [
    masks,
    broken,
    sources,
    rois_of_sources,
    pairs_with_a_large_source,
    unresolved,
    rois,
    values,
    frames,
]


def write(folder: Path, value: Any) -> Path:
    folder.mkdir(exist_ok=True)
    PilImage.fromarray(np.zeros((6, 8, 3), np.uint8)).save(folder / "a.png")
    pixels = np.zeros((6, 8, 3), np.uint8)
    pixels[1:3, 1:3] = VALUE
    PilImage.fromarray(pixels).save(folder / "m.png")
    path = folder / "f.json"
    path.write_text(json.dumps(value))
    return path


def open_first(path: Path) -> Document:
    return open_item(list_frames(path).items[0])


def use(path: Path) -> None:
    """Open a frame, count it, edit it, undo, and save it."""
    document = open_first(path)
    census = take_census(document.frame, document.planes, document.mapping)
    unclaimed_values(census, document.planes)
    recount(census, document.planes)
    assert document.problems is not None
    key = next(iter(document.planes), None)
    with document.edit("Edit") as edit:
        edit.frame.set_property("context_id", "other")
        if document.frame.annotations:
            edit.frame.update_annotation(0, labels=["lorry"])
        if key is not None:
            prepare_mask(edit, document, census, key)
            entry = edit.entry_for(key, (9, 9, 9))
            edit.paint(key, 4, 4, np.ones((1, 1), np.bool_), entry)
    take_census(document.frame, document.planes, document.mapping, census)
    document.undo()
    document.redo()
    snapshot = document.snapshot()
    document.mark_saved(snapshot, save_snapshot(snapshot, None))


@pytest.mark.parametrize("kind", KINDS)
def test_that_work_grows_no_faster_than_the_frame(
    tmp_path: Path, kind: Callable[[int], Any]
) -> None:
    use(write(tmp_path / "first", kind(4)))  # what is made once
    small, large = (
        steps_of(lambda count=count: use(write(tmp_path / f"{count}", kind(count))))
        for count in (40, 160)
    )
    assert large < 4.6 * small


def test_that_a_file_is_decoded_once_whatever_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counted(work: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Path, *rest: Any, **options: Any) -> Any:
            read.append(path.name)
            return work(path, *rest, **options)

        return call

    for name in ("load_mask", "load_source"):
        monkeypatch.setattr(
            opening_module, name, counted(getattr(opening_module, name))
        )
    uris = ["m.png", "./m.png", "x/../m.png", "link.png", "bad.png"]
    frame = {
        "sources": [
            source(f"s{number}", [mask(n, uri) for n, uri in enumerate(uris)])
            for number in range(30)
        ]
    }
    path = write(tmp_path, frame)
    (tmp_path / "x").mkdir()
    (tmp_path / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    (tmp_path / "link.png").symlink_to("m.png")
    document = open_document(path)
    assert sorted(read) == ["a.png", "bad.png", "m.png"]
    assert len(document.images) == 30
    assert len(document.planes) == 30 * 4
    expected = read_pixels(tmp_path / "m.png")
    for plane in document.planes.values():
        assert np.array_equal(plane.table[plane.indices], expected)
    places = [problem.place for problem in document.problems]
    assert places == [f"mask m4 of source s{number}" for number in range(30)]
    paths = {document.mask_path(key) for key in document.planes}
    assert {str(each) for each in paths if each} <= document.fingerprints.keys()


def test_that_a_moment_of_its_own_is_decoded_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[float] = []
    load = opening_module.load_mask

    def call(path: Path, kind: str, timestamp: float, **options: Any) -> Any:
        read.append(timestamp)
        return load(path, kind, timestamp, **options)

    monkeypatch.setattr(opening_module, "load_mask", call)
    found = [mask(number) | {"timestamp": number % 3} for number in range(9)]
    open_document(write(tmp_path, {"sources": [source("s", found)]}))
    assert sorted(read) == [0, 1, 2]


def paint(edit: Transaction, document: Document, way: str) -> None:
    """Change mask m1 in one of the ways in which pixels or values change."""
    census = take_census(document.frame, document.planes)
    prepare_mask(edit, document, census, "s/m1")
    if way == "value":
        edit.set_value("s/m1", 1, (9, 9, 9))
        return
    entry, where = edit.entry_for("s/m1", (9, 9, 9)), np.ones((2, 2), np.bool_)
    pieces = [Piece(3, 3, np.full((2, 2), entry, np.uint8), where)]
    if way == "paint":
        edit.paint("s/m1", 3, 3, where, entry)
    elif way == "put":
        edit.put("s/m1", pieces)
    else:
        made = repainted(document.planes["s/m1"], pieces)
        assert made is not None
        edit.repaint("s/m1", made)


def pixels_of(document: Document) -> dict[str, list[Any]]:
    """Give all pixels of all masks; their counts agree with them."""
    for plane in document.planes.values():
        counts = np.bincount(plane.indices.ravel(), minlength=len(plane.table))
        assert np.array_equal(plane.pixels, counts)
    return {
        key: plane.table[plane.indices].tolist()
        for key, plane in document.planes.items()
    }


@pytest.mark.parametrize("way", ["paint", "put", "repaint", "value"])
def test_that_a_mask_that_shares_its_file_is_painted_alone(
    tmp_path: Path, way: str
) -> None:
    document = open_document(write(tmp_path, masks(3)))
    before = pixels_of(document)
    file = (tmp_path / "m.png").read_bytes()
    with document.edit("Cancelled") as edit:
        paint(edit, document, way)
        edit.cancel()
    assert pixels_of(document) == before
    with document.edit("Painted") as edit:
        paint(edit, document, way)
    painted = pixels_of(document)
    assert painted["s/m1"] != before["s/m1"]
    assert painted == before | {"s/m1": painted["s/m1"]}
    document.undo()
    assert pixels_of(document) == before
    document.redo()
    assert pixels_of(document) == painted
    snapshot = document.snapshot()
    document.mark_saved(snapshot, save_snapshot(snapshot, None))
    assert (tmp_path / "m.png").read_bytes() == file
    again = open_document(tmp_path / "f.json")
    uris = [ref.mask.uri for ref in again.frame.masks()]
    assert uris[0] == uris[2] == "m.png"
    assert uris[1] != "m.png"
    assert pixels_of(again) == painted


def test_that_rois_find_the_masks_of_their_own_sources(tmp_path: Path) -> None:
    document = open_document(write(tmp_path, pairs_with_a_large_source(5)))
    assert [found.masks for found in resolve(document.frame)] == [
        (f"large/m{number}",) for number in range(5)
    ]
    shared = [roi(sources=[f"s{number}", "s4", "gone"]) for number in range(4)]
    frame = pairs_with_a_large_source(5) | {"rois": [*shared, roi(), roi("m9")]}
    document = open_document(write(tmp_path, frame))
    assert [found.masks for found in resolve(document.frame)[:5]] == [
        *((f"s{number}/seg", "s4/seg") for number in range(4)),
        tuple(f"s{number}/seg" for number in range(5)),
    ]
    problem = resolve(document.frame)[5].problem
    assert problem is not None
    assert "'m0', 'm1'" in problem.seen


def test_that_a_message_names_a_few_masks_and_not_all(tmp_path: Path) -> None:
    found = [mask(0) | {"id": "x" * 100_000}, *(mask(n) for n in range(1, 50))]
    frame = {"sources": [source("s", found)], "rois": [roi("y" * 100_000)]}
    document = open_document(write(tmp_path, frame))
    problem = resolve(document.frame)[0].problem
    assert problem is not None
    assert len(problem.seen) < 1000
    assert MaskTable(document.frame.sources).some_ids((), 3)[1:] == ["m1", "m2"]


def test_that_info_grows_no_faster_than_the_number_of_masks(
    tmp_path: Path,
) -> None:
    def info(count: int) -> int:
        path = write(tmp_path / f"info{count}", masks(count))
        return steps_of(lambda: main(["info", str(path), "--json"]))

    info(4)  # what is made once
    small, large = info(200), info(800)
    assert large < 4.6 * small
