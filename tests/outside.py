"""Frames whose masks are outside the opened folder, in each form that a JSON can name them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from scenes import write_scene

if TYPE_CHECKING:
    from pathlib import Path

FORMS = ("dots", "absolute", "file", "link", "link folder")


def write_outside(folder: Path, form: str, name: str = "scene") -> tuple[Path, Path]:
    """Write a frame into ``folder/opened`` and its mask into ``folder/masks``; give both."""
    path = write_scene(folder / "opened", name=name)
    there = folder / "masks"
    there.mkdir(exist_ok=True)
    mask = there / f"{name}_seg.png"
    (folder / "opened" / mask.name).rename(mask)
    uri = {
        "dots": f"../masks/{mask.name}",
        "absolute": str(mask),
        "file": mask.as_uri(),
        "link": "linked.png",
        "link folder": f"linked/{mask.name}",
    }[form]
    if form == "link":
        (folder / "opened" / uri).symlink_to(mask)
    if form == "link folder":
        (folder / "opened" / "linked").symlink_to(there, target_is_directory=True)
    frame = json.loads(path.read_text())
    frame["sources"][0]["masks"][0]["uri"] = uri
    path.write_text(json.dumps(frame, indent=2))
    return path, mask


def digests(folder: Path) -> dict[str, str]:
    """Give SHA-256 of every file under a folder, by its path from there."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
