"""Draw one photo of a scene."""

from random import Random
from typing import NamedTuple

from yiwang.demo.pictures.canvas import Canvas
from yiwang.demo.pictures.scenery import DAYS
from yiwang.demo.pictures.scenes import SCENES

VARIANTS = 2
# How somebody held their telephone: what is cut off at the left, at the top, and both ways; and how bright it was.
_FRAMES = {"told": ((0.0, 0.0, 0.0), 1.0), "before": ((0.09, 0.1, 0.13), 1.04), "after": ((0.03, 0.05, 0.08), 1.02)}


class Shown(NamedTuple):
    """A picture: what is wrong in it, which of its variants, and when it was taken (told, before, after)."""

    scene: str
    variant: int
    moment: str


def drawn(picture: Shown) -> bytes:
    """The picture as JPEG; the same one is the same bytes each time."""
    canvas = Canvas(Random(f"{picture.scene}:{picture.variant}"))  # noqa: S311 - nothing secret is drawn
    SCENES[picture.scene](canvas, DAYS[picture.variant % len(DAYS)], mended=picture.moment == "after")
    return canvas.taken(*_FRAMES[picture.moment])
