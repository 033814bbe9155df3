"""A gate that tests hold before what runs beside the window."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class Gate:
    """Holds calls back until it is opened.

    Attributes
    ----------
    calls, threads
        With which arguments and in which threads what is held was called.
    """

    def __init__(self) -> None:
        self._open = threading.Event()
        self.calls: list[Any] = []
        self.threads: list[threading.Thread] = []

    def held(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """Give a function that waits for the gate, then works."""

        def wait(*args: Any, **options: Any) -> Any:
            self.calls.append((args, options))
            self.threads.append(threading.current_thread())
            assert self._open.wait(20)
            return work(*args, **options)

        return wait

    def open(self) -> None:
        self._open.set()
