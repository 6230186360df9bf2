"""Draw one photo of a scene."""

from functools import lru_cache
from math import cos, radians, sin
from random import Random
from typing import NamedTuple

from yiwang.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, View
from yiwang.demo.pictures.scenery import DAYS
from yiwang.demo.pictures.scenes import SCENES

VARIANTS = 2
"""So many of each scene are enough for what nobody lays side by side any more."""
MOMENTS = ("told", "before", "after")


class Shown(NamedTuple):
    """A picture: what is wrong in it, which of its variants, and when it was taken (told, before, after)."""

    scene: str
    variant: int
    moment: str


def own_variant(number: int) -> int:
    """A look that no other place has; `number`: of the place or the case."""
    return VARIANTS + number


def drawn(picture: Shown) -> bytes:
    """The picture as JPEG; the same one is the same bytes each time."""
    painted = _painted(picture.scene, picture.variant, mended=picture.moment == "after")
    return painted.taken(_view(picture), Random(f"{picture}").randrange(2**32))  # noqa: S311 - only grain


def _view(picture: Shown) -> View:
    """From where it was taken. All of one place are taken from one side; each is held in another way.

    Two places look so different that nobody takes one photo for another, whatever stands in their street.
    """
    place, held = Random(f"{picture.scene}:{picture.variant}:view"), Random(f"{picture}:view")  # noqa: S311
    light, is_turned = [place.uniform(0.35, 1) for _ in range(4)], place.random() < 0.5
    part, tilt = place.uniform(0.56, 0.8) + held.uniform(-0.02, 0.02), place.uniform(-8, 8) + held.uniform(-1, 1)
    turn = radians(abs(tilt))
    # As far from the middle as nothing beside the sheet is seen; what is wrong lies in its lower half.
    reach = max(0, 1 - part * (cos(turn) + sin(turn) * WIDTH / HEIGHT)) / 2
    middle = 0.5 + place.uniform(-0.8, 0.8) * reach, 0.5 + place.uniform(-0.2, 0.9) * reach
    one, two, three, four = (corner / max(light) for corner in light)
    return View(part, middle, tilt, is_turned, (one, two, three, four))


# What is photographed twice before it is mended is painted once.
@lru_cache(maxsize=1)
def _painted(scene: str, variant: int, *, mended: bool) -> Canvas:
    canvas = Canvas(Random(f"{scene}:{variant}"))  # noqa: S311 - nothing secret is drawn
    SCENES[scene](canvas, DAYS[variant % len(DAYS)], mended=mended)
    return canvas
