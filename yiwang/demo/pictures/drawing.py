"""Draw one photo of a scene."""

from functools import lru_cache
from random import Random
from typing import NamedTuple

from yiwang.demo.pictures.canvas import Canvas
from yiwang.demo.pictures.scenery import DAYS
from yiwang.demo.pictures.scenes import SCENES

VARIANTS = 2
# How somebody held their telephone: what is cut off at the left, at the top, and both ways; and how bright it was.
_FRAMES = {"told": ((0.0, 0.0, 0.0), 1.0), "before": ((0.09, 0.1, 0.13), 1.04), "after": ((0.03, 0.05, 0.08), 1.02)}
MOMENTS = tuple(_FRAMES)


class Shown(NamedTuple):
    """A picture: what is wrong in it, which of its variants, and when it was taken (told, before, after)."""

    scene: str
    variant: int
    moment: str


def drawn(picture: Shown) -> bytes:
    """The picture as JPEG; the same one is the same bytes each time."""
    painted = _painted(picture.scene, picture.variant, mended=picture.moment == "after")
    return painted.taken(*_FRAMES[picture.moment], Random(f"{picture}").randrange(2**32))  # noqa: S311 - only grain


# What is photographed twice before it is mended is painted once.
@lru_cache(maxsize=1)
def _painted(scene: str, variant: int, *, mended: bool) -> Canvas:
    canvas = Canvas(Random(f"{scene}:{variant}"))  # noqa: S311 - nothing secret is drawn
    SCENES[scene](canvas, DAYS[variant % len(DAYS)], mended=mended)
    return canvas
