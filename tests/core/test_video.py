import struct
from fractions import Fraction

import av
import av.logging
import numpy as np
import pytest
from PIL import Image, ImageOps

from chromask.media import video
from videos import (
    COLS,
    RATE,
    ROWS,
    error_of,
    make_front,
    make_video,
    number_of,
    patch_video,
    read,
    warning_of,
)


@pytest.fixture(autouse=True, scope="module")
def _quiet_encoders():
    av.logging.set_level(None)


@pytest.fixture(scope="module")
def front_index(tmp_path_factory):
    return make_front(tmp_path_factory.mktemp("video"))


@pytest.fixture
def patched(front_index, tmp_path):
    """Give a function that writes a copy of the video with other bytes."""
    return lambda name, change: patch_video(front_index, tmp_path / name, change)


# ------------------------------------------------------------------- the nearest frame


@pytest.mark.parametrize(
    ("timestamp_ms", "number", "shown_ms"),
    [
        (0, 0, 0),
        (16, 0, 0),
        (17, 1, 33),
        (33, 1, 33),
        (33.4, 1, 33),
        (66, 2, 67),
        (400, 12, 400),
        (1000, 30, 1000),
        (1949, 58, 1933),
        (1951, 59, 1967),
        (1999, 59, 1967),
        (Fraction(100, 3), 1, 33),
        (50, 1, 33),  # as near to frame 2: the earlier one
    ],
)
def test_that_the_nearest_frame_is_shown(front_index, timestamp_ms, number, shown_ms):
    shown = read(front_index, timestamp_ms)

    assert (number_of(shown.pixels), shown.shown_ms) == (number, shown_ms)
    assert shown.problems == ()


X265 = {"x265-params": "log-level=none:keyint=12:bframes=3:open-gop=1"}


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("h264.mp4", {}),
        ("h264.mov", {}),
        ("h264.mkv", {}),
        ("h264-late.mp4", {"start": 45}),
        ("h264-late.mkv", {"start": 45}),
        ("h264-fragments.mp4", {"movflags": "frag_keyframe+empty_moov"}),
        ("h264-one-key.mp4", {"options": {"x264-params": "keyint=999:log-level=none"}}),
        ("hevc.mp4", {"codec": "libx265", "options": X265}),
        ("vp9.webm", {"codec": "libvpx-vp9"}),
        ("xvid.avi", {"codec": "mpeg4", "b_frames": 2}),
        ("xvid-late.avi", {"codec": "mpeg4", "b_frames": 2, "start": 45}),
        ("mjpeg.avi", {"codec": "mjpeg", "pix_fmt": "yuvj420p", "gop": 0}),
    ],
)
def test_that_seeking_finds_the_frame_that_playing_shows(tmp_path, name, options):
    path = make_video(tmp_path / name, **options)
    with av.open(str(path)) as container:
        played = [number_of(f.to_ndarray(format="rgb24")) for f in container.decode()]

    shown = [read(path, number * 1000 / RATE) for number in range(60)]

    assert [number_of(frame.pixels) for frame in shown] == played
    assert [f.shown_ms for f in shown] == [round(n * 1000 / RATE) for n in range(60)]
    assert not any(frame.problems for frame in shown)


def test_that_frames_of_unequal_length_are_found(tmp_path):
    path = make_video(tmp_path / "a.mp4", numbers=[0, 1, 20, 21, 50])

    shown = [number_of(read(path, number * 1000 / RATE).pixels) for number in range(51)]

    assert shown == [0, *[1] * 10, *[20] * 10, *[21] * 15, *[50] * 15]


def test_that_an_edit_list_that_hides_the_head_is_followed(patched):
    def hide_17_frames(data):
        at = data.index(b"elst") + 16
        (media_time,) = struct.unpack_from(">i", data, at)
        struct.pack_into(">i", data, at, media_time + 17 * 15360 // RATE)

    path = patched("edit.mp4", hide_17_frames)

    assert number_of(read(path, 0).pixels) == 17
    assert number_of(read(path, 500).pixels) == 32
    assert read(path, 500).shown_ms == 500


def test_that_a_still_video_of_one_frame_is_shown_at_any_moment(tmp_path):
    path = make_video(tmp_path / "a.mp4", count=1)

    assert read(path, 0).problems == ()
    assert "last frame at 0 ms" in warning_of(read(path, 5000))


def test_that_a_video_without_an_index_is_played_from_its_start(
    front_index, monkeypatch
):
    monkeypatch.setattr(video._Search, "_seek_and_scan", lambda *args: None)

    shown = read(front_index, 1000)

    assert number_of(shown.pixels) == 30


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.webm", "a.avi"])
def test_that_a_moment_is_sought_and_not_played_to(tmp_path, monkeypatch, name):
    codec = {"a.avi": "mpeg4", "a.webm": "libvpx-vp9"}.get(name, "libx264")
    path = make_video(tmp_path / name, codec, count=300)
    decoded = []
    real = video._decoded

    def counted(container, stream):
        for frame in real(container, stream):
            decoded.append(frame)
            yield frame

    monkeypatch.setattr(video, "_decoded", counted)

    for timestamp_ms in (5000, 9_990, 11_000, 1_700_000_000_000, 1e300):
        decoded.clear()
        read(path, timestamp_ms)

        assert 0 < len(decoded) <= 30


# --------------------------------------------------------------------- outside of it


@pytest.mark.parametrize(
    "timestamp_ms",
    [2000, 2001, 10_000, 1_700_000_000_000, 2**70, 1e300, 10**400],
    ids=["end", "2001", "10 s", "epoch", "2**70", "1e300", "10**400"],
)
@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.avi"])
def test_that_a_moment_after_the_end_shows_the_last_frame(tmp_path, name, timestamp_ms):
    codec = "mpeg4" if name == "a.avi" else "libx264"
    shown = read(make_video(tmp_path / name, codec), timestamp_ms)

    assert number_of(shown.pixels) == 59
    assert shown.shown_ms == 1967
    seen = warning_of(shown)
    assert "after the end" in seen
    assert "shows the last frame at 1967 ms" in seen
    assert len(seen) < 200


@pytest.mark.parametrize("timestamp_ms", [-1, -5000, -(2**70)])
def test_that_a_moment_before_the_start_shows_the_first_frame(
    front_index, timestamp_ms
):
    shown = read(front_index, timestamp_ms)

    assert number_of(shown.pixels) == 0
    assert "before the video" in warning_of(shown)


@pytest.mark.parametrize("timestamp_ms", [float("nan"), float("inf"), -float("inf")])
def test_that_no_number_is_no_moment(front_index, timestamp_ms):
    assert "no moment" in error_of(front_index, timestamp_ms)


# ---------------------------------------------------------------------------- pixels


def test_that_pixels_are_contiguous_rgb_bytes(front_index):
    pixels = read(front_index, 0).pixels

    assert pixels.shape == (ROWS, COLS, 3)
    assert pixels.dtype == np.uint8
    assert pixels.flags.c_contiguous
    assert np.abs(pixels[ROWS // 2, 2].astype(int) - (255, 0, 0)).max() <= 6


@pytest.mark.parametrize("size", [(62, 46), (130, 34)])
def test_that_odd_line_lengths_leave_no_slant(tmp_path, size):
    path = make_video(tmp_path / "a.mp4", count=2, size=size)

    pixels = read(path, 0).pixels

    assert pixels.shape == (size[1], size[0], 3)
    assert (np.ptp(pixels[:, 12:].astype(int), axis=(0, 1)) <= 4).all()


@pytest.mark.parametrize("full_range", [False, True], ids=["limited", "full"])
@pytest.mark.parametrize(
    ("matrix", "read_as"),
    [(1, 1), (5, 5), (6, 6), (9, 9), (2, 5)],
    ids=["BT.709", "BT.601", "SMPTE 170M", "BT.2020", "not said"],
)
def test_that_the_matrix_and_range_of_the_video_are_used(
    tmp_path, matrix, read_as, full_range
):
    colours = np.zeros((ROWS, COLS, 3), np.uint8)
    colours[: ROWS // 2] = (210, 40, 120)
    colours[ROWS // 2 :] = (20, 180, 60)
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as output:
        options = {"qp": "0", "x264-params": "log-level=none"}
        stream = output.add_stream("libx264", rate=RATE, options=options)
        stream.width, stream.height, stream.pix_fmt = COLS, ROWS, "yuv420p"
        stream.codec_context.colorspace = matrix
        stream.codec_context.color_range = 2 if full_range else 1
        frame = av.VideoFrame.from_ndarray(colours, "rgb24").reformat(
            format="yuv420p",
            dst_colorspace=read_as,
            dst_color_range=2 if full_range else 1,
            interpolation=0x42004,
        )
        frame.pts = 0
        frame.colorspace = matrix
        frame.color_range = 2 if full_range else 1
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))

    pixels = read(path, 0).pixels

    for row in (8, ROWS - 8):
        assert np.abs(pixels[row, 20].astype(int) - colours[row, 20]).max() <= 3


def turned(a, b, c, d):
    """Change a display matrix: x' = a x + c y, y' = b x + d y."""

    def change(data):
        matrix = [value * 65536 for value in (a, b, 0, c, d, 0, 0, 0)]
        struct.pack_into(">9i", data, data.index(b"tkhd") + 44, *matrix, 1 << 30)

    return change


TURNS = {
    1: (1, 0, 0, 1),
    2: (-1, 0, 0, 1),
    3: (-1, 0, 0, -1),
    4: (1, 0, 0, -1),
    5: (0, 1, 1, 0),
    6: (0, 1, -1, 0),
    7: (0, -1, -1, 0),
    8: (0, -1, 1, 0),
}


@pytest.mark.parametrize(("orientation", "matrix"), TURNS.items())
def test_that_the_display_matrix_turns_the_pixels(patched, orientation, matrix):
    path = patched("turned.mp4", turned(*matrix))
    stored = read(path, 100, upright=False)

    shown = read(path, 100)

    a, b, c, d = matrix
    expected = np.zeros_like(shown.pixels)
    for row in range(ROWS):
        for col in range(COLS):
            x, y = a * col + c * row, b * col + d * row
            # A negative index counts from the far end, where -1 is the first.
            expected[y - (min(b, d) < 0), x - (min(a, c) < 0)] = stored.pixels[row, col]
    assert stored.pixels.shape == (ROWS, COLS, 3)
    assert shown.pixels.shape == ((COLS, ROWS, 3) if b else (ROWS, COLS, 3))
    assert shown.orientation == stored.orientation == orientation
    assert shown.pixels.flags.c_contiguous
    assert np.array_equal(shown.pixels, expected)


def test_that_an_orientation_of_exif_and_of_a_video_mean_the_same(patched):
    for orientation, matrix in TURNS.items():
        path = patched("turned.mp4", turned(*matrix))
        image = Image.fromarray(read(path, 100, upright=False).pixels)
        image.getexif()[0x0112] = orientation

        upright = np.asarray(ImageOps.exif_transpose(image))

        assert np.array_equal(upright, read(path, 100).pixels)


# -------------------------------------------------------------------------- real data


@pytest.mark.parametrize(
    ("name", "exact", "most"),
    [
        ("front_seg.mp4", "front_0500ms_seg.png", 1.0),
        ("front_instance_seg.mp4", "front_0500ms_seg_instance.png", 0.2),
        ("front.mp4", "front_0500ms.png", 7.0),
    ],
)
def test_that_real_colours_are_near_the_exact_ones(real_data, name, exact, most):
    folder = real_data / "examples" / "car_1"
    pixels = np.asarray(Image.open(folder / exact).convert("RGB")).astype(int)

    def difference(timestamp_ms):
        shown = read(folder / name, timestamp_ms)
        assert shown.problems == ()
        return np.abs(shown.pixels - pixels).mean()

    assert difference(500) < most
    # Neither the frame before nor the one behind.
    assert difference(500) == min(difference(ms) for ms in (467, 500, 533))


def test_that_real_hevc_is_sought_to_the_frame_that_playing_shows(real_data):
    path = real_data / "data/example1_video/videos/example1_input_video.mp4"
    wanted = (0, 1, 59, 120)
    with av.open(str(path)) as container:
        played = {
            number: frame.to_ndarray(format="rgb24", interpolation=video._INTERPOLATION)
            for number, frame in enumerate(container.decode(video=0))
            if number in wanted
        }

    for number in wanted:
        shown = read(path, round(number * 1000 / 30))

        assert np.array_equal(shown.pixels, played[number])
        assert shown.problems == ()
    assert "last frame at 4000 ms" in warning_of(read(path, 1_700_000_000_000))
