"""The frame as it is edited: `frame_keys` and the calls that change ROIs and masks.

Imported by `frame`, which gives it its two shapes. Each call checks its arguments, then
replaces the state: a refused call changes nothing.
"""

from __future__ import annotations

import operator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, SupportsIndex, cast

from chromask.errors import AnnotationError, FrameError, say
from chromask.frame.annotation import read_annotation
from chromask.frame.keys import FrameKeys
from chromask.frame.legacy_rois import OldForm
from chromask.frame.resolve import MaskTable, guessed_mask
from chromask.frame.roi import (
    UNSET,
    Common,
    Shapes,
    Unset,
    build_annotations,
    id_argument,
    replace_annotation,
    texts_argument,
)
from chromask.frame.source import FIRST_MASK_ID, MaskRef, Source
from chromask.frame.source_edits import (
    uri_argument,
    with_mask,
    with_mask_uri,
    with_value,
    without_key,
)
from chromask.jsontext.values import as_array, copy_json, describe, id_text

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    from chromask.errors import Problem
    from chromask.frame.annotation import Annotation


class Frame(FrameKeys):
    """A frame of one or several sources: `SingleFrame` and `FrameGroup` share all of this."""

    def add_annotation(
        self,
        poly2d_xy: object = None,
        poly3d_xyz: object = None,
        points2d_xy: object = None,
        points3d_xyz: object = None,
        box2d_xywh: object = None,
        box3d_xyzwhxyzwh: object = None,
        ellipse2d_xyrrt: object = None,
        mask_rgb: object = None,
        frame_class: object = None,
        id: str | int | None = None,  # noqa: A002 - the name of the public call
        labels: Sequence[str] | None = None,
        confidence: float | None = None,
        metadata: Mapping[str, Any] | None = None,
        *,
        mask_id: str | int | None = None,
        sources: Sequence[str] | None = None,
    ) -> list[int]:
        """Add one ROI for each shape that is given; they share the rest.

        The names and their order are those of the public SDK (clearml 2.1).

        Parameters
        ----------
        poly2d_xy, poly3d_xyz
            A polygon: points, or one flat list of numbers; or a list of polygons, which
            become the parts of one shape.
        points2d_xy, points3d_xyz
            Keypoints, alike.
        box2d_xywh
            ``[x, y, w, h]``, with an angle in radians as an optional fifth number.
        box3d_xyzwhxyzwh
            Ten numbers.
        ellipse2d_xyrrt
            ``[cx, cy, rx, ry, theta]``, theta in radians.
        mask_rgb
            The colour in the mask: 3 or 4 ints, -1 for any value of a channel.
        frame_class
            Labels of the whole frame; `labels` alone does the same.
        id
            The user's annotation id, for tracking.
        labels, confidence, metadata
            Texts, 0 to 1, and the user's own keys.
        mask_id
            The mask that `mask_rgb` belongs to. When left out it is the only mask; of several
            the first one, with a warning in `problems` that lists them; ``00`` where there
            is none.
        sources
            The ids of the sources it belongs to; all of this frame when left out.

        Returns
        -------
        list of int
            The indices of the ROIs that were added.

        Raises
        ------
        AnnotationError
            When an argument is refused; nothing is then added.
        """
        raw_sources = self._raw_sources(sources)
        raw_mask_id, guess = self._default_mask_id(raw_sources, mask_id)
        common = Common(
            sources=raw_sources,
            mask_id=raw_mask_id,
            guess=guess,
            id=id,
            labels=labels,
            confidence=confidence,
            metadata=metadata,
        )
        shapes = Shapes(
            poly2d_xy=poly2d_xy,
            poly3d_xyz=poly3d_xyz,
            points2d_xy=points2d_xy,
            points3d_xyz=points3d_xyz,
            box2d_xywh=box2d_xywh,
            box3d_xyzwhxyzwh=box3d_xyzwhxyzwh,
            ellipse2d_xyrrt=ellipse2d_xyrrt,
            mask_rgb=mask_rgb,
            frame_class=frame_class,
        )
        return self._append_annotations(build_annotations(shapes, common))

    def remove_annotation(self, index: int) -> Annotation:
        """Remove a ROI and give it back.

        Raises
        ------
        AnnotationError
            When there is no ROI of this index.
        """
        removed = self.annotations[self._position(index)]
        self._replace_annotations({index: None})
        return removed

    def update_annotation(
        self,
        index: int,
        *,
        labels: Sequence[str] | Unset | None = UNSET,
        mask_rgb: object = UNSET,
        mask_id: str | int | Unset = UNSET,
        sources: Sequence[str] | Unset | None = UNSET,
        confidence: float | Unset | None = UNSET,
        metadata: Mapping[str, Any] | Unset | None = UNSET,
        id: str | int | Unset | None = UNSET,  # noqa: A002 - the name of the public call
    ) -> None:
        """Change the given parts of a ROI, spelled as the file spells them; None removes one.

        A ROI of older documents, whose label names its mask (rule 2 of `resolve`), keeps
        its name in ``mask.id``: `labels` with one text is written there, and `mask_id`
        into its label. `modernise` turns such ROIs into the newer form.

        Raises
        ------
        AnnotationError
            When the index or an argument is refused; nothing is then changed.
        """
        position = self._position(index)
        parts: dict[str, Any] = {
            "labels": labels,
            "mask_rgb": mask_rgb,
            "mask_id": mask_id,
            "sources": sources,
            "confidence": confidence,
            "metadata": metadata,
            "id": id,
        }
        changed = self._updated(position, MaskTable(self.sources), **parts)
        self._replace_annotations({position: changed})

    def update_annotations(self, changes: Mapping[int, Mapping[str, Any]]) -> None:
        """Change several ROIs at once, all or none: for each index what `update_annotation` takes.

        Raises
        ------
        AnnotationError
            When an index or an argument is refused; nothing is then changed.
        """
        table = MaskTable(self.sources)
        self._replace_annotations(
            {
                index: self._updated(self._position(index), table, **parts)
                for index, parts in changes.items()
            }
        )

    def remove_annotations(self, indices: Iterable[int]) -> None:
        """Remove several ROIs at once, all or none.

        Raises
        ------
        AnnotationError
            When there is no ROI of an index.
        """
        self._replace_annotations({self._position(index): None for index in indices})

    def insert_annotations(self, rois: Iterable[Mapping[str, Any]]) -> list[int]:
        """Add ROIs as JSON has them, such as `Annotation.to_dict` gives; returns their indices.

        Raises
        ------
        FrameError
            When one holds what JSON cannot.
        """
        return self._append_annotations(
            [read_annotation(copy_json(dict(roi), "rois")) for roi in rois]
        )

    def modernise(self) -> int:
        """Give ROIs of older documents the newer form: label = name, ``mask.id`` = the mask.

        Returns
        -------
        int
            How many ROIs (those of rule 2 of `resolve`) were changed.
        """
        table = MaskTable(self.sources)
        changed: dict[int, Annotation | None] = {}
        for index, annotation in enumerate(self.annotations):
            old_form = OldForm.of(annotation, table)
            if old_form is not None:
                changed[index] = old_form.modern()
        if changed:
            self._replace_annotations(changed)
        return len(changed)

    def add_mask(
        self,
        source_id: str,
        mask_id: str | int,
        uri: str | os.PathLike[str],
        content_type: str | None = "image/png",
    ) -> MaskRef:
        """Add a mask to a source and give its reference.

        Raises
        ------
        FrameError
            When there is no such source, or it has a mask of this id.
        """
        position = self._source_position(source_id)
        new_id = id_argument("mask_id", mask_id)
        new_uri = uri_argument("uri", uri)
        source = with_mask(self.sources[position], new_id, new_uri, content_type)
        self._replace_source(position, source)
        added = source.masks[-1]
        return next(ref for ref in reversed(self.masks()) if ref.mask is added)

    def set_mask_uri(
        self,
        key: str,
        uri: str | os.PathLike[str],
        content_type: str | None = None,
    ) -> None:
        """Let a mask lie elsewhere; a content type of None stays as it is.

        Raises
        ------
        FrameError
            When the frame has no mask of this key.
        """
        ref = self.mask(key)
        if ref is None:
            known = ", ".join(ref.key for ref in self.masks()[:10]) or "none"
            raise FrameError(
                say("key is {!r}", key), hint=say("The frame has the masks {}", known)
            )
        new_uri = uri_argument("uri", uri)
        source = with_mask_uri(ref.source, ref.mask, new_uri, content_type)
        places = [found is ref.source for found in self.sources]
        self._replace_source(places.index(True), source)

    def _updated(
        self,
        index: int,
        table: MaskTable,
        *,
        labels: Sequence[str] | Unset | None = UNSET,
        mask_id: str | int | Unset = UNSET,
        sources: Sequence[str] | Unset | None = UNSET,
        **parts: Any,  # noqa: ANN401 - what `replace_annotation` takes
    ) -> Annotation:
        annotation = self.annotations[index]
        new_mask_id: str | float | Unset = mask_id
        if not isinstance(labels, Unset) or not isinstance(mask_id, Unset):
            old_form = OldForm.of(annotation, table)
            if old_form is not None:
                labels, new_mask_id = old_form.translate(index, labels, mask_id)
            elif not isinstance(mask_id, Unset):
                new_mask_id = self._raw_mask_id(mask_id, annotation.sources)
            elif not isinstance(labels, Unset):
                self._refuse_mask_labels(index, annotation, labels or (), table)
        return replace_annotation(
            annotation,
            labels=labels,
            mask_id=new_mask_id,
            sources=sources
            if sources is None or isinstance(sources, Unset)
            else self._raw_sources(sources),
            **parts,
        )

    def _append_annotations(self, added: Sequence[Annotation]) -> list[int]:
        state = self._state
        rois = state.top.get("rois")
        if rois is not None and as_array(rois) is None:
            raise AnnotationError(
                say("the frame's rois is {}, not a list", describe(rois)),
                uri=self.uri,
                place="rois",
                hint="Mend the frame's JSON first",
            )
        top: Mapping[str, Any] = state.top
        if rois is None:
            top = {**top, "rois": list[object]()}
        start = len(state.annotations)
        annotations = (*state.annotations, *added)
        self._commit(replace(state, top=top, annotations=annotations))
        return list(range(start, len(annotations)))

    def _replace_annotations(self, changed: Mapping[int, Annotation | None]) -> None:
        now = (changed.get(at, roi) for at, roi in enumerate(self.annotations))
        kept = tuple(roi for roi in now if roi is not None)
        self._commit(replace(self._state, annotations=kept))

    def _replace_source(self, position: int, source: Source) -> None:
        sources = list(self.sources)
        sources[position] = source
        self._commit(replace(self._state, sources=tuple(sources)))

    def _set_source_value(self, position: int, key: str, value: object) -> None:
        """Set a key of a source; None removes it."""
        old = self.sources[position]
        new = without_key(old, key) if value is None else with_value(old, key, value)
        self._replace_source(position, new)

    def _position(self, index: int) -> int:
        count = len(self.annotations)
        allowed = say("Give 0 to {}", count - 1) if count else "The frame has no ROIs"
        given = cast("object", index)
        position = -1
        if isinstance(given, SupportsIndex) and not isinstance(given, bool):
            position = operator.index(given)
        if not 0 <= position < count:
            raise AnnotationError(
                say("index is {!r}", index), uri=self.uri, hint=allowed
            )
        return position

    def _source_position(self, source_id: str) -> int:
        for position, source in enumerate(self.sources):
            if source.id == id_text(source_id):
                return position
        known = ", ".join(repr(source.id) for source in self.sources) or "none"
        raise FrameError(
            say("source_id is {!r}", source_id),
            hint=say("The frame has the sources {}", known),
        )

    def _raw_sources(self, wanted: Sequence[str] | None) -> list[str | float]:
        known = {source.id: source.raw_id for source in reversed(self.sources)}
        if wanted is None:
            return list(dict.fromkeys(source.raw_id for source in self.sources))
        names = texts_argument("sources", wanted)
        for name in names:
            if name not in known:
                allowed = ", ".join(repr(name) for name in known) or "none"
                raise AnnotationError(
                    say("sources names {!r}", name),
                    hint=say("The frame has the sources {}", allowed),
                )
        return [known[name] for name in dict.fromkeys(names)]

    def _refuse_mask_labels(
        self,
        index: int,
        annotation: Annotation,
        labels: Sequence[str],
        table: MaskTable,
    ) -> None:
        """Refuse a label that would turn the ROI into one of the older form (rule 2)."""
        if annotation.has_mask and table.match(annotation)[0] != 1:
            for label in labels:
                if label in table.of(annotation.sources):
                    raise AnnotationError(
                        say("labels names {!r}, which is the id of a mask", label),
                        place=f"rois[{index}].label",
                        hint="Give another label, or mask_id too: the ROI names no mask",
                    )

    def _default_mask_id(
        self, sources: Sequence[str | float], mask_id: str | int | None
    ) -> tuple[str | float, Problem | None]:
        """Give the mask of a value, and a warning where it was not said which one is meant."""
        names = [text for text in map(id_text, sources) if text is not None]
        if mask_id is not None:
            return self._raw_mask_id(mask_id, names), None
        table = MaskTable(self.sources)
        firsts, ids = table.firsts(names), table.of(names)
        if not firsts:
            return FIRST_MASK_ID, None
        taken = firsts[0].mask
        return taken.raw_id, guessed_mask(taken.id, list(ids)) if len(ids) > 1 else None

    def _raw_mask_id(self, mask_id: str | int, sources: Sequence[str]) -> str | float:
        """Give the id as the file has it: an integer 0 where ``"0"`` was meant."""
        given = id_argument("mask_id", mask_id)
        found = MaskTable(self.sources).of(sources).get(str(given))
        return found[0].mask.raw_id if found else given
