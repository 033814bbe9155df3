import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chromask.errors import StorageError
from chromask.storage import uri as uri_module
from chromask.storage.uri import locate, relative_to

BASE = Path("/base")


def refusal_of(uri, base=BASE):
    with pytest.raises(StorageError) as caught:
        locate(uri, base)
    assert caught.value.problem.hint
    return str(caught.value)


def put(folder, name):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(name.encode(errors="surrogateescape"))
    return path


# ------------------------------------------------------------------------ plain paths


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("a.png", "/base/a.png"),
        ("masks/a.png", "/base/masks/a.png"),
        ("../other/a.png", "/base/../other/a.png"),
        ("./a.png", "/base/a.png"),
        ("/else/a.png", "/else/a.png"),
        ("a b.png", "/base/a b.png"),
        ("ä/漢😀.png", "/base/ä/漢😀.png"),
        ("a:b.png", "/base/a:b.png"),
        ("take:2.png", "/base/take:2.png"),
        ("10:30 front.png", "/base/10:30 front.png"),
        ("a%20b.png", "/base/a%20b.png"),
        ("a#b?c=d.png", "/base/a#b?c=d.png"),
        ("100%.png", "/base/100%.png"),
        ("~/a.png", "/base/~/a.png"),
        ("$HOME/a.png", "/base/$HOME/a.png"),
        ("me@home/a.png", "/base/me@home/a.png"),
    ],
)
def test_that_a_plain_path_is_taken_as_written(uri, path):
    assert locate(uri, BASE) == Path(path)


def test_that_without_a_base_a_path_starts_at_the_current_folder():
    assert locate("masks/a.png", None) == Path("masks/a.png")


@pytest.mark.parametrize("name", ["a%20b.png", "a#1.png", "a?b.png", "50%.png", "%"])
def test_that_the_literal_name_wins(tmp_path, name):
    put(tmp_path, "a b.png")
    path = put(tmp_path, name)

    assert locate(name, tmp_path) == path


def test_that_an_encoded_relative_path_is_found_when_no_file_has_the_literal_name(
    tmp_path,
):
    path = put(tmp_path, "my masks/ä 1.png")

    assert locate("my%20masks/%C3%A4%201.png", tmp_path) == path


def test_that_a_path_written_on_windows_is_found(tmp_path):
    path = put(tmp_path, "masks/a.png")

    assert locate("masks\\a.png", tmp_path) == path


def test_that_a_backslash_in_a_name_wins_over_a_folder(tmp_path):
    put(tmp_path, "masks/a.png")
    path = put(tmp_path, "masks\\a.png")

    assert locate("masks\\a.png", tmp_path) == path


def test_that_a_literal_name_is_found_though_its_decoding_is_refused(tmp_path):
    path = put(tmp_path, "100%0A.png")

    assert locate("100%0A.png", tmp_path) == path


def test_that_a_link_to_nothing_counts_as_the_literal_name(tmp_path):
    put(tmp_path, "a b.png")
    (tmp_path / "a%20b.png").symlink_to("gone.png")

    assert locate("a%20b.png", tmp_path) == tmp_path / "a%20b.png"


# -------------------------------------------------------------------------- file: URIs


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///data/a.png", "/data/a.png"),
        ("file:/data/a.png", "/data/a.png"),
        ("file://localhost/data/a.png", "/data/a.png"),
        ("FILE:///data/a.png", "/data/a.png"),
        ("file:///data/a%20b%23%C3%A4.png", "/data/a b#ä.png"),
        ("file:///data/a b.png", "/data/a b.png"),
        ("file:///data/%2520.png", "/data/%20.png"),
    ],
)
def test_that_a_file_uri_is_decoded(uri, path):
    assert locate(uri, BASE) == Path(path)


def test_that_a_file_uri_written_without_encoding_is_found(tmp_path):
    path = put(tmp_path, "a%20b#1.png")

    assert locate(f"file://{path}", None) == path


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX only")
def test_that_a_name_that_is_no_utf8_survives_a_file_uri(tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.png")
    path.write_bytes(b"")

    assert locate(path.as_uri(), None) == path


@pytest.mark.parametrize("uri", ["file:a.png", "file:", "file://"])
def test_that_a_file_uri_without_a_whole_path_is_refused(uri):
    assert "whole path" in refusal_of(uri)


def test_that_a_file_uri_of_another_machine_is_refused():
    assert "'file://server'" in refusal_of("file://server/share/a.png")


# ---------------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    "uri",
    [
        "s3://bucket/a.png",
        "S3://bucket/a.png",
        "gs://bucket/a.png",
        "http://host/a.png",
        "https://host/a.png",
        "azure://account/a.png",
        "ftp://host/a.png",
        "data:image/png;base64,AAAA",
        "http:a.png",
        "made-up+1.0://x",
    ],
)
def test_that_other_protocols_are_not_fetched(uri):
    scheme = uri.partition(":")[0].lower()

    assert f"'{scheme}:' addresses are not fetched" in refusal_of(uri)


def test_that_a_planted_folder_does_not_make_a_protocol_a_path(tmp_path):
    put(tmp_path, "s3:/bucket/a.png")

    assert "not fetched" in refusal_of("s3://bucket/a.png", tmp_path)


@pytest.mark.parametrize(
    "uri",
    ["zip://a.png::s3://bucket/a.zip", "simplecache::file:///a.png", "a::b.png"],
)
def test_that_chained_protocols_are_refused(uri):
    assert "'::'" in refusal_of(uri)


@pytest.mark.parametrize(
    "uri",
    [
        "https://ann:hunter2@host/a.png",
        "s3://hunter2@bucket/a.png",
        "file://ann:hunter2@localhost/a.png",
        "//ann:hunter2@host/a.png",
    ],
)
def test_that_a_user_name_is_refused_and_not_repeated(uri):
    text = refusal_of(uri)

    assert "user name" in text
    assert "hunter2" not in text
    assert "ann" not in text


def test_that_a_signature_is_not_repeated():
    text = refusal_of("https://host/a.png?X-Amz-Signature=hunter2")

    assert "https://host/a.png?***" in text
    assert "hunter2" not in text


@pytest.mark.parametrize(
    "uri",
    [
        "//server/share/a.png",
        "\\\\server\\share\\a.png",
        "\\/server/share/a.png",
        "\\\\?\\C:\\a.png",
        "file:////server/share/a.png",
        "file:///%5C%5Cserver/a.png",
        "%5C%5Cserver%5Ca.png",
    ],
)
def test_that_a_network_path_is_refused(uri):
    assert "network path" in refusal_of(uri)


@pytest.mark.parametrize(
    "uri", ["a\0.png", "a\n.png", "\x1b[2Ja.png", "a\x85", "a\x7f"]
)
def test_that_control_characters_are_refused_and_not_printed(uri):
    text = refusal_of(uri)

    assert "control character U+00" in text
    assert text.isprintable()


@pytest.mark.parametrize("uri", ["file:///a%00b.png", "file:///a%0Ab.png", "a%00b.png"])
def test_that_control_characters_are_refused_behind_percent_signs(uri):
    assert "control character" in refusal_of(uri)


def test_that_half_a_character_is_refused():
    assert "surrogate" in refusal_of("a\ud800.png")


def test_that_an_empty_uri_is_refused():
    assert "empty" in refusal_of("")


def test_that_a_long_uri_is_shortened_in_the_message():
    assert len(refusal_of(f"s3://{'a' * 100_000}")) < 1000


# ---------------------------------------------------------------------------- Windows


@pytest.mark.parametrize(
    "uri", ["C:\\data\\a.png", "c:/data/a.png", "file:///C:/a.png"]
)
def test_that_a_windows_drive_is_named_on_other_systems(uri):
    assert "Windows drive" in refusal_of(uri)


def test_that_a_file_named_like_a_drive_is_found_on_other_systems(tmp_path):
    path = put(tmp_path, "C:\\a.png")

    assert locate("C:\\a.png", tmp_path) == path


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("C:/data/a b.png", "C:/data/a b.png"),
        ("file:///C:/data/a%20b.png", "C:/data/a b.png"),
        ("file://C:/data/a.png", "C:/data/a.png"),
        ("file:///C%3A/data/a.png", "C:/data/a.png"),
    ],
)
def test_that_a_drive_is_no_protocol_on_windows(uri, path, monkeypatch):
    monkeypatch.setattr(uri_module, "_IS_WINDOWS", True)

    assert locate(uri, None) == Path(path)


@pytest.mark.parametrize("uri", ["a.png:hidden", "C:a.png", "x/C:/a.png", "C:/a:b"])
def test_that_a_colon_in_a_name_is_refused_on_windows(uri, monkeypatch):
    monkeypatch.setattr(uri_module, "_IS_WINDOWS", True)

    assert "colon" in refusal_of(uri)


# ------------------------------------------------------------------------ relative_to


@pytest.mark.parametrize(
    ("path", "base", "uri"),
    [
        ("/d/a.png", "/d", "a.png"),
        ("/d/masks/a b.png", "/d", "masks/a b.png"),
        ("/d/e/a.png", "/d/f/g", "../../e/a.png"),
        ("/d/a%20b#.png", "/d", "a%20b#.png"),
        ("/d/s3:x", "/d", "./s3:x"),
        ("/d/C:/x", "/d", "./C:/x"),
        ("/d/\\\\x", "/d", "./\\\\x"),
        ("/d/a::b%.png", "/d", "a%3A%3Ab%25.png"),
    ],
)
def test_that_a_path_is_named_from_the_folder_of_the_frame(path, base, uri):
    assert relative_to(Path(path), Path(base)) == uri


def test_that_both_paths_may_be_relative(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert relative_to(Path("d/a.png"), Path("d/e")) == "../a.png"


def test_that_a_linked_folder_does_not_lead_astray(tmp_path):
    path = put(tmp_path, "images/a.png")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "deep" / "er")

    uri = relative_to(path, tmp_path / "link")

    assert not Path(uri).is_absolute()
    assert locate(uri, tmp_path / "link").samefile(path)


def test_that_another_drive_gives_a_file_uri(monkeypatch):
    def other_drive(path, start):
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", other_drive)

    assert relative_to(Path("/d/a b.png"), Path("/e")) == "file:///d/a%20b.png"


def test_that_a_name_no_uri_can_hold_is_an_error():
    with pytest.raises(StorageError, match=r"U\+000A"):
        relative_to(Path("/d/a\nb.png"), Path("/d"))


part = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/"),
    min_size=1,
    max_size=12,
).filter(lambda text: text not in (".", ".."))


@given(parts=st.lists(part, min_size=1, max_size=3), folder=part)
@example(parts=["a::b"], folder="c")
@example(parts=["file:", "a"], folder="c")
@example(parts=["%3A%3A::%"], folder="::")
@example(parts=["C:", "\\\\x"], folder="\\\\y")
def test_that_locate_undoes_relative_to(tmp_path_factory, parts, folder):
    root = tmp_path_factory.mktemp("uri")
    base = root / f"base {folder}"
    base.mkdir()
    path = put(root, "/".join(["files", *parts]))

    for start in (root, base, path.parent):
        assert locate(relative_to(path, start), start).samefile(path)
