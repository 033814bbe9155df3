import struct
import subprocess
import sys
from fractions import Fraction

import av
import av.logging
import numpy as np
import pytest
from PIL import Image, ImageOps

from chromask.errors import MediaError
from chromask.media import video
from chromask.media.video import read_video_frame

ROWS, COLS = 48, 64
RATE = 30
# Frame number n is grey of this level, far from that of its neighbours; the left columns
# of each are red, so that turning shows.
STEP = 4
X264 = "bframes=2:b-adapt=0:keyint=12:scenecut=0:open-gop=1:log-level=none"


@pytest.fixture(autouse=True, scope="module")
def _quiet_encoders():
    av.logging.set_level(None)


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


@pytest.fixture(scope="module")
def front_index(tmp_path_factory):
    """Sixty frames of H.264 with B-frames; the index lies before the frames."""
    path = tmp_path_factory.mktemp("video") / "front.mp4"
    return make_video(path, movflags="faststart")


@pytest.fixture
def patched(front_index, tmp_path):
    """Give a function that writes a copy of the video with other bytes."""

    def patch(name, change):
        data = bytearray(front_index.read_bytes())
        path = tmp_path / name
        path.write_bytes(change(data) or data)
        return path

    return patch


def read(path, timestamp_ms, **options):
    return read_video_frame(path, timestamp_ms, uri="shown.mp4", **options)


def error_of(path, timestamp_ms=0):
    with pytest.raises(MediaError) as caught:
        read(path, timestamp_ms)
    assert caught.value.problem.uri == "shown.mp4"
    assert caught.value.problem.hint
    return caught.value.problem.seen


def warning_of(shown):
    (problem,) = shown.problems
    assert problem.severity == "warning"
    assert problem.uri == "shown.mp4"
    assert problem.hint
    return problem.seen


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


def test_that_a_moment_is_sought_and_not_played_to(tmp_path, monkeypatch):
    path = make_video(tmp_path / "a.mp4", count=300)
    decoded = []
    real = video._decoded

    def counted(container, stream):
        for frame in real(container, stream):
            decoded.append(frame)
            yield frame

    monkeypatch.setattr(video, "_decoded", counted)

    for timestamp_ms in (5000, 9_990, 1_700_000_000_000):
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


# ------------------------------------------------------------------ damaged and refused


def test_that_a_video_cut_off_after_its_index_shows_the_last_whole_frame(patched):
    path = patched("cut.mp4", lambda data: data[: len(data) * 3 // 4])

    shown = read(path, 1900)

    assert "damaged" in warning_of(shown)
    assert 400 < shown.shown_ms < 1900
    assert number_of(shown.pixels) == round(shown.shown_ms * RATE / 1000)
    assert read(path, 100).problems == ()


def test_that_a_matroska_cut_off_says_that_it_ends_early(tmp_path):
    whole = make_video(tmp_path / "a.mkv")
    path = tmp_path / "cut.mkv"
    path.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    shown = read(path, 1900)

    assert "ends before its own length" in warning_of(shown)
    assert number_of(shown.pixels) == round(shown.shown_ms * RATE / 1000)


def test_that_damage_inside_shows_a_whole_frame_near_it(patched):
    def damage(data):
        middle = data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 2
        data[middle : middle + 60] = bytes(60)

    path = patched("damaged.mp4", damage)
    shown = [read(path, number * 1000 / RATE) for number in range(60)]

    odd = [n for n, frame in enumerate(shown) if number_of(frame.pixels) != n]
    assert 0 < len(odd) < 30
    assert {n for n, frame in enumerate(shown) if frame.problems} == set(odd)
    for number in odd:
        assert "damaged" in warning_of(shown[number])
    for frame in shown:
        assert frame.shown_ms == round(number_of(frame.pixels) * 1000 / RATE)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(lambda data: data.clear(), "empty", id="empty"),
        pytest.param(lambda data: data[:1000], "damaged or cut off", id="index cut"),
        pytest.param(
            lambda data: data[: data.index(b"mdat") + 4], "damaged", id="no frames"
        ),
        pytest.param(
            lambda data: data.replace(b"avc1", b"zzzz"), "not known here", id="codec"
        ),
        pytest.param(
            lambda data: b"#EXTM3U\n#EXTINF:1,\nsecret.ts\n", "no video", id="playlist"
        ),
        pytest.param(
            lambda data: b"ffconcat version 1.0\nfile front.mp4\n",
            "no video",
            id="concat",
        ),
        pytest.param(lambda data: b"just a text", "no video", id="text"),
        pytest.param(
            lambda data: bytes(4) + b"ftypheic" + bytes(40), "no video", id="HEIC"
        ),
        pytest.param(lambda data: (b"G" + bytes(187)) * 20, "no video", id="MPEG-TS"),
        pytest.param(
            lambda data: b"\x89PNG\r\n\x1a\n" + bytes(40), "no video", id="PNG"
        ),
    ],
)
def test_that_what_is_no_whole_video_is_an_error(patched, change, words):
    assert words in error_of(patched("a.mp4", change))


def test_that_a_file_without_a_picture_is_an_error(tmp_path):
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as output:
        stream = output.add_stream("aac", rate=8000, layout="mono")
        frame = av.AudioFrame.from_ndarray(
            np.zeros((1, 1024), np.float32), "fltp", "mono"
        )
        frame.sample_rate = 8000
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))

    assert "no video stream" in error_of(path)


def test_that_a_missing_file_and_a_folder_are_named(tmp_path):
    assert "no such file" in error_of(tmp_path / "none.mp4")
    assert "folder" in error_of(tmp_path)


def test_that_a_huge_picture_is_refused_before_it_is_decoded(front_index, monkeypatch):
    module = sys.modules["chromask.media.sniff"]
    monkeypatch.setattr(module, "MAX_PIXELS", ROWS * COLS - 1)
    monkeypatch.setattr(video, "_decoded", lambda *args: pytest.fail("decoded"))

    assert f"{COLS} x {ROWS}" in error_of(front_index)


def test_that_the_decoder_itself_is_bounded(front_index, monkeypatch):
    monkeypatch.setitem(video._OPTIONS, "max_pixels", str(ROWS * COLS - 1))

    assert "damaged" in error_of(front_index)


def test_that_libav_gets_neither_a_path_nor_a_choice(front_index, monkeypatch):
    calls = []
    real = av.open
    monkeypatch.setattr(
        av, "open", lambda *args, **kw: (calls.append((args, kw)), real(*args, **kw))[1]
    )

    read(front_index, 500)

    assert calls
    for (file,), options in calls:
        assert not isinstance(file.name, str)
        assert options["format"] == "mov"
        assert options["options"]["protocol_whitelist"] == "none"


def test_that_the_files_own_bytes_name_the_container(tmp_path):
    path = make_video(tmp_path / "a.mkv").rename(tmp_path / "a.mp4")

    assert number_of(read(path, 1000).pixels) == 30


def test_that_a_failing_disk_is_an_error_of_ours(front_index, monkeypatch):
    class Failing:
        name = 3

        def __init__(self, file):
            self.file, self.left = file, 1  # the head, and no more

        def read(self, size=-1):
            self.left -= 1
            if self.left < 0:
                raise OSError(5, "Input/output error")
            return self.file.read(size)

        def __getattr__(self, name):
            return getattr(self.file, name)

        def __enter__(self):
            return self

        def __exit__(self, *args):
            self.file.close()

    real = video.open_regular
    monkeypatch.setattr(
        video, "open_regular", lambda path, uri: Failing(real(path, uri=uri))
    )

    assert "damaged or cut off" in error_of(front_index, 500)


def test_that_libav_writes_nothing_to_the_terminal(patched):
    def damage(data):
        start = data.index(b"mdat") + 900
        data[start::7] = bytes(len(data[start::7]))

    path = patched("damaged.mp4", damage)
    code = (
        "import sys, pathlib\n"
        "from chromask.errors import MediaError\n"
        "from chromask.media.video import read_video_frame\n"
        "for ms in (0, 1000, 5000):\n"
        "    try:\n"
        "        read_video_frame(pathlib.Path(sys.argv[1]), ms, uri='u')\n"
        "    except MediaError:\n"
        "        pass\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(path)],
        capture_output=True,
        check=True,
    )

    assert (done.stdout, done.stderr) == (b"", b"")


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
