import subprocess
import sys

import av
import av.logging
import numpy as np
import pytest

from chromask.media import DecodeLimits, video
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


CLOSED = {"x264-params": "bframes=2:keyint=12:log-level=none"}


@pytest.mark.parametrize("options", [None, CLOSED], ids=["open GOP", "closed GOP"])
@pytest.mark.parametrize("change", [0, 85], ids=["zeros", "flipped bits"])
def test_that_damage_inside_shows_a_whole_frame_near_it(tmp_path, options, change):
    def damage(data):
        middle = data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 2
        for at in range(middle, middle + 60):
            data[at] = data[at] ^ change if change else 0

    whole = make_video(tmp_path / "a.mp4", options=options, movflags="faststart")
    path = patch_video(whole, tmp_path / "damaged.mp4", damage)
    shown = [read(path, number * 1000 / RATE) for number in range(60)]

    odd = [n for n, frame in enumerate(shown) if number_of(frame.pixels) != n]
    assert 0 < len(odd) < 30
    assert {n for n, frame in enumerate(shown) if frame.problems} == set(odd)
    for number in odd:
        assert "damaged" in warning_of(shown[number])
    for frame in shown:
        assert frame.shown_ms == round(number_of(frame.pixels) * 1000 / RATE)


def test_that_a_picture_that_was_concealed_is_not_shown(front_index, monkeypatch):
    class Concealed:
        is_corrupt = True

    real = video._decoded

    def conceal(container, stream):
        for frame in real(container, stream):
            yield Concealed() if 600 < frame.time * 1000 < 700 else frame

    monkeypatch.setattr(video, "_decoded", conceal)

    assert read(front_index, 567).problems == ()
    assert read(front_index, 800).problems == ()
    # What follows the concealed pictures leans on them, until the next key frame.
    assert [read(front_index, ms).shown_ms for ms in (633, 750)] == [600, 800]
    for timestamp_ms in (633, 700, 750):
        assert "damaged" in warning_of(read(front_index, timestamp_ms))


def test_that_the_last_whole_frame_of_a_cut_video_is_sought(tmp_path, monkeypatch):
    whole = make_video(tmp_path / "a.mp4", count=300, movflags="faststart")
    # A second and more is missing at the end, with the last key frames.
    path = patch_video(
        whole, tmp_path / "cut.mp4", lambda data: data[: len(data) * 8 // 9]
    )
    decoded = []
    real = video._decoded

    def counted(container, stream):
        for frame in real(container, stream):
            decoded.append(frame)
            yield frame

    monkeypatch.setattr(video, "_decoded", counted)

    shown = read(path, 1_700_000_000_000)

    assert 7000 < shown.shown_ms < 9700
    assert number_of(shown.pixels) == round(shown.shown_ms * RATE / 1000) % 60
    assert len(decoded) < 150


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
    monkeypatch.setattr(video, "_decoded", lambda *args: pytest.fail("decoded"))
    few = DecodeLimits(ROWS * COLS - 1)

    assert f"limit of {ROWS * COLS - 1} pixels" in error_of(front_index, limits=few)


def test_that_the_decoder_itself_is_bounded(front_index, monkeypatch):
    monkeypatch.setattr(video, "check_size", lambda *args, **rest: None)

    assert "damaged" in error_of(front_index, limits=DecodeLimits(ROWS * COLS - 1))


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
