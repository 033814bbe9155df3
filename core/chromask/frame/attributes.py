"""Attributes that do not exist or cannot be set: an error that says what was meant.

Python lets a misspelt name of an ordinary object be set, and the edit is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, TypeVar

from chromask.errors import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")


def unknown_attribute(owner: object, name: str, known: Iterable[str]) -> AttributeError:
    """Give the error for a name that an object does not have, with those that look alike."""
    # Not at the start: it is only needed where a script misspells a name.
    from difflib import get_close_matches

    near = get_close_matches(name, [each for each in known if each[0] != "_"], 3)
    kind = type(owner).__name__
    if not near:
        return AttributeError(say("{} has no attribute {!r}", kind, name))
    names = ", ".join(near)
    seen = say("{} has no attribute {!r}; did you mean {}?", kind, name, names)
    return AttributeError(seen)


def frozen_value(hint: str) -> Callable[[type[T]], type[T]]:
    """Make a frozen dataclass say how its values are changed, for whoever sets an attribute.

    Python 3.11 raises a TypeError for an unknown name of a frozen class with slots.
    """

    def decorate(kind: type[T]) -> type[T]:
        def refuse(self: object, name: str, _value: object = None) -> NoReturn:
            if not hasattr(kind, name):
                raise unknown_attribute(self, name, dir(kind))
            raise AttributeError(
                say("{}.{} cannot be set: {}", kind.__name__, name, hint)
            )

        kind.__setattr__ = refuse  # pyright: ignore[reportAttributeAccessIssue]
        kind.__delattr__ = refuse  # pyright: ignore[reportAttributeAccessIssue]
        return kind

    return decorate
