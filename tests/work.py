"""Counts the work of a call in steps of Python, where a test must not measure time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


def steps_of(call: Callable[[], Any]) -> int:
    """Count the lines that a call runs in this thread; each round of a loop is one more.

    Loops inside of C are one step: a test of them counts something of its own.
    """
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
