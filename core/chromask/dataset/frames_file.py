"""Many frames in one file: a JSON array of frames, or JSON Lines, one frame a line.

A frame is taken out and put back as text: all other bytes of the file stay what they are.
It knows bytes, and nothing of frames but their key ``sources``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chromask.errors import FrameError, StorageError, say
from chromask.jsontext.read import DEFAULT_LIMITS, Limits, read_json
from chromask.jsontext.text import clean, decode_text
from chromask.jsontext.values import as_array, as_object
from chromask.storage.local import open_regular, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

LINES_SUFFIXES = (".jsonl", ".ndjson")

LIST_LIMITS = Limits(max_bytes=1 << 30, max_values=100_000_000)
"""A file of frames may be larger than a frame; each of its frames keeps a frame's bounds."""

HEAD_BYTES = 1 << 20
"""Most frames name their sources within so many bytes."""

_BLANKS = re.compile(r"\s*")
_LINE = re.compile(rb"[^\r\n]+")
_LINE_BREAK = re.compile(rb"(,?)[ \t]*(?:\r\n|\n|\r)[ \t]*")
_HEAD_BYTES = 4096
_KEY_BYTES = 4096
_SOURCES = re.compile(rb'"sources"\s*:\s*\[')


@dataclass(frozen=True, slots=True)
class FrameText:
    """Where a frame stands in its file.

    Attributes
    ----------
    start, end
        Half-open, in bytes.
    name
        Its first source's file name, to tell it from its neighbours; may be empty.
    """

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class FramesFile:
    """A file of several frames as it was read.

    Attributes
    ----------
    uri
        The file's name.
    data
        Its bytes.
    frames
        Its frames, in the order of the file.
    is_lines
        Whether it is JSON Lines.
    """

    uri: str
    data: bytes
    frames: tuple[FrameText, ...]
    is_lines: bool

    def text(self, number: int) -> bytes:
        """Give the text of a frame, counted from 0.

        Raises
        ------
        FrameError
            There is no frame of this number.
        """
        place = self._place(number)
        return self.data[place.start : place.end]

    def replaced(self, number: int, text: bytes) -> bytes:
        """Give the file's bytes with another text of one frame."""
        place = self._place(number)
        if self.is_lines:
            text = one_line(text)
        return self.data[: place.start] + text + self.data[place.end :]

    def _place(self, number: int) -> FrameText:
        if not 0 <= number < len(self.frames):
            raise FrameError(
                say("there is no frame {}", number + 1),
                uri=self.uri,
                hint=say("It holds {} frames", len(self.frames)),
            )
        return self.frames[number]


def place_in(path: Path, number: int) -> str:
    """Name a frame of a file, as the key of its fingerprint."""
    return f"{path}#{number}"


def one_line(text: bytes) -> bytes:
    """Give a JSON text on one line: line breaks never stand inside its strings."""
    return _LINE_BREAK.sub(lambda match: b", " if match[1] else b"", text)


def head_of_frame(path: Path, most: int = DEFAULT_LIMITS.max_bytes) -> bytes | None:
    """Read the head of a JSON file that may be a frame, or a list of frames; else None.

    Parameters
    ----------
    path
        The file.
    most
        So many of its bytes are searched for sources.
    """
    try:
        with open_regular(path, uri=str(path)) as file:
            head = chunk = file.read(HEAD_BYTES)
            done, is_frame = len(head), _SOURCES.search(head) is not None
            while not is_frame and chunk and done < most:
                before, chunk = chunk, file.read(HEAD_BYTES)
                done += len(chunk)
                # The key may be where two pieces meet.
                is_frame = _SOURCES.search(before[-_KEY_BYTES:] + chunk) is not None
    except (StorageError, OSError):
        return None
    return head if is_frame else None


def holds_frames(path: Path) -> bool:
    """Whether a JSON file holds a list of frames, by its name or its first character.

    False as well for a file that cannot be read: opening it says why.
    """
    if path.suffix.lower() in LINES_SUFFIXES:
        return True
    if path.suffix.lower() != ".json":
        return False
    try:
        with open_regular(path, uri=str(path)) as file:
            head = file.read(_HEAD_BYTES)
    except (StorageError, OSError):
        return False
    text = head.decode("utf-8", "ignore").lstrip("\ufeff")
    return (
        re.match(r"(\s|//[^\n]*\n|#[^\n]*\n|/\*.*?\*/)*\[", text, re.DOTALL) is not None
    )


def read_frames_file(path: Path) -> FramesFile:
    """Read a file of several frames and find where each stands.

    Raises
    ------
    FrameError
        It is broken JSON, or no list; it names the line and column.
    StorageError
        It cannot be read.
    """
    uri = str(path)
    data = read_bytes(path, uri=uri, max_bytes=LIST_LIMITS.max_bytes)
    is_lines = path.suffix.lower() in LINES_SUFFIXES
    frames = _find_lines(data) if is_lines else _find_members(data, uri)
    return FramesFile(uri, data, tuple(frames), is_lines)


def _find_lines(data: bytes) -> list[FrameText]:
    """Find the lines; one that is broken counts as a frame, and opening it says why."""
    bom = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    found: list[FrameText] = []
    for match in _LINE.finditer(data, bom):
        text = match[0].strip()
        if not text:
            continue
        start = match.start() + match[0].index(text)
        try:
            name = _name_of(json.loads(text))
        except (ValueError, RecursionError):
            name = ""
        found.append(FrameText(start, start + len(text), name))
    return found


def _find_members(data: bytes, uri: str) -> list[FrameText]:
    text = decode_text(data, uri, LIST_LIMITS)
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    cleaned = clean(text.removeprefix(bom), uri, LIST_LIMITS)
    if cleaned.depth > LIST_LIMITS.max_depth:
        read_json(data, uri=uri, limits=LIST_LIMITS)
    try:
        spans = _spans(cleaned.strict)
    except (ValueError, IndexError) as error:
        # The strict reader says what is wrong, and where.
        read_json(data, uri=uri, limits=LIST_LIMITS)
        raise FrameError(
            "it is no list of frames", uri=uri, hint="A list begins with ["
        ) from error
    found: list[FrameText] = []
    done, position = 0, len(bom.encode())
    for start, end, name in spans:
        first = position + len(cleaned.text[done:start].encode())
        position = first + len(cleaned.text[start:end].encode())
        found.append(FrameText(first, position, name))
        done = end
    return found


def _spans(strict: str) -> list[tuple[int, int, str]]:
    """Find where the members of a list stand in a strict text, in characters."""
    decoder = json.JSONDecoder()

    def skip(offset: int) -> int:
        match = _BLANKS.match(strict, offset)
        return match.end() if match else offset

    def expect(characters: str, offset: int) -> str:
        if strict[offset] not in characters:
            raise ValueError(offset)
        return strict[offset]

    at = skip(0)
    expect("[", at)
    at = skip(at + 1)
    spans: list[tuple[int, int, str]] = []
    if strict[at] != "]":
        while True:
            value, end = decoder.raw_decode(strict, at)
            spans.append((at, end, _name_of(value)))
            at = skip(end)
            if expect(",]", at) == "]":
                break
            at = skip(at + 1)
    if skip(at + 1) != len(strict):
        raise ValueError(at)
    return spans


def _name_of(value: Any) -> str:  # noqa: ANN401 - any JSON value
    sources = as_array((as_object(value) or {}).get("sources")) or ()
    first = as_object(sources[0]) if sources else None
    uri = first.get("uri") if first else None
    return uri.replace("\\", "/").rpartition("/")[2] if isinstance(uri, str) else ""
