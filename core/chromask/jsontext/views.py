"""JSON values for callers: frozen ones that refuse edits, and live ones that pass edits on.

A caller who writes into a plain copy loses the edit without a word. What is handed out is
frozen, or it is live: then each write replaces the value that the owner holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, MutableSequence
from typing import Any, NoReturn, Protocol, Self, cast, overload

from chromask.errors import FrameError, ReadOnlyError, say
from chromask.jsontext.values import copy_json, describe

_NOTHING: Mapping[str, Any] = {}


class FrozenObject(dict[str, Any]):
    """A JSON object that nothing changes; what is in it is frozen as well.

    Attributes
    ----------
    token
        Names the object through its edits: what an edit makes of it has the same one.
    """

    __slots__ = ("token",)

    def __init__(self, members: Mapping[str, Any], token: object = None) -> None:
        super().__init__(members)
        self.token = object() if token is None else token

    def __deepcopy__(self, memo: object) -> dict[str, Any]:
        return copy_json(self, "")

    def __reduce__(self) -> tuple[Any, ...]:
        return freeze, (copy_json(self, ""),)


class FrozenArray(list[Any]):
    """A JSON array that nothing changes; see `FrozenObject`."""

    __slots__ = ("token",)

    def __init__(self, items: Iterable[Any], token: object = None) -> None:
        super().__init__(items)
        self.token = object() if token is None else token

    def __deepcopy__(self, memo: object) -> list[Any]:
        return copy_json(self, "")

    def __reduce__(self) -> tuple[Any, ...]:
        return freeze, (copy_json(self, ""),)


Frozen = FrozenObject | FrozenArray


def _refuse(*_args: object, **_options: object) -> NoReturn:
    raise ReadOnlyError(
        "this value is read only, and an edit of it would be lost",
        hint="Assign the whole value, or edit a frame's metadata as frame.meta, an ROI's by "
        "update_annotation, other keys by set_property; copy.deepcopy gives a copy to change",
    )


_WRITES = (
    *("__setitem__", "__delitem__", "__ior__", "__iadd__", "__imul__"),
    *("append", "clear", "extend", "insert", "pop", "popitem", "remove", "reverse"),
    *("setdefault", "sort", "update"),
)
for _kind in (FrozenObject, FrozenArray):
    for _name in _WRITES:
        if hasattr(_kind, _name):
            setattr(_kind, _name, _refuse)


def freeze(value: object) -> Any:  # noqa: ANN401
    """Give a JSON value that refuses edits: a deep copy, or itself where it is frozen."""
    if isinstance(value, Frozen):
        return value
    if isinstance(value, dict):
        members = cast("dict[str, object]", value)
        return FrozenObject({key: freeze(item) for key, item in members.items()})
    if isinstance(value, list):
        return FrozenArray(map(freeze, cast("list[object]", value)))
    return value


class Owner(Protocol):
    """Holds the object that live values show a part of."""

    place: str

    def read(self) -> object:
        """Give the whole value, frozen; None where there is none."""
        ...

    def write(self, value: FrozenObject) -> None:
        """Replace the whole value."""
        ...


class _Live:
    """A part of what an owner holds, found again at each use.

    One that was replaced, removed or moved meanwhile is read as it was last, as a value of
    Python's own would be: so two of them can be swapped. To write into it is refused.
    """

    __slots__ = ("_owner", "_path", "_seen")
    __hash__ = None  # pyright: ignore[reportAssignmentType] - it changes

    def __init__(
        self, owner: Owner, path: tuple[str | int, ...], seen: Frozen | None
    ) -> None:
        self._owner, self._path, self._seen = owner, path, seen

    def __deepcopy__(self, memo: object) -> Any:  # noqa: ANN401
        return copy_json(self._value(), "")

    def __copy__(self) -> Any:  # noqa: ANN401
        return copy_json(self._value(), "")

    def __repr__(self) -> str:
        return repr(self._value())

    def _place(self, *more: str | int) -> str:
        place = self._owner.place
        for step in (*self._path, *more):
            place += f"[{step}]" if isinstance(step, int) else f".{step}"
        return place

    def _value(self) -> Frozen | None:
        found = self._found()
        if found is not None:
            self._seen = found
        return self._seen

    def _found(self) -> Frozen | None:
        """Give what the owner holds of it now; None where that is another value."""
        value = self._owner.read()
        for step in self._path:
            try:
                value = cast("Any", value)[step]
            except (LookupError, TypeError):
                return None
        if not isinstance(value, Frozen):
            return None
        is_it = self._seen is None or value.token is self._seen.token
        return value if is_it or not self._path else None

    def _live(self, step: str | int, value: object) -> Any:  # noqa: ANN401
        if isinstance(value, FrozenObject):
            return LiveObject(self._owner, (*self._path, step), value)
        if isinstance(value, FrozenArray):
            return LiveArray(self._owner, (*self._path, step), value)
        return value

    def _checked(self, value: object) -> Any:  # noqa: ANN401
        return copy_json(value, self._place(), depth=len(self._path) + 1)

    def _replace(self, value: Mapping[str, Any] | list[Any]) -> None:
        found = self._found()
        if self._path and found is None:
            raise FrameError(
                say("{} was replaced or moved since it was taken", self._place()),
                hint="Take it from the frame again",
            )
        whole = self._owner.read()
        if whole is not None and not isinstance(whole, FrozenObject):
            raise FrameError(
                say("{} is {}, not an object", self._owner.place, describe(whole)),
                place=self._owner.place,
                hint="Assign a dictionary to it first",
            )
        new = _frozen_like(found, value)
        self._owner.write(new if not self._path else _with(whole, self._path, new))


class LiveObject(_Live, MutableMapping[str, Any]):
    """A JSON object of an owner as a dictionary: reading shows it now, writing edits it.

    What is in it is live as well. A value that JSON cannot hold is refused (FrameError),
    and so is every edit of an owner that is read only.
    """

    __slots__ = ()

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        return self._live(key, self._members()[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._members())

    def __len__(self) -> int:
        return len(self._members())

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401
        self.update({key: value})

    def __delitem__(self, key: str) -> None:
        members = self._members()
        if key not in members:
            raise KeyError(key)
        self._replace({name: item for name, item in members.items() if name != key})

    def __ior__(self, other: Mapping[str, Any]) -> Self:
        self.update(other)
        return self

    def clear(self) -> None:
        """Remove all keys, as one edit."""
        self._replace({})

    def setdefault(self, key: str, default: Any = None) -> Any:  # noqa: ANN401
        """Give the value of a key, which gets the default where it is missing."""
        if key not in self._members():
            self.update({key: default})
        return self[key]

    def update(self, *given: Any, **keys: Any) -> None:  # noqa: ANN401
        """Set several keys, all or none, as one edit."""
        new = self._checked(dict(*given, **keys))
        self._replace({**self._members(), **freeze(new)})

    def pop(self, key: str, *default: Any) -> Any:  # noqa: ANN401
        """Remove a key and give what it had, as a copy; the default where it is missing."""
        if key not in self._members() and default:
            return default[0]
        taken = copy_json(self._members()[key], "")
        del self[key]
        return taken

    def popitem(self) -> tuple[str, Any]:
        """Remove the last key and give it with what it had, as a copy."""
        if not self._members():
            message = "there is nothing in it"
            raise KeyError(message)
        key = list(self._members())[-1]
        return key, self.pop(key)

    def _members(self) -> Mapping[str, Any]:
        # The frame's problems name metadata that is no object; there is nothing in it.
        found = self._value()
        return found if isinstance(found, FrozenObject) else _NOTHING


class LiveArray(_Live, MutableSequence[Any]):
    """A JSON array of an owner as a list; see `LiveObject`."""

    __slots__ = ()
    __hash__ = None  # pyright: ignore[reportAssignmentType] - it changes

    def __eq__(self, other: object) -> bool:
        items = list(self._items())
        return items == (other._items() if isinstance(other, LiveArray) else other)

    def __len__(self) -> int:
        return len(self._items())

    @overload
    def __getitem__(self, index: int) -> Any: ...  # noqa: ANN401

    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...

    def __getitem__(self, index: int | slice) -> Any:
        items = self._items()
        at = range(len(items))[index]
        if isinstance(at, range):
            return [self._live(place, items[place]) for place in at]
        return self._live(at, items[at])

    def __setitem__(self, index: int | slice, value: Any) -> None:  # noqa: ANN401
        items = list(self._items())
        items[index] = self._checked(list(value) if isinstance(index, slice) else value)
        self._replace(items)

    def __delitem__(self, index: int | slice) -> None:
        items = list(self._items())
        del items[index]
        self._replace(items)

    def insert(self, index: int, value: Any) -> None:  # noqa: ANN401
        """Insert a value before an index."""
        items = list(self._items())
        items.insert(index, self._checked(value))
        self._replace(items)

    def extend(self, values: Iterable[Any]) -> None:
        """Add values at the end, all or none, as one edit."""
        self._replace([*self._items(), *self._checked(list(values))])

    def pop(self, index: int = -1) -> Any:  # noqa: ANN401
        """Remove an item and give it, as a copy."""
        taken = copy_json(self._items()[index], "")
        del self[index]
        return taken

    def _items(self) -> list[Any]:
        found = self._value()
        return found if isinstance(found, FrozenArray) else []


def _frozen_like(old: Frozen | None, value: Mapping[str, Any] | list[Any]) -> Any:  # noqa: ANN401
    """Give the frozen value that an edit makes of an old one: it keeps its token."""
    token = old.token if old is not None else None
    if isinstance(value, Mapping):
        members = {key: freeze(item) for key, item in value.items()}
        return FrozenObject(members, token)
    return FrozenArray(map(freeze, value), token)


def _with(value: Any, path: tuple[str | int, ...], new: Frozen) -> Any:  # noqa: ANN401
    """Give a frozen value with another part at a path; what stands elsewhere is shared."""
    if not path:
        return new
    inner = _with(value[path[0]], path[1:], new)
    if isinstance(value, FrozenObject):
        return _frozen_like(value, {**value, cast("str", path[0]): inner})
    items = list(value)
    items[cast("int", path[0])] = inner
    return _frozen_like(value, items)
