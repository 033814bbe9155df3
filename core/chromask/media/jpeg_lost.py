"""Whether a JPEG's coded data reaches to its last pixel.

Decoders warn at most where the data ends early, and give grey for the rest. Two questions find
that out. Of a baseline JPEG (nearly all) the last block of each restart interval is looked at:
where data is missing it is plain grey. Only then, and for the other kinds, FFmpeg's decoder
reads the codes once more at an eighth of the size, since it reports an end that comes early.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from chromask.errors import say
from chromask.media.sniff import damaged

if TYPE_CHECKING:
    import numpy.typing as npt

    from chromask.errors import MediaError
    from chromask.media.jpeg import JpegFacts

_GREY, _NEAR = 128, 3
"""A block without data is of this level, but for colour that bleeds in from its neighbours."""


def lost_data(
    data: bytes, facts: JpegFacts, pixels: npt.NDArray[Any] | None, *, uri: str
) -> MediaError | None:
    """Return the error for a JPEG whose coded data ends before its pixels do, else None.

    Parameters
    ----------
    data
        The whole file.
    facts
        What its segments say.
    pixels
        What the decoder gave, (rows, cols) or (rows, cols, channels); None where these are
        not the JPEG's own samples.
    uri
        The file's name in messages.
    """
    if not facts.is_refined:
        return damaged("its last scans are missing", uri=uri)
    rows: list[int] = []
    if pixels is not None and facts.is_sequential:
        rows = _grey_rows(pixels, facts)
        if not rows:
            return None
    if is_whole(data[: facts.size]):
        return None
    if not rows:
        return damaged("the data of its pixels ends early", uri=uri)
    seen = say("there is no data for rows {} to {}", rows[0], rows[-1])
    return damaged(seen, uri=uri)


def _grey_rows(pixels: npt.NDArray[Any], facts: JpegFacts) -> list[int]:
    """List the rows of blocks that are plain grey where an interval ends, as without data."""
    across = -(-facts.cols // facts.mcu_cols)
    count = across * -(-facts.rows // facts.mcu_rows)
    step = facts.restart or across
    last = np.append(np.arange(step - 1, count, step), count - 1)
    ends = np.minimum((last // across + 1) * facts.mcu_rows, facts.rows) - 1
    # In the middle of a block, where no colour of its neighbours bleeds in.
    rows = np.minimum(last // across * facts.mcu_rows + facts.mcu_rows // 2, ends)
    cols = last % across * facts.mcu_cols + facts.mcu_cols // 2
    cols = np.minimum(cols, facts.cols - 1)
    gap = np.abs(pixels[rows, cols].astype(np.int16) - _GREY)
    near = _NEAR if facts.channels > 1 else 0
    is_grey = gap.reshape(len(last), -1).max(axis=1) <= near
    if not facts.restart:
        # The coder never restarts: from where the data ends, all is grey to the last row.
        kept = np.flatnonzero(~is_grey)
        is_grey[: kept[-1] + 1 if len(kept) else 0] = False
    found = last[is_grey] // across
    if not len(found):
        return []
    return [int(found[0]) * facts.mcu_rows, int(ends[is_grey][-1])]


def is_whole(data: bytes) -> bool:
    """Whether all codes of a JPEG can be read; True for kinds that FFmpeg does not know."""
    import av
    import av.error
    import av.logging

    av.logging.set_level(None)
    # PyAV's stub leaves the packet's type open, which a strict check refuses.
    coder: Any = av.CodecContext.create("mjpeg", "r")
    coder.options = {"err_detect": "explode", "lowres": "3"}
    coder.thread_count = 1
    try:
        coder.decode(av.Packet(data))
    except av.error.InvalidDataError:
        return False
    except av.error.FFmpegError:
        pass
    return True
