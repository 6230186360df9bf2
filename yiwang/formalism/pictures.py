"""How a picture looks, in a few numbers: the same for the same picture written anew, made smaller, or cut at its edge.

Perceptual hashes (64 bits, DCT; Zauner 2010) of the whole picture and of five frames a little inside it: of two prints
of one photo, one of which was cut, the whole of the smaller looks like a frame of the larger.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

CUT = 0.06
"""How far inside the frames lie, as a share of each side."""
FLAT = 6.0
"""A picture whose brightness varies less (of 255, standard deviation) shows nothing by which it could be known."""

Looks = tuple[int, ...]


def looks_of(content: bytes) -> Looks:
    """The hashes of a picture, the whole first, as signed 64-bit numbers; nothing where it shows nothing."""
    # Both bring along what no web process shall carry.
    import imagehash  # noqa: PLC0415
    from PIL import Image, ImageStat  # noqa: PLC0415

    picture = Image.open(BytesIO(content)).convert("L")
    if ImageStat.Stat(picture).stddev[0] < FLAT:
        return ()
    frames = (picture.crop(box) for box in _frames(*picture.size))
    return tuple(_signed(str(imagehash.phash(frame))) for frame in frames)


def _frames(width: int, height: int) -> Iterator[tuple[int, int, int, int]]:
    across, down = round(width * CUT), round(height * CUT)
    yield 0, 0, width, height
    yield across // 2, down // 2, width - across // 2, height - down // 2
    for left in (0, across):
        for top in (0, down):
            yield left, top, width - across + left, height - down + top


def _signed(hexadecimal: str) -> int:
    return int.from_bytes(bytes.fromhex(hexadecimal), "big", signed=True)


def distances(one: Looks, others: Sequence[Looks]) -> NDArray[np.int64]:
    """How many bits of 64 each of the others differs at the nearest: whole to any frame, either way round."""
    if not others:
        return np.empty(0, dtype=np.int64)
    mine = np.array(one, dtype=np.int64).view(np.uint64)
    theirs = np.array(others, dtype=np.int64).view(np.uint64)
    by_whole = np.bitwise_count(theirs ^ mine[0]).min(axis=1)
    to_whole = np.bitwise_count(theirs[:, :1] ^ mine[None, :]).min(axis=1)
    nearest: NDArray[np.int64] = np.minimum(by_whole, to_whole).astype(np.int64)
    return nearest


_BANDS, _BITS = 5, 13


def keys_of(looks: Looks) -> list[int]:
    """By which a picture is found among millions: five bands of each hash. Whoever differs in four bits of a frame or
    fewer shares a band; of those that differ in more, most do in one of their frames.
    """
    whole = (look & (2**64 - 1) for look in looks)
    return sorted({band << _BITS | look >> band * _BITS & 2**_BITS - 1 for look in whole for band in range(_BANDS)})
