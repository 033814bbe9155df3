"""Showing the preview of a source instead of it, which is read when it is first wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from chromask.document.preview import load_preview, shown_image

if TYPE_CHECKING:
    from chromask.frame.source import Source
    from chromask.media import Image
    from chromask_gui.runtime.jobs import Job
    from chromask_gui.session.session import Session


def is_preview_shown(session: Session) -> bool:
    """Whether the canvas shows a preview, on demand or because its source cannot be read."""
    document, view = session.document, session.view
    if document is None or view.source is None:
        return False
    found = shown_image(document, view.source, wants_preview=view.shows_preview)
    return found is not None and found.is_preview


def can_choose(session: Session) -> bool:
    """Whether there are both to choose from: a source that was read, and a preview."""
    document, source = session.document, _shown_source(session)
    if document is None or source is None:
        return False
    return source.preview is not None and source.id in document.images


def toggle_preview(session: Session) -> None:
    """Show the preview instead of the source, or the source again."""
    document, source = session.document, _shown_source(session)
    if document is None or source is None or not can_choose(session):
        return
    if is_preview_shown(session) or source.id in document.previews:
        session.set_view(shows_preview=not is_preview_shown(session))
        return
    base = Path(document.frame.uri).parent if document.frame.uri else None

    def work(_job: Job) -> Image:
        return load_preview(source, base)

    def done(image: Image) -> None:
        document.previews[source.id] = image
        if document is session.document and session.view.source == source.id:
            session.set_view(shows_preview=True)

    title = QCoreApplication.translate("Previews", "Opening the preview")
    session.jobs.start(title, work, done, session.report)


def _shown_source(session: Session) -> Source | None:
    sources = session.document.frame.sources if session.document is not None else ()
    return next((each for each in sources if each.id == session.view.source), None)
