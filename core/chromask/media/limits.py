"""How large an image may be: by its pixels, and by its pixels for each byte of its file.

A file of a few bytes can declare gigabytes. What its header says is held against these limits
before anything is decoded. Imported by what reads headers; the window's settings change them.
"""

from __future__ import annotations

from dataclasses import dataclass

from chromask.errors import MediaError, say


@dataclass(frozen=True, slots=True)
class DecodeLimits:
    """The largest images that are decoded.

    Attributes
    ----------
    pixels
        Pixels of one image, of one page, or of one frame of a video.
    pixels_per_byte
        Pixels for each byte of the file, for an image of more than `SMALL_PIXELS`. PNG is not
        held to it: a mask of one colour is tiny whatever its size.
    """

    pixels: int = 1 << 30
    pixels_per_byte: int = 1 << 16

    def check(self, rows: int, cols: int, file_bytes: int | None, *, uri: str) -> None:
        """Refuse a size that a header declares.

        Parameters
        ----------
        rows, cols
            What the header declares.
        file_bytes
            The size of the whole file, of a GIF up to the end of its first picture; None for a format that only ``pixels`` limits.
        uri
            The file's name in messages.

        Raises
        ------
        MediaError
            One of the limits is exceeded; the message names it.
        """
        pixels = rows * cols
        if pixels > self.pixels:
            raise MediaError(
                say(
                    "its header says {} x {} pixels, more than the limit of {} pixels",
                    cols,
                    rows,
                    self.pixels,
                ),
                uri=uri,
                hint="If it really is that large, cut it into tiles, or raise this limit"
                " in the settings",
            )
        if file_bytes is None or pixels <= SMALL_PIXELS:
            return
        if pixels > self.pixels_per_byte * file_bytes:
            raise MediaError(
                say(
                    "its header says {} x {} pixels for {} bytes of data, more than the"
                    " limit of {} pixels for each byte",
                    cols,
                    rows,
                    file_bytes,
                    self.pixels_per_byte,
                ),
                uri=uri,
                hint="Such a file is mostly damaged, or made to fill the memory; if it is"
                " what you expect, raise this limit in the settings",
            )


DECODE_LIMITS = DecodeLimits()

SMALL_PIXELS = 1 << 24
"""An image of so few pixels fills no memory (64 MB): its file may be as small as it is."""
