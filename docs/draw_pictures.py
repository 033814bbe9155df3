"""Draw the guide's pictures: ``python3 run.py screenshots``, the real window with real files.

Each picture is one function in a `PICTURES` of the folder ``drawing``; each is drawn light and
dark. Those that are named on the command line are drawn alone.
"""

from __future__ import annotations

import gc
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from drawing import panels, plots, steps, tools, windows
from drawing.png import pixels_of, small_png
from drawing.stage import SIZE, TOOL_SIZE, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL import Image

    from chromask_gui.look.theme import Scheme

FOLDER = Path(__file__).resolve().parent / "pictures"
PICTURES = (
    windows.PICTURES
    | panels.PICTURES
    | plots.PICTURES
    | tools.PICTURES
    | steps.PICTURES
)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def draw(name: str) -> Iterator[tuple[Scheme, Image.Image]]:
    """Draw a picture in each theme: the window changes it as it stands."""
    with tempfile.TemporaryDirectory() as scratch:
        size = TOOL_SIZE if name in tools.PICTURES else SIZE
        stage = Stage(Path(scratch), size)
        shot = PICTURES[name](stage)
        for scheme in SCHEMES:
            stage.dress(scheme)
            yield scheme, pixels_of(shot.draw())
        stage.close()
    del stage, shot
    gc.collect()


def write(path: Path, picture: Image.Image) -> None:
    """Write a picture and say how large it is."""
    data = small_png(picture)
    path.write_bytes(data)
    sys.stdout.write(f"{path.name}: {len(data) / 1000:.0f} kB\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Draw all pictures, or those that are named; ``-o FOLDER`` draws elsewhere."""
    words = list(arguments)
    folder = FOLDER
    if "-o" in words:
        at = words.index("-o")
        folder = Path(words[at + 1])
        del words[at : at + 2]
    unknown = [word for word in words if word not in PICTURES]
    if unknown:
        sys.stderr.write(f"no picture is called {unknown[0]}: {', '.join(PICTURES)}\n")
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    # Widgets that are left over must not be collected by the thread that writes.
    gc.disable()
    with ThreadPoolExecutor(1) as writer:
        written = [
            writer.submit(write, folder / f"{name}-{scheme}.png", picture)
            for name in words or PICTURES
            for scheme, picture in draw(name)
        ]
    for each in written:
        each.result()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
