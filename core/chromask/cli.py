"""The command line without a window: ``chromask info``, ``render`` and ``contact-sheet``.

Nothing here imports Qt; the commands that need it live in the window's package.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from dataclasses import replace
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chromask.counts.pixel_counts import (
    mapped_values,
    take_census,
    unclaimed_values,
    unused_values,
)
from chromask.dataset.discover import list_frames
from chromask.dataset.query import Choice
from chromask.document.preview import shown_image
from chromask.drawing.render import Display, render_frame
from chromask.errors import ChromaskError, FrameError
from chromask.media import encode_new_png
from chromask.pixels.plane import MaskFormat, build_plane
from chromask.storage.atomic import atomic_write
from chromask.storage.look import is_file, is_folder
from chromask.storage.uri import shown_uri
from chromask.workspace.contact_sheet import contact_sheet
from chromask.workspace.opening import items_of_images, open_first, open_item
from chromask.workspace.review import is_reviewed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from chromask.counts.pixel_counts import Census, ValueCount
    from chromask.dataset.query import FrameList
    from chromask.document.document import Document
    from chromask.errors import Problem
    from chromask.frame.source import Source
    from chromask.media import Image

MOST_UNCLAIMED = 20
"""As many unclaimed colours of a mask the text lists; the JSON lists all of them."""

COULD_NOT_RUN = 2
"""The exit code of a command that could not do its work; its reason stands on stderr."""


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code; messages go to stderr."""
    options = make_parser().parse_args(arguments)
    # A file's name need not be UTF-8, and a terminal need not show every letter.
    out: object = sys.stdout
    if isinstance(out, TextIOWrapper):
        out.reconfigure(errors="backslashreplace")
    try:
        return options.run(options)
    except ChromaskError as error:
        sys.stderr.write(f"chromask: {_told(error.problem)}\n")
        return COULD_NOT_RUN


def make_parser() -> argparse.ArgumentParser:
    """Give the parser of every command; those with a window are run by its package."""
    parser = argparse.ArgumentParser(
        "chromask",
        description="Label and review images with colour masks.",
        epilog="'chromask [PATH ...]' opens the window on a frame JSON, an image, an image"
        " with its masks, or a folder; '--masks DIR' allows masks outside it. 'chromask --install-desktop [--remove]' puts chromask into"
        " the desktop's menu, or takes it out again.",
    )
    parser.add_argument(
        "--version", action="version", version=f"chromask {version('chromask')}"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    info = commands.add_parser("info", help="print sources, masks, ROIs and colours")
    info.add_argument("path", metavar="PATH", type=Path)
    info.add_argument("--json", action="store_true", help="print JSON")
    _add_masks_option(info)
    info.set_defaults(run=_run_info)

    render = commands.add_parser("render", help="draw source and masks as a PNG")
    render.add_argument("path", metavar="FRAME", type=Path)
    render.add_argument(
        "-o", dest="output", metavar="OUT.png", type=Path, required=True
    )
    render.add_argument("--solo", metavar="ROI", help="draw one ROI: its index or name")
    render.add_argument(
        "--opacity", metavar="X", type=_share, default=0.55, help="0 to 1 (0.55)"
    )
    render.add_argument(
        "--palette",
        choices=("auto", "stored", "distinct", "safe"),
        default="auto",
        help="display colours; auto gives ids colours of their own (auto)",
    )
    render.add_argument("--source", metavar="ID", help="which source (the first)")
    _add_masks_option(render)
    render.set_defaults(run=_run_render)

    sheet = commands.add_parser(
        "contact-sheet", help="draw every frame of a folder or file small, on one PNG"
    )
    sheet.add_argument("path", metavar="PATH", type=Path)
    sheet.add_argument("-o", dest="output", metavar="OUT.png", type=Path, required=True)
    sheet.add_argument("--columns", metavar="N", type=int, default=4, help="4")
    sheet.add_argument("--most", metavar="N", type=int, default=400, help="400 frames")
    _add_masks_option(sheet)
    sheet.set_defaults(run=_run_contact_sheet)

    shot = commands.add_parser("screenshot", help="picture the window, offscreen")
    shot.add_argument("path", metavar="FRAME", type=Path)
    shot.add_argument("-o", dest="output", metavar="OUT.png", type=Path, required=True)
    shot.add_argument(
        "--size", metavar="WxH", type=_size, default=(1440, 900), help="1440x900"
    )
    _add_masks_option(shot)
    shot.add_argument("--theme", choices=("light", "dark", "system"), default="light")
    return parser


def describe_frame(document: Document, census: Census) -> dict[str, Any]:
    """Describe an open frame as the object that ``chromask info --json`` prints for it."""
    refs = document.frame.masks()
    unclaimed = _by_mask(unclaimed_values(census, document.planes))
    named = _by_mask(_named_by_legend(document, census))
    ids = {ref.key: ref.mask.id for ref in refs}
    masks: list[dict[str, Any]] = []
    for ref in refs:
        plane = document.planes.get(ref.key)
        masks.append(
            {
                "id": ref.mask.id,
                "source": ref.source.id,
                "uri": ref.mask.uri,
                "size": [plane.cols, plane.rows] if plane else None,
                "mode": plane.format.mode if plane else None,
                "values": int((plane.pixels > 0).sum()) if plane else None,
                "labels": [
                    {
                        "labels": list(count.labels),
                        "value": list(count.value),
                        "pixels": count.pixels,
                    }
                    for count in named.get(ref.key, ())
                ],
                "unclaimed": [
                    {"value": list(count.value), "pixels": count.pixels}
                    for count in unclaimed.get(ref.key, ())
                ],
            }
        )
    rois: list[dict[str, Any]] = []
    for count, annotation in zip(census.rois, document.frame.annotations, strict=True):
        found = count.resolution
        rois.append(
            {
                "index": found.index,
                "labels": list(annotation.labels),
                "name": found.name,
                "mask": ids[found.masks[0]] if found.masks else None,
                "value": list(annotation.mask_value)
                if annotation.mask_value is not None
                else None,
                "rule": found.rule,
                "pixels": count.pixels,
            }
        )
    sources = document.frame.sources
    return {
        "uri": str(document.path or document.frame.uri),
        "reviewed": is_reviewed(document.frame),
        "sources": [_describe_source(each, document) for each in sources],
        "masks": masks,
        "rois": rois,
        "problems": [_describe_problem(problem) for problem in document.problems],
    }


def _describe_broken(uri: str, problem: Problem) -> dict[str, Any]:
    """Describe a frame that cannot be opened, by the same keys as one that can."""
    problems = [_describe_problem(problem)]
    nothing: dict[str, Any] = {"sources": [], "masks": [], "rois": []}
    return {"uri": uri, "reviewed": False, **nothing, "problems": problems}


def _describe_source(source: Source, document: Document) -> dict[str, Any]:
    """Describe a source; ``shown`` says whether its preview stands for it."""
    image, found = document.images.get(source.id), shown_image(document, source.id)
    return {
        "id": source.id,
        "uri": source.uri,
        "size": None if image is None else _size_of(image),
        "preview": source.preview_uri,
        "shown": None if found is None else "preview" if found.is_preview else "source",
    }


def _size_of(image: Image) -> list[int]:
    return [image.pixels.shape[1], image.pixels.shape[0]]


def _by_mask(counts: Iterable[ValueCount]) -> dict[str, list[ValueCount]]:
    """Group counts by the key of their mask: a frame can have thousands of masks."""
    found: dict[str, list[ValueCount]] = {}
    for count in counts:
        found.setdefault(count.key, []).append(count)
    return found


def _named_by_legend(document: Document, census: Census) -> list[ValueCount]:
    """List the values that only the legend names, most pixels first, and then those without."""
    if document.mapping is None:
        return []
    there = mapped_values(census, document.planes, document.mapping)
    absent = unused_values(census, document.frame, document.planes, document.mapping)
    return [*there, *absent]


def _describe_problem(problem: Problem) -> dict[str, Any]:
    return {
        "severity": problem.severity,
        "uri": problem.uri,
        "place": problem.place,
        "seen": problem.seen,
        "hint": problem.hint,
    }


def _add_masks_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--masks",
        metavar="DIR",
        type=_folder,
        action="append",
        default=[],
        help="use and edit masks in this folder outside the opened one; repeatable",
    )


def _list(options: argparse.Namespace) -> FrameList:
    """List the frames, with the folders that ``--masks`` allows."""
    return list_frames(options.path, Choice(allowed=tuple(options.masks)))


def suggestions(listed: FrameList) -> str:
    """Name the folders outside that are not used, and the option that allows each."""
    return "".join(
        f"note: {folder} is outside the opened folder, so it is not used."
        f" To use it, give {_masks_option(folder)}\n"
        for folder in listed.report.suggested
    )


def _masks_option(folder: Path) -> str:
    return f"--masks {shlex.quote(str(folder))}"


def _run_info(options: argparse.Namespace) -> int:
    listed = _list(options)
    (sys.stderr if options.json else sys.stdout).write(suggestions(listed))
    described: list[dict[str, Any]] = []
    if not is_file(options.path):
        _tell_report(listed)
    items = list(listed.items)
    for number, item in enumerate(items, start=1):
        try:
            document = open_item(item, opened=listed.opened)
        except ChromaskError as error:
            if len(items) == 1:
                raise
            # One broken frame must not hide the others.
            if options.json:
                described.append(_describe_broken(item.path, error.problem))
            else:
                path, problem = shown_uri(item.path), _told(error.problem)
                sys.stdout.write(f"{path}\n  error: {problem}\n")
            continue
        items[number:number] = items_of_images(document.second_images)
        census = take_census(document.frame, document.planes, document.mapping)
        frame = describe_frame(document, census)
        if options.json:
            described.append(frame)
        else:
            sys.stdout.write(_as_text(frame, document))
    if options.json:
        suggested = [
            {"folder": str(folder), "option": _masks_option(folder)}
            for folder in listed.report.suggested
        ]
        found = {"frames": described, "suggested": suggested}
        text = json.dumps(found, ensure_ascii=False, indent=2)
        sys.stdout.write(f"{text}\n")
    return 0


def _run_contact_sheet(options: argparse.Namespace) -> int:
    listed = _list(options)
    sys.stderr.write(suggestions(listed))
    _tell_report(listed)
    sheet = contact_sheet(
        listed,
        options.columns,
        options.most,
        noted=lambda item, found: _tell_problems(item.name, found),
    )
    picture = build_plane(sheet, MaskFormat("PNG", "RGB", 8, 3, 255))
    permit = listed.opened.naming(options.output)
    atomic_write(options.output, encode_new_png(picture), permit)
    return 0


def _told(problem: Problem) -> str:
    """Give a problem as one line: a file's name can be long, and hold line breaks."""
    uri = None if problem.uri is None else shown_uri(problem.uri)
    return str(replace(problem, uri=uri))


def _tell_report(listed: FrameList) -> None:
    """Say on stderr what was recognised."""
    sys.stderr.write(f"{listed.root}: {listed.report}\n")
    for problem in listed.report.problems:
        sys.stderr.write(f"  {problem.severity}: {_told(problem)}\n")


def _tell_problems(name: str, problems: Sequence[Problem]) -> None:
    """Say on stderr what is wrong with a frame; notes are left to ``chromask info``."""
    for problem in problems:
        if problem.severity != "note":
            sys.stderr.write(f"{name}: {problem.severity}: {_told(problem)}\n")


def _as_text(frame: dict[str, Any], document: Document) -> str:
    """Lay the description out for people: one line a thing, columns aligned."""
    lines = [shown_uri(frame["uri"]), *(["  reviewed"] if frame["reviewed"] else [])]
    for source in frame["sources"]:
        size = "{} x {}".format(*source["size"]) if source["size"] else "unread"
        lines.append(f"  source {source['id']}  {shown_uri(source['uri'])}  {size}")
        if source["shown"] == "preview":
            size = "{} x {}".format(*_size_of(document.previews[source["id"]]))
            preview = shown_uri(source["preview"])
            lines[-1] += f", shown by its preview {preview}  {size}"
    for mask in frame["masks"]:
        size = "{} x {}".format(*mask["size"]) if mask["size"] else "unread"
        mode = f"  {mask['mode']}  {mask['values']} values" if mask["mode"] else ""
        uri = shown_uri(mask["uri"])
        lines.append(f"  mask {mask['id']} of {mask['source']}  {uri}  {size}{mode}")
    width = max((len(roi["name"]) for roi in frame["rois"]), default=0)
    for roi in frame["rois"]:
        value = " ".join(str(number) for number in roi["value"] or ())
        pixels = "-" if roi["pixels"] is None else f"{roi['pixels']} px"
        rule = "" if roi["rule"] is None else f"  rule {roi['rule']}"
        lines.append(
            f"  roi {roi['index']:>3}  {roi['name']:<{width}}  {value:<15}"
            f"  {pixels:>12}  {roi['mask'] or '-'}{rule}"
        )
    for mask in frame["masks"]:
        lines += _labels_as_text(mask)
        for count in mask["unclaimed"][:MOST_UNCLAIMED]:
            value = " ".join(str(number) for number in count["value"])
            pixels = f"{count['pixels']} px"
            lines.append(f"  unclaimed in {mask['id']}  {value:<15}  {pixels:>12}")
        more = mask["unclaimed"][MOST_UNCLAIMED:]
        if more:
            total = sum(count["pixels"] for count in more)
            lines.append(
                f"  unclaimed in {mask['id']}  and {len(more)} more values, {total} px"
            )
    lines += [
        f"  {problem.severity}: {_told(problem)}" for problem in document.problems
    ]
    return "\n".join(lines) + "\n"


def _labels_as_text(mask: dict[str, Any]) -> Iterator[str]:
    """Lay the legend's labels of a mask out: those with pixels, and then the names of the others."""
    there = [label for label in mask["labels"] if label["pixels"]]
    width = max((len(", ".join(label["labels"])) for label in there), default=0)
    for label in there:
        name = ", ".join(label["labels"])
        value = " ".join(str(number) for number in label["value"])
        pixels = f"{label['pixels']} px"
        yield f"  label of {mask['id']}  {name:<{width}}  {value:<15}  {pixels:>12}"
    absent = [", ".join(e["labels"]) for e in mask["labels"] if not e["pixels"]]
    if absent:
        yield f"  labels of {mask['id']} without pixels: {'; '.join(absent)}"


def _run_render(options: argparse.Namespace) -> int:
    listed = _list(options)
    sys.stderr.write(suggestions(listed))
    document = open_first(listed)
    census = take_census(document.frame, document.planes, document.mapping)
    solo = None if options.solo is None else _find_roi(options.solo, census)
    display = Display(options.opacity, solo=solo, palette=options.palette)
    pixels = render_frame(document, census, display, options.source)
    picture = build_plane(pixels, MaskFormat("PNG", "RGB", 8, 3, 255))
    permit = document.permit.naming(options.output)
    atomic_write(options.output, encode_new_png(picture), permit)
    _tell_problems(str(options.path), document.problems)
    return 0


def _find_roi(wanted: str, census: Census) -> int:
    """Find a ROI by its index or its display name."""
    names = [count.resolution.name for count in census.rois]
    if wanted in names:
        return names.index(wanted)
    if wanted.isdecimal() and int(wanted) < len(names):
        return int(wanted)
    raise FrameError(
        f"there is no ROI {wanted!r}",
        hint=f"Give an index below {len(names)} or one of: {', '.join(names[:20])}",
    )


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return share


def _folder(text: str) -> Path:
    if not is_folder(text):
        raise argparse.ArgumentTypeError(f"{text} is not a folder")
    return Path(text).absolute()


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text} is no size like 1440x900")
    if not (320 <= int(width) <= 7680 and 240 <= int(height) <= 4320):
        raise argparse.ArgumentTypeError(f"{text} is not between 320x240 and 7680x4320")
    return int(width), int(height)
