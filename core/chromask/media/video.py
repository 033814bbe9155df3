"""One moment of a video as pixels: opened safely, found by seeking, turned upright.

libav gets the bytes of a file that is open already, and the name of its container: never a
path, so that no playlist, protocol or reference inside a file leads anywhere. PyAV is imported
by nothing else.
"""

from __future__ import annotations

import io
import struct
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

import av
import av.error
import av.logging
import numpy as np

from chromask.errors import MediaError, Problem, StorageError, say
from chromask.media.limits import DECODE_LIMITS
from chromask.media.sniff import VIDEO, check_size, container_of, damaged
from chromask.storage.local import open_regular

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

    import numpy.typing as npt
    from av.container import InputContainer
    from av.sidedata.sidedata import SideData
    from av.video.frame import VideoFrame as AvFrame
    from av.video.stream import VideoStream

    from chromask.media.limits import DecodeLimits

# Not err_detect=explode: H.264 then takes the frames that
# lean on nothing after a seek (open GOP) for damage, and all that follow; a picture that was
# concealed is known by its flag.
# How far before the wanted moment a search starts, until the frames on both sides are found:
# the frame that an index calls the last key before it can be shown after it (B-frames).
_STEPS_BACK_S = (Fraction(0), Fraction(2), Fraction(15))
# POINT | FULL_CHR_H_INT | ACCURATE_RND of libswscale. On a mask video whose exact colours are
# known, the mean difference fell from 2.05 to 0.68 levels; and the colour of a pixel is its
# own sample's, never mixed with the neighbour's.
_INTERPOLATION = 0x10 | 0x2000 | 0x40000
_ATTACHED_PICTURE = 0x400  # AV_DISPOSITION_ATTACHED_PIC: a cover, not the video
_HEAD_BYTES = 64
_MATRIX_BYTES = 36  # nine int32
_WHOLE_COPY = "Get a whole copy of the video"


@dataclass(frozen=True, slots=True, eq=False)
class VideoFrame:
    """The frame of a video that is shown at a moment.

    Attributes
    ----------
    pixels
        (rows, cols, 3) uint8, RGB, C-contiguous.
    shown_ms
        When this frame is shown, rounded to whole milliseconds after the first frame.
    uri
        The file's name in messages.
    orientation
        How the video says that its pixels are to be turned, as the numbers 1 to 8 of EXIF; 1
        is as stored.
    problems
        Warnings: the moment lies outside the video, or the video is damaged there.
    """

    pixels: npt.NDArray[np.uint8]
    shown_ms: int
    uri: str
    orientation: int = 1
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Timed:
    """A frame with its time on the file's own clock, in seconds."""

    time_s: Fraction
    frame: AvFrame


@dataclass(slots=True)
class _Around:
    """The good frames next to a moment: the last at or before it, and the first after."""

    before: _Timed | None = None
    after: _Timed | None = None
    is_damaged: bool = False


def read_video_frame(
    path: Path,
    timestamp_ms: float,
    *,
    uri: str,
    upright: bool = True,
    limits: DecodeLimits = DECODE_LIMITS,
) -> VideoFrame:
    """Read the frame of a video that is nearest to a moment.

    The first frame is the moment 0, whatever the file's own clock says. Of two frames
    equally near the earlier one is taken. Colours follow the matrix and range that the video
    names; one that names none is read as BT.601 with limited range, as ffmpeg and OpenCV write
    and read it.

    Parameters
    ----------
    path
        An MP4 or MOV, Matroska or WebM, or AVI file; its first bytes decide, not its name.
    timestamp_ms
        Milliseconds after the first frame. At 30 frames a second the second frame is
        shown at 33. Outside the video: the first or last frame, with a warning.
    uri
        The file's name in messages.
    upright
        Turn and mirror the pixels as the video's display matrix says, the way players
        show it. False gives them as they are stored.
    limits
        How large a frame may be.

    Raises
    ------
    MediaError
        The file is missing, no video of these kinds, too large a picture, or so damaged
        that no frame can be decoded.
    """
    # Without it a damaged video fills the terminal; the messages here say it better.
    av.logging.set_level(None)
    wanted = _as_seconds(timestamp_ms, uri)
    try:
        with open_regular(path, uri=uri) as file:
            return _Search(file, wanted, uri, limits, upright=upright).shown()
    except StorageError as error:
        problem = error.problem
        raise MediaError(problem.seen, uri=uri, hint=problem.hint) from error
    except (av.error.FFmpegError, OSError) as error:
        raise damaged(_reason(error), uri=uri) from error


class _Flushable(Protocol):
    # PyAV's own stub leaves the packet's type open, which a strict check refuses.
    def decode(self, packet: None) -> list[AvFrame]: ...


class _Search:
    """The search for one moment in one open file."""

    def __init__(
        self,
        file: BinaryIO,
        wanted: Fraction,
        uri: str,
        limits: DecodeLimits,
        *,
        upright: bool,
    ) -> None:
        self.limits = limits
        self.file_bytes = file.seek(0, io.SEEK_END)
        file.seek(0)
        # The decoder holds to our limit too.
        self.options = {"max_pixels": str(limits.pixels)}
        self.file = file
        self.wanted = wanted
        self.uri = uri
        self.upright = upright
        self.container_name = _container_name(file.read(_HEAD_BYTES), uri)
        self.tick = Fraction(1, av.time_base)
        self.first = Fraction(0)
        self.length: Fraction | None = None
        self.frame_s = Fraction(1, 30)
        self.is_clock_known = False

    def shown(self) -> VideoFrame:
        """Return the nearest frame that can be decoded."""
        around = self._around()
        nearest = _nearest(around, self.first + self.wanted)
        if nearest is None:
            raise damaged("no frame of it can be decoded", uri=self.uri)
        shown_s = nearest.time_s - self.first
        problem = self._problem(around, shown_s)
        orientation = _orientation_of(nearest.frame)
        return VideoFrame(
            _pixels_of(nearest.frame, orientation if self.upright else 1),
            round(shown_s * 1000),
            self.uri,
            orientation,
            (problem,) if problem else (),
        )

    def _around(self) -> _Around:
        """Find the frames around the moment, from the nearest key frame where possible."""
        tried: Fraction | None = None
        for step in _STEPS_BACK_S if self.wanted > 0 else ():
            with self._opened() as (container, stream):
                start = self._seek_time() - step
                if start <= self.first or start == tried:
                    break
                tried = start
                around = self._seek_and_scan(container, stream, start)
            if around and around.before:
                return around
        # Slow and sure: also for files whose index is missing or wrong.
        with self._opened() as (container, stream):
            return self._scan(container, stream, is_start=True)

    @contextmanager
    def _opened(self) -> Generator[tuple[InputContainer, VideoStream]]:
        self.file.seek(0)
        with av.open(
            self.file,
            mode="r",
            format=self.container_name,
            # No protocol has this name: what a file refers to is never opened.
            options={**self.options, "protocol_whitelist": "none"},
            metadata_errors="replace",
        ) as container:
            stream = _video_of(container, self.uri)
            self._check_size(stream.height, stream.width)
            stream.codec_context.options = dict(self.options)
            # Frame threads as well: a long way from a key frame takes half the time.
            stream.thread_type = "AUTO"
            self._measure(container, stream)
            yield container, stream

    def _check_size(self, rows: int, cols: int) -> None:
        check_size(rows, cols, self.file_bytes, self.limits, uri=self.uri)

    def _measure(self, container: InputContainer, stream: VideoStream) -> None:
        self.tick = tick = Fraction(stream.time_base or Fraction(1, av.time_base))
        if not self.is_clock_known:
            self.is_clock_known = True
            self.first = self._first_time(container, stream)
        if stream.duration:
            self.length = stream.duration * tick
        elif container.duration:
            self.length = Fraction(container.duration, av.time_base)
        rate = stream.average_rate or stream.base_rate
        if rate:
            self.frame_s = 1 / Fraction(rate)

    def _first_time(self, container: InputContainer, stream: VideoStream) -> Fraction:
        """Return when the first frame is shown, on the file's own clock."""
        if self.container_name != "avi" and stream.start_time is not None:
            return stream.start_time * self.tick
        # AVI knows no time of showing: with B-frames, or with empty frames in front, its
        # start is not that of the first frame. Only decoding tells.
        for frame in _decoded(container, stream):
            if frame is not None and frame.pts is not None:
                container.seek(0)
                return frame.pts * self.tick
        return Fraction(0)

    def _seek_time(self) -> Fraction:
        # Not beyond the end: a step back from there would still lie behind the damage of a
        # video that is cut off.
        inside = self.wanted if self.length is None else min(self.wanted, self.length)
        return self.first + inside

    def _seek_and_scan(
        self, container: InputContainer, stream: VideoStream, start: Fraction
    ) -> _Around | None:
        # int64 is what libav counts in; the sign and a factor stay free.
        ticks = min(int(start / self.tick), 1 << 60)
        try:
            container.seek(ticks, stream=stream, backward=True, any_frame=False)
        except (av.error.FFmpegError, OSError):
            return None  # no index: the scan from the start needs none
        return self._scan(container, stream, is_start=False)

    def _scan(
        self, container: InputContainer, stream: VideoStream, *, is_start: bool
    ) -> _Around:
        """Decode forward until a good frame lies after the moment, or to the end."""
        around = _Around()
        target = self.first + self.wanted
        # After a seek or an error, frames lean on others that are not there, until the
        # next key frame.
        is_whole = is_start
        for frame in _decoded(container, stream):
            if frame is None or frame.is_corrupt:
                around.is_damaged, is_whole = True, False
                continue
            is_whole = is_whole or bool(frame.key_frame)
            if not is_whole or frame.pts is None:
                continue
            self._check_size(frame.height, frame.width)
            # Frames flushed at the end come without their time base: it is the stream's.
            timed = _Timed(frame.pts * self.tick, frame)
            if timed.time_s > target:
                around.after = timed
                break
            around.before = timed
        return around

    def _problem(self, around: _Around, shown_s: Fraction) -> Problem | None:
        """Say where another frame is shown than the one that was asked for."""
        shown_ms, wanted_ms = round(shown_s * 1000), _round_ms(self.wanted)
        away_s = abs(shown_s - self.wanted)
        if around.is_damaged and 2 * away_s > self.frame_s:
            return self._warning(
                say(
                    "the video is damaged at {} ms; shows the nearest whole frame, at {} ms",
                    wanted_ms,
                    shown_ms,
                ),
                _WHOLE_COPY,
            )
        if self.wanted < 0:
            return self._warning(
                say(
                    "{} ms lies before the video; shows the first frame, at {} ms",
                    wanted_ms,
                    shown_ms,
                ),
                "Check the timestamp",
            )
        # The last frame stays on screen as long as the others do.
        if around.after or not around.before or away_s < self._lasts(around.before):
            return None
        if self.length is not None and self.wanted < self.length:
            return self._warning(
                say(
                    "the video ends before its own length; shows the last frame at {} ms instead of {} ms",
                    shown_ms,
                    wanted_ms,
                ),
                _WHOLE_COPY,
            )
        return self._warning(
            say(
                "{} ms lies after the end of the video; shows the last frame at {} ms",
                wanted_ms,
                shown_ms,
            ),
            "Check the timestamp; it counts milliseconds from the start of the video",
        )

    def _lasts(self, timed: _Timed) -> Fraction:
        return (timed.frame.duration or 0) * self.tick or self.frame_s

    def _warning(self, seen: str, hint: str) -> Problem:
        return Problem(seen, self.uri, "timestamp", hint, "warning")


def _as_seconds(timestamp_ms: float, uri: str) -> Fraction:
    try:
        return Fraction(timestamp_ms) / 1000
    except (ValueError, OverflowError) as error:
        raise MediaError(
            say("{} is no moment of a video", timestamp_ms),
            uri=uri,
            place="timestamp",
            hint="Write the milliseconds from the start of the video",
        ) from error


def _round_ms(seconds: Fraction) -> str:
    # A float of 1e300 is a number of 300 digits: nobody reads it.
    milliseconds = seconds * 1000
    return str(round(milliseconds)) if abs(milliseconds) < 10**20 else "very many"


def _container_name(head: bytes, uri: str) -> str:
    """Name the demuxer by the file's own magic; nothing else is ever tried."""
    if container_of(head) != VIDEO:
        raise MediaError(
            "the file is empty"
            if not head
            else "the file is no video that is read here",
            uri=uri,
            hint="Convert it to MP4, WebM or AVI",
        )
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    return "avi" if head.startswith(b"RIFF") else "mov"


def _video_of(container: InputContainer, uri: str) -> VideoStream:
    for stream in container.streams.video:
        if int(stream.disposition) & _ATTACHED_PICTURE:
            continue
        # PyAV's stub does not say that an unknown codec has no context.
        if cast("object", stream.codec_context) is None:
            raise MediaError(
                "the video is coded in a way that is not known here",
                uri=uri,
                hint="Convert it to H.264, HEVC, VP9 or AV1",
            )
        return stream
    raise MediaError(
        "the file holds no video stream", uri=uri, hint="Name a file with a picture"
    )


def _decoded(
    container: InputContainer, stream: VideoStream
) -> Iterator[AvFrame | None]:
    """Give the frames in the order of showing; None where one was damaged."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except (av.error.FFmpegError, OSError):
            # Nothing can be read behind it, but the decoder still holds whole frames.
            yield None
            packet = None
        if packet is None or (packet.dts is packet.pts is None and not packet.size):
            yield from _flushed(stream)
            return
        if packet.is_corrupt or not packet.size:  # cut off in the file
            yield None
            continue
        try:
            yield from packet.decode()
        except (av.error.FFmpegError, OSError):
            yield None


def _flushed(stream: VideoStream) -> Iterator[AvFrame | None]:
    try:
        yield from cast("_Flushable", stream).decode(None)
    except av.error.EOFError:
        return
    except (av.error.FFmpegError, OSError):
        yield None


def _nearest(around: _Around, target: Fraction) -> _Timed | None:
    before, after = around.before, around.after
    if before is None or after is None:
        return before or after
    return after if after.time_s - target < target - before.time_s else before


def _orientation_of(frame: AvFrame) -> int:
    """Return the orientation, as a number of EXIF, that the display matrix stands for."""
    matrix = next(
        (
            bytes(side)
            for side in cast("Iterable[SideData]", frame.side_data)
            if side.type.name == "DISPLAYMATRIX"
        ),
        b"",
    )
    if len(matrix) < _MATRIX_BYTES:
        return 1
    a, b, _, c, d = struct.unpack_from("=5i", matrix)
    # x' = a x + c y, y' = b x + d y; in between the quarter turns it means nothing here.
    if abs(b) + abs(c) < abs(a) + abs(d):
        return {(False, False): 1, (True, False): 2, (True, True): 3, (False, True): 4}[
            a < 0, d < 0
        ]
    return {(False, False): 5, (True, False): 6, (True, True): 7, (False, True): 8}[
        c < 0, b < 0
    ]


def _pixels_of(frame: AvFrame, orientation: int) -> npt.NDArray[np.uint8]:
    pixels = cast(
        "npt.NDArray[np.uint8]",
        frame.to_ndarray(format="rgb24", interpolation=_INTERPOLATION),
    )
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    return text[:1].lower() + text[1:]
