"""Which mask a ROI means, and what an edit of an old-form ROI writes."""

from __future__ import annotations

import random
from typing import Any

import pytest

from chromask import AnnotationError, FrameGroup, SingleFrame, frame_from_dict
from chromask.frame.resolve import Resolution, resolve


def mask(mask_id: str | int) -> dict[str, object]:
    return {"id": mask_id, "uri": f"{mask_id}.png"}


def source(name: str, *mask_ids: str | int) -> dict[str, object]:
    return {"id": name, "uri": f"{name}.png", "masks": [mask(i) for i in mask_ids]}


def roi(mask_id: object = None, *labels: str, **rest: object) -> dict[str, object]:
    return {"label": list(labels), "mask": {"id": mask_id, "value": [1, 2, 3]}, **rest}


def resolved(sources: list[object], one: dict[str, object]) -> Resolution:
    return resolve(frame_from_dict({"sources": sources, "rois": [one]}))[0]


ONE = [source("front", "seg", "inst")]
TWO = [source("front", "seg"), source("rear", "seg", "inst")]


@pytest.mark.parametrize(
    ("sources", "one", "rule", "masks", "name"),
    [
        (ONE, roi("seg", "car"), 1, ("front/seg",), "car"),
        (ONE, roi("inst", "a", "b"), 1, ("front/inst",), "a, b"),
        (ONE, roi("car", "seg"), 2, ("front/seg",), "car"),
        (ONE, roi("car", "x", "inst"), 2, ("front/inst",), "car"),
        ([source("front", "seg")], roi("?", "car"), 3, ("front/seg",), "car"),
        (ONE, roi("?", "car"), 4, (), "car"),
        ([source("front")], roi("seg", "car"), 4, (), "car"),
        # The public SDK's "00", where no mask has that id: the first of each source.
        (ONE, roi("00", "car"), 5, ("front/seg",), "car"),
        (TWO, roi("00", "a"), 5, ("front/seg", "rear/seg"), "a"),
        (TWO, roi("00", "a", sources=["rear"]), 5, ("rear/seg",), "a"),
        (TWO, roi("00", "a", sources=["rear", "left"]), 5, ("rear/seg",), "a"),
        (
            [source("f", "x", "y"), source("r", "y", "x"), source("n")],
            roi("00", "a"),
            5,
            ("f/x", "r/y"),
            "a",
        ),
        ([source("f", 0, 1)], roi("00", "a"), 5, ("f/0",), "a"),
        ([source("f", "ID 1 ", "x")], roi("00", "a"), 5, ("f/ID 1 ",), "a"),
        ([source("f", "seg", "seg")], roi("00", "a"), 5, ("f/seg",), "a"),
        # The rules before it win, and ids are compared as text: 0 and "0" are not "00".
        ([source("f", "x"), source("r", "00", "y")], roi("00"), 1, ("r/00",), ""),
        (ONE, roi("00", "inst"), 2, ("front/inst",), "00"),
        ([source("f", "seg")], roi("00", "a"), 3, ("f/seg",), "a"),
        (ONE, roi(0, "a"), 4, (), "a"),
        (ONE, roi("0", "a"), 4, (), "a"),
        (ONE, roi("00 ", "a"), 4, (), "a"),
        (TWO, roi("00", "a", sources=["left"]), 4, (), "a"),
        ([source("f")], roi("00", "a"), 4, (), "a"),
        # A mask id wins over a label that is one too.
        (ONE, roi("inst", "seg"), 1, ("front/inst",), "seg"),
        # Ids are compared as text, blanks and all.
        ([source("f", 0, 1)], roi("0", "a"), 1, ("f/0",), "a"),
        ([source("f", "0", "1")], roi(1, "a"), 1, ("f/1",), "a"),
        ([source("f", "ID 1 ", "x")], roi("ID 1 ", "a"), 1, ("f/ID 1 ",), "a"),
        ([source("f", "ID 1 ", "x")], roi("ID 1", "a"), 4, (), "a"),
        # The ROI's sources: named, several, all, unknown.
        (TWO, roi("seg", "a", sources=["rear"]), 1, ("rear/seg",), "a"),
        (TWO, roi("seg", "a", sources="rear"), 1, ("rear/seg",), "a"),
        (
            TWO,
            roi("seg", "a", sources=["front", "rear"]),
            1,
            ("front/seg", "rear/seg"),
            "a",
        ),
        (TWO, roi("seg", "a", sources=[]), 1, ("front/seg", "rear/seg"), "a"),
        (TWO, roi("seg", "a"), 1, ("front/seg", "rear/seg"), "a"),
        (TWO, roi("inst", "a", sources=["front"]), 3, ("front/seg",), "a"),
        (TWO, roi("?", "a", sources=["rear"]), 4, (), "a"),
        (TWO, roi("seg", "a", sources=["left"]), 4, (), "a"),
        (TWO, roi("seg", "a", sources=["left", "front"]), 1, ("front/seg",), "a"),
        # Two masks under one id in one source: the first.
        ([source("f", "seg", "seg")], roi("seg", "a"), 1, ("f/seg",), "a"),
        ([source("f", "seg", "seg")], roi("?", "a"), 4, (), "a"),
        # Without an id of its own, a ROI's name is its labels.
        (
            ONE,
            {"label": ["seg"], "mask": {"value": [1, 2, 3]}},
            2,
            ("front/seg",),
            "seg",
        ),
        # No mask at all.
        (ONE, {"label": ["seg"], "poly": [0, 0, 1, 1, 2, 0]}, None, (), "seg"),
        (ONE, {"label": ["night"]}, None, (), "night"),
    ],
)
def test_that_a_roi_finds_its_masks_by_the_first_rule_that_holds(
    sources: list[object],
    one: dict[str, object],
    rule: int | None,
    masks: tuple[str, ...],
    name: str,
):
    found = resolved(sources, one)

    assert (found.rule, found.masks, found.name) == (rule, masks, name)
    severity = {4: "warning", 5: "note"}.get(rule or 0)
    assert (found.problem and found.problem.severity) == severity


@pytest.mark.parametrize(
    ("sources", "one", "place", "seen"),
    [
        (
            ONE,
            roi("?", "car"),
            "rois[0].mask.id",
            "'?', and the frame has the masks 'seg'",
        ),
        ([source("f")], roi("seg"), "rois[0].mask", "its sources have none"),
        (ONE, roi("seg", sources=["left"]), "rois[0].sources", "the source 'left'"),
    ],
)
def test_that_an_unresolved_roi_says_why(
    sources: list[object], one: dict[str, object], place: str, seen: str
):
    problem = resolved(sources, one).problem

    assert problem is not None
    assert problem.place == place
    assert seen in problem.seen
    assert problem.hint


def test_that_what_was_inferred_names_the_masks_that_it_took():
    problem = resolved(TWO, roi("00", "a")).problem

    assert problem is not None
    assert problem.place == "rois[0].mask.id"
    assert "'00'" in problem.seen
    assert "front/seg, rear/seg is taken" in problem.seen


def severities(frame: SingleFrame | FrameGroup) -> list[tuple[str, str | None]]:
    return [(p.severity, p.place) for p in frame.problems]


def test_that_a_frames_problems_hold_what_no_rule_resolves_and_what_is_inferred():
    rois = [roi("seg", "a"), roi("?", "b"), roi("00", "c"), {"label": ["night"]}]
    frame = SingleFrame.from_dict({"sources": ONE, "rois": rois}, "f.json")

    assert severities(frame) == [
        ("warning", "rois[1].mask.id"),
        ("note", "rois[2].mask.id"),
    ]
    assert {problem.uri for problem in frame.problems} == {"f.json"}


def test_that_problems_of_rois_follow_every_edit():
    randomly = random.Random(5)
    rois = [roi(each, "a") for each in ("seg", "?", "00", "inst", "0")]
    group = FrameGroup.from_dict({"sources": TWO, "rois": rois}, "g.json")
    old: list[tuple[FrameGroup, list[tuple[str, str | None]]]] = []
    for _ in range(300):
        count = len(group.annotations)
        at = randomly.randrange(count) if count else 0
        name = randomly.choice(["seg", "inst", "?", "00", "0", "new"])
        match randomly.randrange(7):
            case 0 if count:
                group.remove_annotation(at)
            case 1 if count > 2:
                group.remove_annotations({at, randomly.randrange(count)})
            case 2:
                group.add_annotation(mask_rgb=[1, 2, 3], mask_id=name)
            case 3:
                group.insert_annotations([roi(name, "b"), {"label": ["night"]}])
            case 4 if count and group.annotations[at].has_mask:
                group.update_annotation(at, mask_id=name)
            case 5:
                taken = randomly.choice([["a.png"], {"seg": "s.png", "x": "x.png"}])
                group[randomly.choice(["front", "rear"])].masks_source = taken
            case _ if count:
                group.update_annotation(at, confidence=randomly.random())
        fresh = FrameGroup.from_dict(group.to_dict(), "g.json")
        assert group.problems == fresh.problems
        assert severities(group) == [
            ("warning" if found.rule == 4 else "note", found.problem.place)
            for found in resolve(group)
            if found.problem is not None
        ]
        old.append((group.copy(), severities(group)))
    assert all(severities(before) == found for before, found in old)
    assert {len(found) for _, found in old} > {0, 1, 2, 3}


def test_that_a_frame_in_another_file_names_that_file_in_its_problems():
    frame = SingleFrame.from_dict({"sources": ONE, "rois": [roi("?")]}, "a/f.json")
    assert [problem.uri for problem in frame.problems] == ["a/f.json"]

    moved = frame.moved_to("b/g.json")

    assert [problem.uri for problem in moved.problems] == ["b/g.json"]


def guesses(frame: SingleFrame | FrameGroup) -> list[str]:
    return [str(p) for p in frame.problems if "mask_id was not given" in p.seen]


def test_that_a_value_without_a_mask_id_gets_the_first_mask_and_a_warning_that_stays():
    frame = SingleFrame("a.png", mask_source={"seg": "s.png", "inst": "i.png"})

    (index,) = frame.add_annotation(mask_rgb=[1, 2, 3], labels=["a"])

    assert resolve(frame)[index] == Resolution(0, 1, ("default/seg",), "a")
    (problem,) = frame.problems
    assert (problem.severity, problem.place) == ("warning", "rois[0].mask.id")
    assert "'seg', 'inst'" in problem.seen
    assert "mask_id" in (problem.hint or "")
    before = frame.copy()
    frame.update_annotation(index, labels=["b"], mask_rgb=[4, 5, 6], confidence=0.5)
    assert guesses(frame) == guesses(before)
    frame.add_annotation(mask_rgb=[1, 2, 3], mask_id="inst")
    frame.update_annotation(index, mask_id="seg")
    assert frame.problems == ()
    assert len(guesses(before)) == 1


def test_that_nothing_is_warned_of_where_the_mask_is_the_only_one_or_none():
    frame = SingleFrame("a.png", mask_source={"seg": "s.png", "inst": "i.png"})
    frame.add_annotation(poly2d_xy=[0, 0, 1, 0, 1, 1])
    frame.add_annotation(mask_rgb=[1, 2, 3], mask_id="inst")
    group = FrameGroup.from_dict({"sources": [source("f", "s"), source("r", "s")]})
    group.add_annotation(mask_rgb=[1, 2, 3])
    group.add_annotation(mask_rgb=[1, 2, 3], sources=["r"])
    alone = SingleFrame("a.png", mask_source="m.png")
    alone.add_annotation(mask_rgb=[1, 2, 3])

    assert (frame.problems, group.problems, alone.problems) == ((), (), ())
    assert [r.masks for r in resolve(group)] == [("f/s", "r/s"), ("r/s",)]


def test_that_in_a_group_the_masks_of_the_named_sources_count():
    sources = [source("n"), source("front", "seg", "inst"), source("rear", 7)]
    group = FrameGroup.from_dict({"sources": sources})

    group.add_annotation(mask_rgb=[1, 2, 3])
    group.add_annotation(mask_rgb=[1, 2, 3], sources=["rear"])
    group["front"].add_annotation(mask_rgb=[1, 2, 3])
    group["rear"].add_annotation(mask_rgb=[1, 2, 3])
    group["n"].add_annotation(mask_rgb=[1, 2, 3])

    written = [roi["mask"]["id"] for roi in group.to_dict()["rois"]]
    assert written == ["seg", 7, "seg", 7, "00"]
    assert [text.partition(":")[0] for text in guesses(group)] == [
        "rois[0].mask.id",
        "rois[2].mask.id",
    ]
    assert "'seg', 'inst', '7'" in guesses(group)[0]


def test_that_a_frame_keeps_its_warning_in_a_group():
    frame = SingleFrame("a.png", mask_source={"seg": "s.png", "inst": "i.png"})
    frame.add_annotation(mask_rgb=[1, 2, 3])

    group = FrameGroup({"front": frame, "rear": SingleFrame("b.png")})

    assert len(guesses(group)) == 1


def old_frame(**rest: Any) -> SingleFrame:
    rois = [roi("car", "seg", **rest), roi("person", "seg")]
    return SingleFrame.from_dict({"sources": ONE, "rois": rois})


def test_that_a_new_name_of_an_old_roi_is_written_where_the_file_keeps_it():
    frame = old_frame(extra=1)

    frame.update_annotation(0, labels=["van"], mask_rgb=[9, 9, 9])

    expected = {
        "label": ["seg"],
        "mask": {"id": "van", "value": [9, 9, 9]},
        "extra": 1,
    }
    assert frame.to_dict()["rois"] == [expected, roi("person", "seg")]
    assert [r.name for r in resolve(frame)] == ["van", "person"]


@pytest.mark.parametrize("labels", [["a", "b"], [], None])
def test_that_an_old_roi_takes_one_name_and_says_to_convert_first(labels: Any):
    frame = old_frame()

    with pytest.raises(AnnotationError, match="newer form first"):
        frame.update_annotation(0, labels=labels)

    assert frame.to_dict() == old_frame().to_dict()


def test_that_an_old_roi_is_not_given_the_name_of_a_mask():
    frame = old_frame()

    with pytest.raises(AnnotationError, match=r"'inst'.*id of a mask"):
        frame.update_annotation(0, labels=["inst"])

    assert resolve(frame)[0].rule == 2


def test_that_another_mask_of_an_old_roi_is_written_to_its_label():
    frame = old_frame()

    frame.update_annotation(0, mask_id="inst")

    assert resolve(frame)[0] == Resolution(0, 2, ("front/inst",), "car")
    with pytest.raises(AnnotationError, match=r"mask_id is 'x'.*'seg', 'inst'"):
        frame.update_annotation(0, mask_id="x")


def test_that_a_label_does_not_turn_a_roi_into_the_old_form_unseen():
    frame = SingleFrame.from_dict({"sources": ONE, "rois": [roi("?", "car")]})

    with pytest.raises(AnnotationError, match=r"labels names 'seg'"):
        frame.update_annotation(0, labels=["seg"])
    frame.update_annotation(0, labels=["seg"], mask_id="inst")

    assert resolve(frame)[0] == Resolution(0, 1, ("front/inst",), "seg")


def test_that_modernise_swaps_label_and_mask_id_and_counts():
    rois = [
        roi("car", "seg"),
        roi("inst", "person"),
        {"labels": "seg", "mask": {"id": 5}},
    ]
    frame = SingleFrame.from_dict({"sources": ONE, "rois": rois})

    assert frame.modernise() == 2

    assert frame.to_dict()["rois"] == [
        roi("seg", "car"),
        rois[1],
        {"labels": "5", "mask": {"id": "seg"}},
    ]
    assert [r.rule for r in resolve(frame)] == [1, 1, 1]
    assert frame.modernise() == 0


def test_that_modernise_keeps_names_colours_and_masks():
    group = FrameGroup.from_dict({"sources": TWO, "rois": [roi("car", "seg", "wet")]})
    before = resolve(group)[0]

    group.modernise()

    after = resolve(group)[0]
    assert (before.masks, after.masks) == (("front/seg", "rear/seg"),) * 2
    assert (before.name, after.name) == ("car", "car, wet")
    assert group.annotations[0].mask_value == (1, 2, 3)


def test_that_a_new_roi_gets_the_newer_form_in_an_old_frame():
    frame = old_frame()

    frame.add_annotation(mask_rgb=[7, 7, 7], labels=["tree"], mask_id="seg")

    assert resolve(frame)[2] == Resolution(2, 1, ("front/seg",), "tree")


def test_that_each_resolution_carries_the_index_of_its_roi():
    frame = SingleFrame.from_dict({"sources": ONE, "rois": [7, roi("seg"), {}]})

    assert [(r.index, r.rule) for r in resolve(frame)] == [(0, None), (1, 1), (2, None)]
