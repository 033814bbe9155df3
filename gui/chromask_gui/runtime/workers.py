"""The threads of the window. They need no Qt: work can begin before Qt is loaded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from concurrent.futures import Future

DECODERS = 2
"""Decoders and zlib release the interpreter's lock; more than two crowd a laptop."""


class Workers:
    """The threads: one runs jobs, some decode for it, one does what nobody waits for."""

    def __init__(self) -> None:
        self.runner = ThreadPoolExecutor(1, thread_name_prefix="job")
        self.decoders = ThreadPoolExecutor(DECODERS, thread_name_prefix="decode")
        self.quiet = ThreadPoolExecutor(1, thread_name_prefix="ahead")
        self._begun: dict[Hashable, Future[Any]] = {}

    def begin(self, what: Hashable, work: Callable[[], Any]) -> None:
        """Begin what a job will soon want; whoever names it in `take` gets it."""
        self._begun[what] = self.runner.submit(work)

    def take(self, what: Hashable) -> Future[Any] | None:
        """Give what was begun under a name, once; None where nothing was."""
        return self._begun.pop(what, None)

    def shut_down(self) -> None:
        """Drop what waits and wait for what runs."""
        for executor in (self.quiet, self.runner, self.decoders):
            executor.shutdown(wait=True, cancel_futures=True)
