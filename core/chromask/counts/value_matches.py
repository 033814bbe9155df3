"""Which entries of a plane's table single values claim; imported by `census`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from chromask.pixels.plane import Plane


class Claims:
    """What single values claim in one plane, remembered while its table stands.

    Attributes
    ----------
    table
        The plane's table, see `Plane`.
    """

    def __init__(self, plane: Plane) -> None:
        self.table = plane.table
        self._found: dict[tuple[int, ...], npt.NDArray[np.intp]] = {}
        self._order: npt.NDArray[np.intp] | None = None
        if is_exact(plane):
            keys = _rgb_keys(plane.table)
            self._order = np.argsort(keys, kind="stable")
            self._keys = keys[self._order]

    def of(self, plane: Plane, value: tuple[int, ...]) -> npt.NDArray[np.intp]:
        """Find the entries of the plane's table that a value claims."""
        found = self._found.get(value)
        if found is None:
            found = self._found[value] = self._find(plane, value)
        return found

    def _find(self, plane: Plane, value: tuple[int, ...]) -> npt.NDArray[np.intp]:
        """Look an exact RGB up among sorted ones: 10 000 ROIs would scan 10 000 tables."""
        is_exact = len(value) == 3 and all(0 <= number <= 255 for number in value)
        if self._order is None or not is_exact:
            return plane.claimed_by(value)
        key = value[0] << 16 | value[1] << 8 | value[2]
        first, last = np.searchsorted(self._keys, (key, key + 1))
        return self._order[first:last]


def is_exact(plane: Plane) -> bool:
    """Whether its table holds three bytes an entry, as values without -1 do."""
    return plane.table.dtype == np.uint8 and plane.format.channels == 3


def _rgb_keys(table: npt.NDArray[Any]) -> npt.NDArray[np.uint32]:
    weights = np.array([1 << 16, 1 << 8, 1], np.uint32)
    return table.astype(np.uint32) @ weights
