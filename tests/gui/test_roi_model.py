"""The rows of the ROI table: what they say, and what may be typed into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from chromask_gui.panels.rois.model import TOLD_ROWS, RoiModel
from chromask_gui.panels.rois.row import Column
from chromask_gui.panels.rois.value_plan import plan_change
from chromask_gui.widgets.roi_text import (
    ValueTextError,
    claim_rgb,
    parse_labels,
    parse_value,
)
from panel_kit import FakeSession
from roi_scenes import GREY, JPEG, make_document, plane_of
from scenes import CAR, PIXELS, ROAD, SKY, STRAY, roi, scene_mask

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Role = Qt.ItemDataRole


@pytest.fixture
def session(qtbot: QtBot) -> FakeSession:
    return FakeSession()


@pytest.fixture
def model(session: FakeSession) -> RoiModel:
    return RoiModel(session)  # type: ignore[arg-type]


def cell(
    model: RoiModel, row: int, column: Column, role: Role = Role.DisplayRole
) -> str:
    text = model.index(row, column).data(role)
    return str(text).replace("\N{NARROW NO-BREAK SPACE}", " ")


def column(model: RoiModel, which: Column) -> list[str]:
    return [cell(model, row, which) for row in range(model.rowCount())]


def tip(model: RoiModel, row: int, which: Column) -> str:
    return cell(model, row, which, Role.ToolTipRole)


# -- reading what was typed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("210 210 120", (210, 210, 120)),
        ("210,210,120", (210, 210, 120)),
        (" [210, 210, 120] ", (210, 210, 120)),
        ("(210; 210; 120)", (210, 210, 120)),
        ("#d2d278", (210, 210, 120)),
        ("D2D278", (210, 210, 120)),
        ("#abc", (170, 187, 204)),
        ("#d2d27880", (210, 210, 120, 128)),
        ("-1 1 255", (-1, 1, 255)),
        ("1 2 3 4", (1, 2, 3, 4)),
        ("7", (7, 7, 7)),
        ("40000 40000 40000", (40000, 40000, 40000)),
    ],
)
def test_that_a_value_is_read_in_every_spelling(
    text: str, value: tuple[int, ...]
) -> None:
    assert parse_value(text) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "210 210 120"),
        ("red", "#d2d278"),
        ("1.5 2 3", "three numbers"),
        ("[1, 2, 3", "three numbers"),
        ("#d2d2", "#d2d278"),
        ("1 2", "not 2"),
        ("1 2 3 4 5", "not 5"),
        ("256 0 0", "256 is out of range"),
        ("1 -2 3", "-2 is out of range"),
        ("70000", "70000 is out of range"),
        ("9" * 5000, "three numbers"),
    ],
)
def test_that_a_text_that_is_no_value_says_what_is_allowed(
    text: str, said: str
) -> None:
    with pytest.raises(ValueTextError, match=said):
        parse_value(text)


def test_that_labels_are_trimmed_and_said_once() -> None:
    assert parse_labels(" car,, vehicle , car,") == ("car", "vehicle")


def test_that_an_open_channel_is_shown_half_grey_and_16_bits_by_their_upper_8() -> None:
    assert claim_rgb((-1, 1, 255)) == (128, 1, 255)
    assert claim_rgb((40000, 40000, 40000)) == (156, 156, 156)
    assert claim_rgb((7,)) == (7, 7, 7)


# -- what the rows say


def test_that_a_row_says_everything_of_a_roi(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["car", "vehicle"], CAR)]))

    said = [cell(model, 0, each) for each in Column]
    assert said == [
        "",
        "",
        "",
        "car, vehicle",
        "0 0 142",
        "#00008e",
        "60",
        "2.5",
        "",
        "seg",
        "frame",
    ]


def test_that_thousands_are_set_apart(session: FakeSession, model: RoiModel) -> None:
    session.show(make_document([roi(["sky"], SKY)]))

    assert cell(model, 0, Column.PIXELS) == "1 200"


def test_that_the_mask_names_its_source_where_the_frame_has_several(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["car"], CAR)], sources=("front", "rear")))

    assert cell(model, 0, Column.MASK) == "front / seg"


def test_that_an_old_roi_shows_the_name_that_stands_in_its_mask_id(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["seg"], CAR, mask="car")]))

    assert cell(model, 0, Column.LABELS) == "car"
    assert cell(model, 0, Column.LABELS, Role.EditRole) == "car"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (roi(["car"], CAR), "by the mask&#x27;s id: seg"),
        (roi(["seg"], CAR, mask="car"), "label names the mask seg"),
        (roi(["car"], CAR, mask="gone"), "Unresolved"),
        ({"label": ["night"]}, "Frame label. The ROI has no mask."),
    ],
    ids=["by id", "by label", "unresolved", "no mask"],
)
def test_that_the_origin_explains_how_the_mask_was_found(
    session: FakeSession, model: RoiModel, entry: dict[str, Any], said: str
) -> None:
    session.show(make_document([entry], {"seg": plane_of(scene_mask()), "other": None}))

    assert said in tip(model, 0, Column.ORIGIN)


def test_that_the_only_mask_is_explained_with_the_id_that_the_roi_names(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["car"], CAR, mask="other")]))

    assert "seg is the only mask" in tip(model, 0, Column.MASK)
    assert "names other" in tip(model, 0, Column.MASK)


def test_that_an_unresolved_roi_has_no_eye_and_says_so(
    session: FakeSession, model: RoiModel
) -> None:
    planes = {"seg": plane_of(scene_mask()), "other": None}
    session.show(make_document([roi(["car"], CAR, mask="gone")], planes))

    assert not model.rows[0].has_eye
    assert "unresolved" in cell(model, 0, Column.LABELS, Role.AccessibleTextRole)
    assert "Unresolved" in tip(model, 0, Column.LABELS)
    assert cell(model, 0, Column.PIXELS) == ""


def test_that_a_roi_without_pixels_shows_a_grey_zero(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["ghost"], (1, 2, 3)), roi(["car"], CAR)]))

    assert cell(model, 0, Column.PIXELS) == "0"
    assert model.index(0, Column.PIXELS).data(Role.ForegroundRole) is not None
    assert model.index(1, Column.PIXELS).data(Role.ForegroundRole) is None


def test_that_a_mask_that_cannot_be_read_counts_no_pixels(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["car"], CAR)], {"seg": None}))

    assert cell(model, 0, Column.PIXELS) == ""
    assert cell(model, 0, Column.PERCENT) == ""


@pytest.mark.parametrize(
    ("kind", "name"),
    [("p2d", "polygon"), ("b2d", "box"), ("k2d", "points"), ("elp", "ellipse")],
)
def test_that_a_roi_without_a_mask_shows_its_kind(
    session: FakeSession, model: RoiModel, kind: str, name: str
) -> None:
    shape = {"label": ["it"], "poly": [0, 0, 4, 4, 1], "meta": {"_type": kind}}
    session.show(make_document([shape]))

    assert cell(model, 0, Column.VALUE) == name
    assert cell(model, 0, Column.SWATCH, Role.AccessibleTextRole) == name
    assert not model.flags(model.index(0, Column.VALUE)) & Qt.ItemFlag.ItemIsEditable
    assert model.flags(model.index(0, Column.LABELS)) & Qt.ItemFlag.ItemIsEditable


def test_that_values_of_the_data_set_come_last_and_cannot_be_typed_into(
    session: FakeSession, model: RoiModel
) -> None:
    mapping = {"blue": list(SKY), "auto": list(CAR)}
    session.show(make_document([roi(["car"], CAR)], mapping=mapping))

    assert column(model, Column.LABELS) == ["car", "blue"]
    assert column(model, Column.ORIGIN) == ["frame", "data set"]
    assert cell(model, 1, Column.PIXELS) == "1 200"
    assert not any(
        model.flags(model.index(1, each)) & Qt.ItemFlag.ItemIsEditable
        for each in Column
    )


def test_that_tips_show_what_a_file_says_as_plain_text(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["<b>car</b>\n2"], CAR)]))

    assert cell(model, 0, Column.LABELS) == "<b>car</b> 2"
    assert "&lt;b&gt;car&lt;/b&gt;" in tip(model, 0, Column.LABELS)


def test_that_a_value_with_an_open_channel_has_no_hex(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["any"], (-1, 0, 142))]))

    assert cell(model, 0, Column.VALUE) == "-1 0 142"
    assert cell(model, 0, Column.HEX) == ""


# -- typing


def test_that_other_labels_are_told_and_the_same_ones_are_not(
    session: FakeSession, model: RoiModel, qtbot: QtBot
) -> None:
    session.show(make_document([roi(["car"], CAR)]))
    told: list[tuple[int, tuple[str, ...]]] = []
    model.labels_entered.connect(lambda *what: told.append(what))

    assert model.setData(model.index(0, Column.LABELS), " car ,")
    assert model.setData(model.index(0, Column.LABELS), "truck, car")

    assert told == [(0, ("truck", "car"))]


def test_that_a_label_with_a_comma_stays_whole_unless_it_is_typed_into(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["car, red"], CAR)]))
    told: list[Any] = []
    model.labels_entered.connect(lambda *what: told.append(what))

    model.setData(model.index(0, Column.LABELS), "car, red")

    assert told == []


def test_that_an_old_roi_takes_exactly_one_name(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["seg"], CAR, mask="car")]))
    labels = model.index(0, Column.LABELS)

    assert "one name" in (model.refusal(labels, "a, b") or "")
    assert not model.setData(labels, "a, b")
    assert model.refusal(labels, "truck") is None


@pytest.mark.parametrize("which", [Column.VALUE, Column.HEX])
def test_that_numbers_and_hex_are_taken_in_both_columns(
    session: FakeSession, model: RoiModel, which: Column
) -> None:
    session.show(make_document([roi(["car"], CAR)]))
    told: list[Any] = []
    model.value_entered.connect(lambda *what: told.append(what))

    model.setData(model.index(0, which), "1 2 3")
    model.setData(model.index(0, which), "#010204")
    model.setData(model.index(0, which), "0, 0, 142")
    assert not model.setData(model.index(0, which), "nonsense")

    assert told == [(0, (1, 2, 3)), (0, (1, 2, 4))]


def test_that_completion_knows_the_labels_of_the_frame_and_of_the_data_set(
    session: FakeSession, model: RoiModel
) -> None:
    rois = [roi(["seg"], CAR, mask="Bus"), roi(["car", " "], ROAD)]
    session.show(make_document(rois, mapping={"sky": list(SKY)}))

    assert model.labels_known() == ["Bus", "car", "sky"]


# -- following the session


def test_that_an_edit_tells_only_the_row_that_changed(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["car"], CAR), roi(["road"], ROAD)]))
    told: list[tuple[int, int]] = []
    resets: list[int] = []
    model.dataChanged.connect(lambda a, b: told.append((a.row(), b.row())))
    model.modelReset.connect(lambda: resets.append(1))

    session.edit("Rename", lambda edit: edit.frame.update_annotation(1, labels=["way"]))

    assert told == [(1, 1)]
    assert resets == []
    assert cell(model, 1, Column.LABELS) == "way"


def test_that_pixels_follow_an_edit_that_moves_them_to_another_roi(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["car"], CAR), roi(["road"], ROAD)]))

    session.edit(
        "Change", lambda edit: edit.frame.update_annotation(0, mask_rgb=list(SKY))
    )

    assert column(model, Column.PIXELS) == ["1 200", cell(model, 1, Column.PIXELS)]
    assert cell(model, 0, Column.HEX) == "#4682b4"


@pytest.mark.parametrize(("value", "row"), [(CAR, 0), (SKY, 1)])
def test_that_rows_whose_pixels_alone_changed_are_told(
    session: FakeSession, model: RoiModel, value: tuple[int, ...], row: int
) -> None:
    document = make_document([roi(["car"], CAR)], mapping={"sky": list(SKY)})
    session.show(document)
    told: list[int] = []
    model.dataChanged.connect(
        lambda index, _last: (
            told.append(index.row()) if index.column() == Column.EYE else None
        )
    )
    stray = int(document.planes["front/seg"].claimed_by(STRAY)[0])

    session.edit("Paint", lambda edit: edit.set_value("front/seg", stray, value))

    assert told == [row]
    assert model.rows[row].pixels == PIXELS[value] + PIXELS[STRAY]


def test_that_a_value_of_the_data_set_that_turns_into_another_is_told(
    session: FakeSession, model: RoiModel
) -> None:
    mapping = {"stray": list(STRAY), "other": [1, 2, 3]}
    document = make_document([roi(["car"], CAR)], mapping=mapping)
    session.show(document)
    told: list[int] = []
    model.dataChanged.connect(
        lambda index, _last: (
            told.append(index.row()) if index.column() == Column.EYE else None
        )
    )
    stray = int(document.planes["front/seg"].claimed_by(STRAY)[0])

    session.edit("Paint", lambda edit: edit.set_value("front/seg", stray, (1, 2, 3)))

    assert told == [1, 2]  # the row of stray takes its place
    assert cell(model, 1, Column.LABELS) == "other"


def test_that_rows_that_come_and_go_reset_the_model(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["car"], CAR)]))

    session.edit(
        "Add",
        lambda edit: edit.frame.add_annotation(mask_rgb=list(ROAD), labels=["road"]),
    )
    assert column(model, Column.LABELS) == ["car", "road"]

    session.undo()
    assert column(model, Column.LABELS) == ["car"]


def test_that_a_roi_for_a_value_of_the_data_set_takes_its_row_over(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["car"], CAR)], mapping={"sky": list(SKY)}))

    session.edit(
        "Change", lambda edit: edit.frame.update_annotation(0, mask_rgb=list(SKY))
    )

    assert column(model, Column.ORIGIN) == ["frame"]


def test_that_hiding_tells_the_eyes_alone(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["car"], CAR), roi(["road"], ROAD)]))
    told: list[tuple[int, int, int]] = []
    model.dataChanged.connect(
        lambda a, b: told.append((a.row(), a.column(), b.column()))
    )

    session.set_view(hidden_rois=frozenset({1}))

    assert told == [(1, Column.EYE, Column.EYE)]
    assert cell(model, 1, Column.EYE, Role.AccessibleTextRole) == "hidden"
    assert cell(model, 0, Column.EYE, Role.AccessibleTextRole) == "shown"


def test_that_many_changes_are_told_as_one_range(
    session: FakeSession, model: RoiModel
) -> None:
    many = TOLD_ROWS + 2
    session.show(make_document([roi([f"{n}"], (n, 0, 0)) for n in range(many)]))
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda a, b: told.append((a.row(), b.row())))

    session.set_view(hidden_rois=frozenset(range(many)))

    assert told == [(0, many - 1)]


# -- order and filter


def shown(model: RoiModel) -> list[int | None]:
    return [model.row_at(place).index for place in range(model.rowCount())]


def test_that_numbers_are_sorted_as_numbers_and_the_data_set_stays_last(
    session: FakeSession, model: RoiModel
) -> None:
    rois = [roi(["car"], CAR), roi(["road"], ROAD), roi(["ghost"], (1, 2, 3))]
    session.show(make_document(rois, mapping={"sky": list(SKY), "stray": list(STRAY)}))

    model.sort(Column.PIXELS)
    assert shown(model)[:3] == [2, 0, 1]
    assert column(model, Column.LABELS)[3:] == ["stray", "sky"]

    model.sort(Column.PIXELS, Qt.SortOrder.DescendingOrder)
    assert shown(model)[:3] == [1, 0, 2]
    assert column(model, Column.LABELS)[3:] == ["sky", "stray"]

    model.sort(-1)
    assert shown(model)[:3] == [0, 1, 2]


@pytest.mark.parametrize(("which", "order"), [(Column.VALUE, [1, 2, 0])])
def test_that_values_are_sorted_channel_by_channel(
    session: FakeSession, model: RoiModel, which: Column, order: list[int]
) -> None:
    session.show(
        make_document(
            [roi(["a"], (100, 0, 0)), roi(["b"], (9, 9, 9)), roi(["c"], (20, 0, 0))]
        )
    )

    model.sort(which)

    assert shown(model) == order


def test_that_sorting_keeps_an_index_on_its_roi(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["b"], CAR), roi(["a"], ROAD)]))
    index = QPersistentModelIndex(model.index(0, Column.LABELS))

    model.sort(Column.LABELS)

    assert index.row() == 1
    assert str(index.data()) == "b"
    assert model.position(0) == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("CAR", ["car"]),
        ("70,130", ["sky"]),
        ("70 130 180", ["sky"]),
        ("#804080", ["road"]),
        ("seg", ["car", "road", "sky"]),
        ("nothing", []),
    ],
)
def test_that_the_filter_looks_at_labels_rgb_hex_and_masks(
    session: FakeSession, model: RoiModel, text: str, names: list[str]
) -> None:
    session.show(
        make_document([roi(["car"], CAR), roi(["road"], ROAD), roi(["sky"], SKY)])
    )

    model.set_filter(text)

    assert column(model, Column.LABELS) == names


def test_that_the_filter_finds_what_a_label_is_called_now(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["car"], CAR), roi(["road"], ROAD)]))
    model.set_filter("road")
    model.set_filter("")
    session.edit(
        "Rename", lambda edit: edit.frame.update_annotation(0, labels=["railroad"])
    )
    model.set_filter("road")
    assert column(model, Column.LABELS) == ["railroad", "road"]


def test_that_another_document_is_shown_whole(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(make_document([roi(["car"], CAR), roi(["road"], ROAD)]))
    model.set_filter("car")

    session.show(make_document([roi(["car"], CAR), roi(["road"], ROAD)]))

    assert model.rowCount() == 2


def test_that_typing_into_a_filtered_and_sorted_table_means_the_row_that_is_seen(
    session: FakeSession, model: RoiModel
) -> None:
    session.show(
        make_document([roi(["c1"], CAR), roi(["road"], ROAD), roi(["c2"], SKY)])
    )
    told: list[Any] = []
    model.labels_entered.connect(lambda *what: told.append(what))

    model.set_filter("c")
    model.sort(Column.LABELS, Qt.SortOrder.DescendingOrder)
    model.setData(model.index(0, Column.LABELS), "bus")

    assert told == [(2, ("bus",))]
    assert model.position(1) is None


def test_that_no_document_means_no_rows(session: FakeSession, model: RoiModel) -> None:
    session.show(make_document([roi(["car"], CAR)]))

    session.show(None)

    assert model.rowCount() == 0
    assert model.data(QModelIndex()) is None


# -- what another value would mean


def plan(session: FakeSession, index: int, value: tuple[int, ...]) -> Any:
    return plan_change(session, index, "it", value)  # type: ignore[arg-type]


def test_that_a_plan_counts_both_outcomes(session: FakeSession) -> None:
    session.show(make_document([roi(["car"], CAR), roi(["road"], ROAD)]))

    found = plan(session, 0, STRAY)

    assert (found.pixels, found.pixels_alone) == (PIXELS[CAR], PIXELS[STRAY])
    assert found.refusal is None
    assert found.notes == ()


def test_that_a_plan_names_who_has_the_value_already(session: FakeSession) -> None:
    session.show(make_document([roi(["car"], CAR), roi(["road"], ROAD)]))

    assert "road has this value" in " ".join(plan(session, 0, ROAD).notes)


def test_that_a_plan_does_not_warn_of_the_roi_itself(session: FakeSession) -> None:
    session.show(make_document([roi(["car"], CAR)]))

    assert plan(session, 0, (*CAR, 255)).notes == ()


def test_that_a_plan_names_a_roi_without_pixels_that_has_the_value(
    session: FakeSession,
) -> None:
    session.show(make_document([roi(["car"], CAR), roi(["ghost"], (1, 2, 3))]))

    assert "ghost has this value" in " ".join(plan(session, 0, (1, 2, 3)).notes)


def test_that_a_plan_names_who_shares_the_pixels(session: FakeSession) -> None:
    session.show(make_document([roi(["car"], CAR), roi(["bus"], CAR)]))

    assert "belong to car too" in " ".join(plan(session, 1, (1, 2, 3)).notes)


def test_that_pixels_are_not_repainted_in_an_open_value(session: FakeSession) -> None:
    session.show(make_document([roi(["car"], CAR)]))

    found = plan(session, 0, (-1, 0, 142))

    assert "cannot be repainted in -1" in (found.refusal or "")
    assert found.pixels_alone == PIXELS[CAR]


def test_that_a_plan_says_what_the_mask_cannot_hold(session: FakeSession) -> None:
    pixels = np.zeros((4, 4), np.uint8)
    pixels[0] = 7
    session.show(
        make_document([roi(["a"], (7, 7, 7))], {"seg": plane_of(pixels, GREY)})
    )

    assert "grey" in (plan(session, 0, (1, 2, 3)).refusal or "")


def test_that_a_plan_says_that_a_lossy_mask_is_written_anew(
    session: FakeSession,
) -> None:
    session.show(
        make_document([roi(["car"], CAR)], {"seg": plane_of(scene_mask(), JPEG)})
    )

    assert "new PNG mask" in " ".join(plan(session, 0, (1, 2, 3)).notes)
