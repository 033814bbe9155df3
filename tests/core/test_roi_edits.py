"""Edits of several ROIs at once, and their copies from frame to frame."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from chromask.document.roi_edits import (
    change_labels,
    copy_rois,
    duplicate_rois,
    paste_rois,
    read_copied,
    set_confidence,
)
from chromask.errors import AnnotationError, EditError
from roi_scenes import make_document
from scenes import CAR, ROAD, SKY, roi

if TYPE_CHECKING:
    from chromask.document.document import Document


@pytest.fixture
def document() -> Document:
    return make_document(
        [roi(["car", "old"], CAR), roi(["road"], ROAD), roi(["sky"], SKY)]
    )


def labels(document: Document) -> list[tuple[str, ...]]:
    return [each.labels for each in document.frame.annotations]


def raw(document: Document) -> list[Any]:
    return document.frame.to_dict()["rois"]


def test_that_a_label_is_added_to_many_in_one_step(document: Document) -> None:
    before = document.frame.annotations
    have = {0: ("car", "old"), 1: ("road",)}
    with document.edit("Add") as edit:
        count = change_labels(edit, have, lambda old: (*old, "old"))
        edit.commit()

    assert count == 1
    assert labels(document) == [("car", "old"), ("road", "old"), ("sky",)]
    assert document.frame.annotations[0] is before[0]
    document.undo()
    assert labels(document)[1] == ("road",)


def test_that_a_refused_roi_leaves_all_as_they_were() -> None:
    older = roi(["seg"], CAR)
    older["mask"]["id"] = "car"
    document = make_document([roi(["road"], ROAD), older])
    before = document.frame.to_dict()

    with (
        pytest.raises(AnnotationError, match="one name"),
        document.edit("Add") as edit,
    ):
        change_labels(edit, {0: ("road",), 1: ("car",)}, lambda old: (*old, "x"))

    assert document.frame.to_dict() == before


def test_that_confidence_is_set_and_removed(document: Document) -> None:
    with document.edit("Confidence") as edit:
        set_confidence(edit, [0, 2], 0.5)
        edit.commit()
    assert [each.confidence for each in document.frame.annotations] == [0.5, None, 0.5]

    with document.edit("Confidence") as edit:
        set_confidence(edit, [0, 2], None)
        edit.commit()
    assert all("confidence" not in each for each in raw(document))


def test_that_several_are_removed_by_the_indices_they_have(document: Document) -> None:
    with document.edit("Delete") as edit:
        edit.frame.remove_annotations([0, 2])
        edit.commit()

    assert labels(document) == [("road",)]


def test_that_a_duplicate_is_the_same_without_the_servers_id(
    document: Document,
) -> None:
    with document.edit("id") as edit:
        edit.frame.insert_annotations(
            [{"id": "s1", "label": ["x"], "meta": {"_id": "7"}}]
        )
        edit.commit()
    with document.edit("Duplicate") as edit:
        added = duplicate_rois(edit, [0, 3])
        edit.commit()

    assert added == [4, 5]
    assert raw(document)[4] == raw(document)[0]
    assert raw(document)[5] == {"label": ["x"], "meta": {"_id": "7"}}


def test_that_rois_come_back_from_the_clipboard_as_they_went(
    document: Document,
) -> None:
    rois = read_copied(copy_rois(document.frame, [2, 0]))
    with document.edit("Paste") as edit:
        added = paste_rois(edit, rois)
        edit.commit()

    assert added == [3, 4]
    assert raw(document)[3:] == [raw(document)[2], raw(document)[0]]


def test_that_pasted_rois_mean_the_sources_and_the_mask_of_their_new_frame() -> None:
    there = make_document([roi(["car"], CAR)], sources=("rear",))
    copied = [{**roi(["car"], CAR), "sources": ["front"]}]
    copied[0]["mask"]["id"] = "other"
    with there.edit("Paste") as edit:
        paste_rois(edit, copied)
        edit.commit()

    pasted = raw(there)[1]
    assert pasted["sources"] == ["rear"]
    assert pasted["mask"] == {"id": "seg", "value": list(CAR)}


def test_that_a_name_in_the_older_form_survives_pasting(document: Document) -> None:
    older = roi(["seg"], CAR)
    older["mask"]["id"] = "my car"
    with document.edit("Paste") as edit:
        paste_rois(edit, [older])
        edit.commit()

    assert raw(document)[-1]["mask"]["id"] == "my car"


@pytest.mark.parametrize(
    "text",
    ["", "car", "{", "[1, 2]", '{"a": 1}', '{"chromask_rois": []}', "[NaN]"],
)
def test_that_what_is_no_roi_is_refused_in_words(text: str) -> None:
    with pytest.raises(EditError, match="holds no ROIs"):
        read_copied(text)


@pytest.mark.parametrize("wrap", ["one", "list", "frame"])
def test_that_a_roi_copied_out_of_a_file_is_taken(wrap: str) -> None:
    one = roi(["car"], CAR)
    value: Any = {"one": one, "list": [one], "frame": {"sources": [], "rois": [one]}}
    assert read_copied(json.dumps(value[wrap])) == [one]
