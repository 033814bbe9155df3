"""The frame as it is read and stored; `frame_base` adds what edits it.

An edit replaces a frozen state and never changes a value in place, so a copy is O(1) and
an old copy is its own undo.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn, Self

from chromask.errors import FrameError, Problem, ReadOnlyError, say
from chromask.frame import file as frame_file
from chromask.frame.attributes import unknown_attribute
from chromask.frame.resolve import Doubts
from chromask.frame.source import MaskRef, Source, mask_refs
from chromask.frame.state import State, find_problems, read_state
from chromask.jsontext.values import as_number, copy_json, id_text

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from chromask.frame.annotation import Annotation
    from chromask.jsontext.read import JsonText


# All that an instance holds: any other name is a mistake, and setting it would lose the edit.
_OWN_NAMES: Final = frozenset(
    {
        *(
            "uri",
            "_own_state",
            "_text",
            "_text_state",
            "_problems",
            "_doubts",
            "_masks",
        ),
        *("_base_uri", "_is_read_only", "_group", "_name", "_seen"),
    }
)
_INSTEAD: Final = (
    "{}.{} cannot be set: add_annotation, update_annotation and remove_annotation edit ROIs, "
    "masks_source, add_mask and set_mask_uri masks, metadata and set_property the frame's keys"
)


class FrameView:
    """What a frame of one or several sources holds, and where it is stored.

    Attributes
    ----------
    uri
        The path of the JSON file that it came from or was saved to; None before.
    """

    _most_sources: ClassVar[int | None] = None
    # What relative URIs start from, for a frame that was taken out of a group: it has no
    # file of its own, and saving it must not overwrite the group's.
    _base_uri: str | None = None

    _is_read_only: bool = False

    def __init__(self, state: State, uri: str | None = None) -> None:
        self.uri = uri
        self._own_state = state
        self._text: JsonText | None = None
        self._text_state: State | None = None  # the state that the text holds
        self._problems: tuple[State, tuple[Problem, ...]] | None = None
        self._doubts: Doubts | None = None
        self._masks: tuple[tuple[Source, ...], dict[str, MaskRef]] | None = None

    if not TYPE_CHECKING:  # a checker would take every name for one that exists

        def __getattr__(self, name: str) -> NoReturn:
            raise unknown_attribute(self, name, dir(type(self)))

        def __setattr__(self, name: str, value: object) -> None:
            found = getattr(type(self), name, None)
            if name in _OWN_NAMES or (isinstance(found, property) and found.fset):
                if self._is_read_only and name[0] != "_":
                    raise _read_only(self.uri)
                object.__setattr__(self, name, value)
            elif hasattr(type(self), name):
                raise AttributeError(say(_INSTEAD, type(self).__name__, name))
            else:
                raise unknown_attribute(self, name, dir(type(self)))

    def __repr__(self) -> str:
        names = ", ".join(source.id for source in self.sources)
        return (
            f"<{type(self).__name__} {self.uri or 'unsaved'}: sources {names}; "
            f"{len(self.masks())} masks, {len(self.annotations)} ROIs>"
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """The images, or moments of videos, in the order of the file."""
        return self._state.sources

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """The ROIs in the order of the file."""
        return self._state.annotations

    @property
    def properties(self) -> Mapping[str, Any]:
        """All keys of the frame but ``sources`` and ``rois``, frozen.

        It is the same object until one of these keys changes.
        """
        return self._state.properties

    @property
    def id(self) -> str | None:
        """The frame's id as text; None when missing."""
        return id_text(self._state.top.get("id"))

    @property
    def context_id(self) -> str:
        """What frames are grouped by; the first source's URI when missing."""
        given = id_text(self._state.top.get("context_id"))
        return given or (self.sources[0].uri if self.sources else "")

    @property
    def timestamp(self) -> float:
        """Milliseconds; the first source's when missing."""
        given = as_number(self._state.top.get("timestamp"))
        if given is not None:
            return given
        return self.sources[0].timestamp if self.sources else 0

    @property
    def sort_key(self) -> tuple[str, float]:
        """The key by which frames sort: ``context_id``, then ``timestamp``."""
        return self.context_id, self.timestamp

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything in the file that is kept although something is wrong with it.

        A ROI without a mask that can be found is a warning (rule 4 of `resolve`), one whose
        mask was inferred a note (rule 5).
        """
        state = self._state
        if self._problems is None or self._problems[0] is not state:
            self._doubts = Doubts(self, self._doubts)
            found = find_problems(state, self.uri)
            self._problems = state, (*found, *self._doubts.problems)
        notes = () if self._text is None else tuple(self._text.notes)
        return (*notes, *self._problems[1])

    def masks(self) -> tuple[MaskRef, ...]:
        """Give every mask under a key that is unique in the frame, in the file's order."""
        return tuple(self._masks_by_key().values())

    def mask(self, key: str) -> MaskRef | None:
        """Give the mask of a key of `masks`; None where the frame has none."""
        return self._masks_by_key().get(key)

    def _masks_by_key(self) -> dict[str, MaskRef]:
        sources = self.sources
        if self._masks is None or self._masks[0] is not sources:
            # Each of twenty thousand masks is asked for by its key.
            self._masks = sources, {ref.key: ref for ref in mask_refs(sources)}
        return self._masks[1]

    def copy(self) -> Self:
        """Give a copy that later edits of this frame do not reach, in O(1)."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.__dict__.pop("_is_read_only", None)
        return twin

    def make_read_only(self) -> Self:
        """Refuse every edit of this frame from now on; a copy can be edited. Returns it."""
        self._is_read_only = True
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        # All that a frame refers to is frozen, so a shallow copy is a deep one.
        return self.copy()

    @classmethod
    def from_dict(cls, value: Mapping[str, Any], uri: str | None = None) -> Self:
        """Give the frame of a JSON object, which is copied.

        Raises
        ------
        FrameError
            When it is no frame, or holds what JSON cannot.
        """
        copied = copy_json(value, "", uri)
        return cls._from_state(read_state(copied, uri), uri)

    def to_dict(self) -> dict[str, Any]:
        """Give the frame's JSON object as a deep copy."""
        return copy_json(self._state.to_value(), "")

    @classmethod
    def load(cls, uri: str | os.PathLike[str]) -> Self:
        """Read a frame's JSON file.

        Raises
        ------
        FrameError
            When it is broken JSON or no frame; it names the line and column.
        StorageError
            When the file cannot be read.
        """
        text, name = frame_file.read(uri)
        return cls._from_state(read_state(text.value, name), name, text)

    def to_bytes(self, uri: str | os.PathLike[str] | None = None) -> bytes:
        """Give what `save` would write there: unedited, the bytes that were loaded."""
        if uri is not None:
            return self.moved_to(uri).to_bytes()
        if self._text is not None and self._state is self._text_state:
            return self._text.data
        return frame_file.encode(self._state.to_value(), self._text)

    def save(self, uri: str | os.PathLike[str] | None = None) -> None:
        """Write the frame as JSON, the whole file or nothing.

        Parameters
        ----------
        uri
            Where to; None means where it came from. In another folder, relative URIs
            are rewritten so that they lead to the same files, and `uri` becomes the new
            place.

        Raises
        ------
        FrameError
            When the frame has no place yet and none is given.
        StorageError
            When the file cannot be written; the old file is then whole.
        """
        if self._is_read_only:
            raise _read_only(self.uri)
        target = self.uri if uri is None else frame_file.name_of(uri)
        if target is None:
            raise FrameError(
                "the frame has no file yet", place="uri", hint="Give save a path"
            )
        moved = self.moved_to(target)
        data = moved.to_bytes()
        frame_file.write(target, data, moved.sources)
        if moved._text is None or moved._text.data != data:
            moved._text = frame_file.parse(data, target)
        moved._text_state = moved._own_state
        self.__dict__.update(moved.__dict__)

    def moved_to(self, uri: str | os.PathLike[str]) -> Self:
        """Give a copy whose place is another file, nothing written.

        Relative URIs are rewritten when the folder differs.
        """
        moved = self.copy()
        moved.uri = frame_file.name_of(uri)
        base = self.uri or self._base_uri
        if base is not None:
            sources = frame_file.rebase(self.sources, base, moved.uri)
            if sources != self.sources:
                moved._commit(replace(self._state, sources=sources))
        return moved

    @classmethod
    def _from_state(
        cls, state: State, uri: str | None, text: JsonText | None = None
    ) -> Self:
        most = cls._most_sources
        if most is not None and len(state.sources) > most:
            raise FrameError(
                say("a frame of {} sources is no {}", len(state.sources), cls.__name__),
                uri=uri,
                place="sources",
                hint="Use load_frame, which gives a FrameGroup for it "
                "(FrameGroup.from_dict for an object in memory)",
            )
        frame = object.__new__(cls)
        FrameView.__init__(frame, state, uri)
        frame._text = text
        frame._text_state = None if text is None else state
        return frame

    # What a view of one source in a group replaces.

    @property
    def _state(self) -> State:
        return self._own_state

    def _commit(self, state: State) -> None:
        if self._is_read_only:
            raise _read_only(self.uri)
        self._own_state = state


def _read_only(uri: str | None) -> ReadOnlyError:
    return ReadOnlyError(
        "the frame of an open document is read only",
        uri=uri,
        hint="Edit it in a transaction (document.edit), or edit a copy()",
    )
