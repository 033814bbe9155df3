"""ROIs as the older published documents write them: label and ``mask.id`` change places.

Imported by `frame_base`. All that an edit of such a ROI has to know stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chromask.errors import AnnotationError, say
from chromask.frame.roi import (
    UNSET,
    Unset,
    id_argument,
    replace_annotation,
    texts_argument,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chromask.frame.annotation import Annotation
    from chromask.frame.resolve import MaskTable
    from chromask.frame.source import MaskRef


@dataclass(frozen=True, slots=True)
class OldForm:
    """A ROI of older documents: its label names the mask, and ``mask.id`` is its name.

    Attributes
    ----------
    annotation
        The ROI.
    mask
        The mask that its label names.
    masks
        All masks of its sources by id.
    """

    annotation: Annotation
    mask: MaskRef
    masks: Mapping[str, tuple[MaskRef, ...]]

    @classmethod
    def of(cls, annotation: Annotation, table: MaskTable) -> OldForm | None:
        """Give the old form of a ROI that rule 2 of `resolve` finds, else None."""
        if not annotation.has_mask or annotation.mask_id is None:
            return None
        rule, refs = table.match(annotation)
        if rule != 2:
            return None
        return cls(annotation, refs[0], table.of(annotation.sources))

    def translate(
        self,
        index: int,
        labels: Sequence[str] | Unset | None,
        mask_id: str | int | Unset,
    ) -> tuple[list[str] | Unset, str | Unset]:
        """Give the labels and the ``mask.id`` to write for a new name and a new mask.

        Raises
        ------
        AnnotationError
            When the form cannot hold them; it says what to do first.
        """
        name: str | Unset = UNSET
        if not isinstance(labels, Unset):
            names = [] if labels is None else texts_argument("labels", labels)
            name = self._name(index, names)
        if isinstance(mask_id, Unset):
            return UNSET, name
        wanted = str(id_argument("mask_id", mask_id))
        if wanted not in self.masks:
            known = ", ".join(repr(found) for found in self.masks)
            raise AnnotationError(
                say("mask_id is {!r}", mask_id),
                place=f"rois[{index}].label",
                hint=say("The ROI's sources have the masks {}", known),
            )
        old = self.mask.mask.id
        moved = [wanted if label == old else label for label in self.annotation.labels]
        return moved, name

    def modern(self) -> Annotation:
        """Give the ROI in the newer form: label = name, ``mask.id`` = the mask."""
        name = self.annotation.mask_id or ""
        mask_name = self.mask.mask.id
        others = [label for label in self.annotation.labels if label != mask_name]
        return replace_annotation(
            self.annotation,
            labels=list(dict.fromkeys([name, *others])),
            mask_id=self.mask.mask.raw_id,
        )

    def _name(self, index: int, names: list[str]) -> str:
        place = f"rois[{index}].mask.id"
        convert = "turn the ROI into the newer form first (modernise)"
        if len(names) != 1:
            raise AnnotationError(
                say(
                    "labels is {!r}, and this ROI of the older form has one name", names
                ),
                place=place,
                hint=say("Give one label, or {}", convert),
            )
        if names[0] in self.masks:
            # Written to mask.id, the name would make the ROI mean that mask instead.
            raise AnnotationError(
                say(
                    "labels is {!r}, which is the id of a mask of this ROI's sources",
                    names,
                ),
                place=place,
                hint=say("Give another name, or {}", convert),
            )
        return names[0]
