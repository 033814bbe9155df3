"""What the user can do in the ROI panel: each one function, each edit one step of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chromask.document import edits, roi_edits
from chromask.drawing.shapes import DRAWN_KINDS, frame_shapes
from chromask_gui.look.texts import grouped
from chromask_gui.panels.rois.row import roi_name
from chromask_gui.widgets.roi_text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from chromask.document.transaction import Transaction
    from chromask.frame.load import MaskRef
    from chromask_gui.panels.rois.row import RoiRow
    from chromask_gui.panels.rois.value_plan import ValueChange
    from chromask_gui.session.session import Session

Place = tuple[str, tuple[int, ...]]
"""A mask's key and entries of its table."""


def rename(session: Session, row: RoiRow, labels: Sequence[str]) -> bool:
    """Give a ROI other labels; by rule 2 the frame itself writes the name to ``mask.id``."""
    index = _index(row)
    return session.edit(
        tr("Rename {}").format(roi_name(row)),
        lambda edit: edit.frame.update_annotation(index, labels=list(labels)),
    )


def update(
    session: Session,
    row: RoiRow,
    step: str,
    **parts: Any,  # noqa: ANN401 - what `Frame.update_annotation` takes
) -> bool:
    """Change parts of a ROI that no column shows; `step` names it with ``{}`` for the ROI."""
    index = _index(row)
    return session.edit(
        step.format(roi_name(row)),
        lambda edit: edit.frame.update_annotation(index, **parts),
    )


def change_value(session: Session, plan: ValueChange) -> bool:
    """Let a ROI claim another value; no pixel changes."""
    return session.edit(
        tr("Change value of {}").format(plan.name),
        lambda edit: edits.change_value(edit, plan.index, plan.after),
    )


def repaint(session: Session, plan: ValueChange) -> bool:
    """Give a ROI another value together with its pixels."""
    document, census = session.document, session.census
    assert document is not None
    return session.edit(
        tr("Repaint {}").format(plan.name),
        lambda edit: edits.repaint(edit, document, census, plan.index, plan.after),
    )


def add_roi(
    session: Session, labels: Sequence[str], value: Sequence[int], ref: MaskRef | None
) -> list[int]:
    """Add a ROI of a value and give its index; nothing where it was refused."""
    added: list[int] = []

    def work(edit: Transaction) -> None:
        added.extend(
            edit.frame.add_annotation(
                mask_rgb=list(value),
                labels=list(labels),
                mask_id=ref.mask.id if ref is not None else None,
                sources=[ref.source.id] if ref is not None else None,
            )
        )

    return added if session.edit(tr("Add ROI"), work) else []


def make_rois(session: Session, rows: Iterable[RoiRow]) -> list[int]:
    """Make ROIs of values that the data set's labels name as one step; give their indices."""
    document = session.document
    counts = [row.mapped for row in rows if row.mapped is not None]
    assert document is not None
    added: list[int] = []

    def work(edit: Transaction) -> None:
        added.extend(
            edits.make_roi(edit, document, count, count.labels) for count in counts
        )

    text = tr("Add ROI") if len(counts) == 1 else tr("Add %n ROI(s)", len(counts))
    is_done = bool(counts) and session.edit(grouped(text, len(counts)), work)
    return added if is_done else []


def delete_rois(session: Session, rows: Iterable[RoiRow]) -> bool:
    """Delete ROIs as one step; values of the mapping are left out."""
    rois = [row for row in rows if row.index is not None]
    if not rois:
        return False
    return session.edit(
        _step(rois, tr("Delete ROI {}"), tr("Delete %n ROI(s)", len(rois))),
        lambda edit: edit.frame.remove_annotations(map(_index, rois)),
    )


def toggle_eyes(session: Session, rows: Iterable[RoiRow]) -> None:
    """Hide ROIs, or show them where all are hidden."""
    chosen = {row.index for row in rows if row.has_eye and row.index is not None}
    hidden = session.view.hidden_rois
    if chosen:
        hidden = hidden - chosen if chosen <= hidden else hidden | chosen
        session.set_view(hidden_rois=frozenset(hidden))


def toggle_locks(session: Session, rows: Iterable[RoiRow]) -> None:
    """Keep ROIs' pixels from the tools, or free them where all are locked."""
    chosen = {row.index for row in rows if row.has_lock and row.index is not None}
    locked = session.view.locked_rois
    if chosen:
        locked = locked - chosen if chosen <= locked else locked | chosen
        session.set_view(locked_rois=frozenset(locked))


def set_confidence(
    session: Session, rows: Sequence[RoiRow], confidence: float | None
) -> bool:
    """Give ROIs one confidence as one step; None removes it."""
    rois = [row for row in rows if row.index is not None]
    return bool(rois) and session.edit(
        _step(
            rois,
            tr("Set confidence of {}"),
            tr("Set confidence of %n ROI(s)", len(rois)),
        ),
        lambda edit: roi_edits.set_confidence(edit, map(_index, rois), confidence),
    )


def change_labels(
    session: Session, rows: Sequence[RoiRow], how: str, labels: Sequence[str]
) -> bool:
    """Change the labels of ROIs as one step; ``how`` is ``set``, ``add`` or ``remove``."""
    changes: dict[str, Callable[[tuple[str, ...]], Sequence[str]]] = {
        "set": lambda _old: labels,
        "add": lambda old: (*old, *labels),
        "remove": lambda old: [label for label in old if label not in labels],
    }
    rois = [row for row in rows if row.index is not None]
    have = {_index(row): row.labels for row in rois}
    return bool(rois) and session.edit(
        _step(rois, tr("Label {}"), tr("Label %n ROI(s)", len(rois))),
        lambda edit: roi_edits.change_labels(edit, have, changes[how]),
    )


def duplicate_rois(session: Session, rows: Sequence[RoiRow]) -> list[int]:
    """Copy ROIs within the frame as one step, and give the copies' indices."""
    rois = sorted((row for row in rows if row.index is not None), key=_index)
    added: list[int] = []
    is_done = bool(rois) and session.edit(
        _step(rois, tr("Duplicate {}"), tr("Duplicate %n ROI(s)", len(rois))),
        lambda edit: added.extend(roi_edits.duplicate_rois(edit, map(_index, rois))),
    )
    return added if is_done else []


def copy_rois(session: Session, rows: Iterable[RoiRow]) -> str:
    """Give the text of ROIs for the clipboard; empty without any."""
    document = session.document
    indices = sorted(row.index for row in rows if row.index is not None)
    if document is None or not indices:
        return ""
    return roi_edits.copy_rois(document.frame, indices)


def paste_rois(session: Session, text: str) -> list[int]:
    """Add the ROIs of the clipboard as one step, and give their indices."""
    added: list[int] = []
    is_done = session.edit(
        tr("Paste ROIs"),
        lambda edit: added.extend(
            roi_edits.paste_rois(edit, roi_edits.read_copied(text))
        ),
    )
    return added if is_done else []


def show_only(
    session: Session, rows: Iterable[RoiRow], everything: Iterable[RoiRow]
) -> None:
    """Hide every ROI but some."""
    chosen = {row.index for row in rows}
    session.set_view(
        hidden_rois=frozenset(
            row.index
            for row in everything
            if row.has_eye and row.index is not None and row.index not in chosen
        )
    )


def show_all(session: Session) -> None:
    """Hide no ROI any more."""
    session.set_view(hidden_rois=frozenset())


def place_of(session: Session, row: RoiRow) -> Place | None:
    """Find a row's pixels, rather in the source that is shown; None without any."""
    document = session.document
    if document is None or not row.pixels:
        return None
    if row.mapped is not None:
        return row.mapped.key, row.mapped.indices
    sources = {ref.key: ref.source.id for ref in document.frame.masks()}
    found = [
        (sources.get(key) != session.view.source, key, tuple(entries.tolist()))
        for key, entries in session.census.rois[_index(row)].indices.items()
        if document.planes[key].pixels[entries].any()
    ]
    if not found:
        return None
    _, key, entries = min(found, key=lambda each: each[0])
    return key, entries


def show_shape(
    session: Session, row: RoiRow
) -> tuple[float, float, float, float] | None:
    """Show a source that a row's shape lies on, and give the shape's bounds; None without one."""
    document = session.document
    if document is None or row.annotation is None or row.kind not in DRAWN_KINDS:
        return None
    sources = [source.id for source in document.frame.sources]
    on = [each for each in sources if each in row.annotation.sources] or sources
    shapes = frame_shapes((row.annotation,), None)
    if not shapes or not on:
        return None
    if session.view.source not in on:
        session.set_view(source=on[0])
    return shapes[0].bounds


def _step(rois: Sequence[RoiRow], one: str, many: str) -> str:
    """Name a step after its only ROI, or after their number."""
    if len(rois) == 1:
        return one.format(roi_name(rois[0]))
    return grouped(many, len(rois))


def _index(row: RoiRow) -> int:
    assert row.index is not None
    return row.index
