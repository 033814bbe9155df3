"""Where a URI leads on this machine, and which URI leads to a file.

Only paths and ``file:`` lead anywhere: nothing here opens a file or reaches a network, and
what a data set names can neither chain protocols nor carry credentials.
"""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from chromask.errors import StorageError, say
from chromask.storage.look import real_path

if TYPE_CHECKING:
    from collections.abc import Container

_IS_WINDOWS = os.name == "nt"
# Two letters and more: one letter before a colon is a Windows drive.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]+):(//)?")
_DRIVE = re.compile(r"[A-Za-z]:(?:[\\/]|$)")
_UNC = re.compile(r"[\\/]{2}")
_AUTHORITY = re.compile(r"([^:/?#]+:)?//([^/?#\\]*)")
# Without "//" behind it a word and a colon may be a file's name ("take:2.png").
_BARE_SCHEMES = {"file", "data", "http", "https", "s3", "gs", "azure", "ftp"}
# How Python writes a byte of a file's name that is not UTF-8; JSON cannot.
_BYTE = re.compile("[\udc80-\udcff]")
_SHOWN_CHARACTERS = 300
_BESIDE = "Copy the file beside the frame and name it by its relative path"


def locate(uri: str, base: Path | None, known: Container[str] = ()) -> Path:
    """Return the local path that ``uri`` means; the file need not exist.

    A plain path is taken as it is written, so that ``a%20b#1.png`` names exactly that
    file. Only when there is no such file are the other spellings tried: percent-decoded,
    and with the backslashes of Windows as slashes. A ``file:`` URI is percent-decoded
    first, and taken as it is written when only that file exists.

    Parameters
    ----------
    uri
        A relative path (in the notation of this system or with slashes), an absolute one,
        or ``file:///...``.
    base
        The folder that relative paths start from, the frame's own; None is the current
        folder.
    known
        Paths that were loaded: a spelling that led to one of them still does, whatever
        came or went on disk since.

    Returns
    -------
    Path
        Not resolved: ``..`` and symbolic links are left to the system.

    Raises
    ------
    StorageError
        For other protocols (``s3:``, ``gs:``, ``https:``, ... are not fetched), protocols
        chained by ``::``, user names in a URI, UNC paths, control characters, and an empty
        text. The message never repeats a password or a signature.
    """
    _refuse_always(uri)
    scheme = _SCHEME.match(uri)
    if scheme and (scheme[2] or scheme[1].lower() in _BARE_SCHEMES):
        if scheme[1].lower() != "file":
            raise _not_fetched(uri, scheme[1].lower())
        written = _file_path(uri)
        return _first_existing([_decoded(written), written], uri, None, known)
    spellings = [uri, _decoded(uri), uri.replace("\\", "/")]
    return _first_existing(spellings, uri, base, known)


def relative_to(path: Path, base: Path) -> str:
    """Return the URI by which a frame in folder ``base`` names the file ``path``.

    It is relative with slashes, on every system, so that the folder can move; a
    ``file:`` URI where no relative path exists (another Windows drive). `locate` leads back
    to the same file.

    Raises
    ------
    StorageError
        When the name holds control characters, which no URI may.
    """
    try:
        text = os.path.relpath(path, base)
        if text.startswith("..") and not _is_same(base / text, path):
            # A symbolic link on the way up: ".." leaves the folder that it leads to.
            text = os.path.relpath(real_path(path), real_path(base))
    except ValueError:  # another drive
        text = path.absolute().as_uri()
    else:
        text = Path(text).as_posix()
        if "::" in text or _BYTE.search(text):
            text = text.replace("%", "%25").replace("::", "%3A%3A")
            text = _BYTE.sub(lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", text)
        if _SCHEME.match(text) or _DRIVE.match(text) or _UNC.match(text):
            text = f"./{text}"
    _refuse_always(text)
    return text


def _is_same(one: Path, other: Path) -> bool:
    return real_path(one) == real_path(other)


def _refuse_always(uri: str) -> None:
    if not uri:
        raise StorageError("the URI is empty", hint="Name a file")
    _refuse_characters(uri, uri)
    if "::" in uri:
        raise _refused(uri, "protocols chained by '::' are refused", _BESIDE)
    authority = _AUTHORITY.match(uri)
    if authority and "@" in authority[2]:
        hint = "Take the user name and the password out of the URI"
        raise _refused(uri, "a URI with a user name is refused", hint)
    if _UNC.match(uri):
        raise _refused(uri, "a network path (UNC) is refused", _BESIDE)


def _refuse_characters(text: str, uri: str) -> None:
    for character in text:
        if unicodedata.category(character) == "Cc":
            raise _refused(
                uri,
                say("the URI holds the control character U+{:04X}", ord(character)),
                "Rename the file",
            )
    try:
        os.fsencode(text)
    except UnicodeEncodeError as error:
        raise _refused(
            uri, "the URI holds half a character (a lone surrogate)", "Rename the file"
        ) from error


def _not_fetched(uri: str, scheme: str) -> StorageError:
    return _refused(uri, say("'{}:' addresses are not fetched", scheme), _BESIDE)


def _file_path(uri: str) -> str:
    """Return the path of a ``file:`` URI, still percent-encoded."""
    rest = uri[len("file:") :]
    if rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        if _DRIVE.match(f"{host}/"):  # file://C:/... is a common slip
            path = f"/{host}/{path}"
        elif host.lower() in ("", "localhost"):
            path = slash + path
        else:
            message = say("'file://{}' names another machine, which is refused", host)
            raise _refused(uri, message, "Write file:/// and the whole path")
    else:
        path = rest
    if not path.startswith("/"):
        hint = "Write file:/// and the whole path, or a relative path without file:"
        raise _refused(uri, "a 'file:' URI needs a whole path", hint)
    # file:///C:/... : the slash is not part of a path with a drive.
    return path[1:] if _IS_WINDOWS and _DRIVE.match(_decoded(path[1:])) else path


def _first_existing(
    texts: list[str], uri: str, base: Path | None, known: Container[str]
) -> Path:
    """Return the first path that is known or exists, and the first one when none does."""
    for text in texts:
        path = Path(text) if base is None else base / text
        if str(path) in known:
            return path
    for text in texts:
        path = _checked_path(text, uri, base)
        if os.path.lexists(path):
            return path
    if not _IS_WINDOWS and _DRIVE.match(texts[0].removeprefix("/")):
        message = "a path with a Windows drive leads nowhere on this system"
        raise _refused(uri, message, _BESIDE)
    return _checked_path(texts[0], uri, base)


def _checked_path(text: str, uri: str, base: Path | None) -> Path:
    if text != uri:  # decoding can bring in what the URI itself did not show
        _refuse_characters(text, uri)
        if _UNC.match(text):
            raise _refused(uri, "a network path (UNC) is refused", _BESIDE)
    if _IS_WINDOWS and ":" in (text[2:] if _DRIVE.match(text) else text):
        message = "a colon in a name means another thing on Windows"
        raise _refused(uri, message, "Rename the file")
    return Path(text) if base is None else base / text


def _decoded(text: str) -> str:
    # The way os.fsdecode keeps the bytes of a name that is not UTF-8.
    return unquote(text, errors="surrogateescape")


def _refused(uri: str, seen: str, hint: str) -> StorageError:
    return StorageError(seen, uri=shown_uri(uri), hint=hint)


def shown_uri(uri: str) -> str:
    """Return ``uri`` as messages may show it: printable, short, without secrets."""
    text = re.sub(r"//[^/?#]*@", "//***@", uri)
    if "://" in text:
        text = re.sub(r"\?.*", "?***", text, flags=re.DOTALL)
    text = "".join(
        character if character.isprintable() else f"\\u{ord(character):04x}"
        for character in text
    )
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."
