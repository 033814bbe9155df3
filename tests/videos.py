"""Small videos that tests write, and what they ask of the frames that are read back."""

from fractions import Fraction

import av
import numpy as np
import pytest

from chromask.errors import MediaError
from chromask.media.video import read_video_frame

ROWS, COLS = 48, 64
RATE = 30
# Frame number n is grey of this level, far from that of its neighbours; the left columns
# of each are red, so that turning shows.
STEP = 4
X264 = "bframes=2:b-adapt=0:keyint=12:scenecut=0:open-gop=1:log-level=none"


def picture(number, rows=ROWS, cols=COLS):
    pixels = np.full((rows, cols, 3), 10 + STEP * (number % 60), np.uint8)
    pixels[:, :8] = (255, 0, 0)
    return pixels


def number_of(pixels):
    middle = pixels[pixels.shape[0] // 2, pixels.shape[1] // 2]
    return round((float(middle.mean()) - 10) / STEP)


def make_video(
    path,
    codec="libx264",
    *,
    count=60,
    numbers=None,
    start=0,
    rate=RATE,
    pix_fmt="yuv420p",
    size=(COLS, ROWS),
    options=None,
    movflags="",
    gop=12,
    b_frames=0,
    **tags,
):
    """Write a video whose frame n, shown at (n + start) / rate, is ``picture(n)``."""
    if options is None:
        options = {"x264-params": X264} if codec == "libx264" else {}
    with av.open(
        str(path), "w", options={"movflags": movflags} if movflags else {}
    ) as output:
        stream = output.add_stream(codec, rate=rate, options=options)
        stream.width, stream.height = size
        stream.pix_fmt = pix_fmt
        stream.bit_rate = 8_000_000  # enough that every level survives
        stream.codec_context.gop_size = gop
        stream.codec_context.max_b_frames = b_frames
        for name, value in tags.items():
            setattr(stream.codec_context, name, value)
        for number in numbers or range(count):
            frame = av.VideoFrame.from_ndarray(
                picture(number, size[1], size[0]), "rgb24"
            )
            frame.pts = number + start
            frame.time_base = Fraction(1, rate)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


def make_front(folder):
    """Write sixty frames of H.264 with B-frames; the index lies before the frames."""
    return make_video(folder / "front.mp4", movflags="faststart")


def patch_video(source, path, change):
    """Write a copy of a video whose bytes ``change`` edits in place or returns."""
    data = bytearray(source.read_bytes())
    changed = change(data)
    path.write_bytes(data if changed is None else changed)
    return path


def read(path, timestamp_ms, **options):
    return read_video_frame(path, timestamp_ms, uri="shown.mp4", **options)


def error_of(path, timestamp_ms=0, **rest):
    with pytest.raises(MediaError) as caught:
        read(path, timestamp_ms, **rest)
    assert caught.value.problem.uri == "shown.mp4"
    assert caught.value.problem.hint
    return caught.value.problem.seen


def warning_of(shown):
    (problem,) = shown.problems
    assert problem.severity == "warning"
    assert problem.uri == "shown.mp4"
    assert problem.hint
    return problem.seen
