"""What is painted on: a sheet of 800 × 600 points, drawn at twice that, of which a photo shows a part."""

from collections.abc import Callable, Sequence
from io import BytesIO
from math import cos, pi, radians, sin
from random import Random
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageOps

WIDTH, HEIGHT = 800, 600
PHOTO = 480, 360
_FINE = 2
Colour = tuple[int, int, int]
Point = tuple[float, float]


class View(NamedTuple):
    """How somebody held their telephone: how much of the sheet is seen (of one) and around which point (of one each),
    tilted by so many degrees, from the other side or not, and how much light falls into each corner.
    """

    part: float
    middle: Point
    tilt: float
    is_turned: bool
    corners: tuple[float, float, float, float]

    @property
    def window(self) -> tuple[float, float, float, float, float, float]:
        """Where on the sheet each point of the photo lies, as Pillow's affine transformation takes it."""
        scale, turn = self.part * WIDTH / PHOTO[0], radians(self.tilt)
        right, down = scale * cos(turn), scale * sin(turn)
        x, y = self.middle[0] * WIDTH, self.middle[1] * HEIGHT
        left, top = PHOTO[0] / 2, PHOTO[1] / 2
        return right, down, x - right * left - down * top, -down, right, y + down * left - right * top


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two: `share` of the other."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def darker(colour: Colour, by: float) -> Colour:
    return mixed(colour, (18, 20, 24), by)


def lighter(colour: Colour, by: float) -> Colour:
    return mixed(colour, (255, 252, 244), by)


class Canvas:
    """A picture being painted; `chance` is the same for the same picture."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.image = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE))
        self._pen = ImageDraw.Draw(self.image, "RGBA")

    def about(self, value: float, by: float) -> float:
        """The value, give or take."""
        return value + self.chance.uniform(-by, by)

    def fade(self, top: float, bottom: float, above: Colour, below: Colour) -> None:
        """A band over the whole width, from one colour to another."""
        first, last = int(top * _FINE), int(bottom * _FINE)
        shares = np.linspace(0, 1, last - first, endpoint=False)[:, None, None]
        colours = np.array(above) * (1 - shares) + np.array(below) * shares
        band = Image.fromarray(colours.round().astype("uint8"))
        self.image.paste(band.resize((WIDTH * _FINE, last - first), Image.Resampling.NEAREST), (0, first))

    def shape(self, points: Sequence[Point], colour: Colour, *, thick: int = 255) -> None:
        """A filled outline; `thick`: 255 hides what is behind it, less lets it shine through."""
        self._pen.polygon([(x * _FINE, y * _FINE) for x, y in points], fill=(*colour, thick))

    def box(self, x: float, y: float, width: float, height: float, colour: Colour, *, thick: int = 255) -> None:
        self.shape([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour, thick=thick)

    def oval(self, at: Point, wide: float, high: float, colour: Colour, *, thick: int = 255) -> None:
        (x, y), fine = at, _FINE
        edges = ((x - wide) * fine, (y - high) * fine, (x + wide) * fine, (y + high) * fine)
        self._pen.ellipse(edges, fill=(*colour, thick))

    def blot(
        self, at: Point, wide: float, high: float, colour: Colour, *, rough: float = 0.2, thick: int = 255
    ) -> None:
        """Something round without a clean edge: a hole, a puddle, leaves, smoke."""
        count = 26
        spokes = [1 + self.chance.uniform(-rough, rough) for _ in range(count)]
        turns = [2 * pi * n / count for n in range(count)]
        edge = [
            (at[0] + wide * spoke * cos(turn), at[1] + high * spoke * sin(turn))
            for spoke, turn in zip(spokes, turns, strict=True)
        ]
        self.shape(edge, colour, thick=thick)

    def stroke(self, points: Sequence[Point], width: float, colour: Colour, *, thick: int = 255) -> None:
        """A line through these points."""
        line = [(x * _FINE, y * _FINE) for x, y in points]
        self._pen.line(line, fill=(*colour, thick), width=max(1, round(width * _FINE)), joint="curve")

    def speckle(self, area: Callable[[], Point], count: int, size: float, colours: Sequence[Colour]) -> None:
        """Many small marks: gravel, leaves, grass."""
        for _ in range(count):
            wide = self.chance.uniform(0.4, 1) * size
            self.oval(area(), wide, wide * 0.7, self.chance.choice(colours), thick=self.chance.randrange(90, 220))

    def glow(self, at: Point, radius: float, colour: Colour, strength: float) -> None:
        """Light that falls off around a lamp."""
        xs, ys = np.meshgrid(np.arange(WIDTH * _FINE), np.arange(HEIGHT * _FINE))
        far = np.hypot(xs - at[0] * _FINE, ys - at[1] * _FINE) / (radius * _FINE)
        share = (np.clip(1 - far, 0, 1) ** 2 * strength)[..., None]
        lit = np.asarray(self.image) * (1 - share) + np.array(colour) * share
        self.image.paste(Image.fromarray(lit.astype("uint8")))

    def taken(self, view: View, seed: int) -> bytes:
        """The photo as JPEG; `seed` of its grain."""
        seen = self.image.reduce(_FINE).transform(PHOTO, Image.Transform.AFFINE, view.window, _SMOOTH)
        if view.is_turned:
            seen = ImageOps.mirror(seen)
        shade = Image.new("L", (2, 2))
        shade.putdata([round(255 * light) for light in view.corners])
        lit = ImageChops.multiply(seen, Image.merge("RGB", [shade.resize(PHOTO, Image.Resampling.BICUBIC)] * 3))
        left, top = seed % (_GRAIN.width - PHOTO[0]), seed // 1009 % (_GRAIN.height - PHOTO[1])
        grain = _GRAIN.crop((left, top, left + PHOTO[0], top + PHOTO[1]))
        photo = ImageChops.add(lit, grain, 1, -_MIDDLE)
        written = BytesIO()
        photo.save(written, "JPEG", quality=88)
        return written.getvalue()


def _grain() -> Image.Image:
    """What a small lens adds in every point, a little larger than a photo: each is cut from another corner of it."""
    wide, high = PHOTO[0] + 97, PHOTO[1] + 89
    noise = np.random.default_rng(1).standard_normal((high, wide)) * 1.6 + _MIDDLE
    grey = Image.fromarray(np.clip(noise, 0, 255).astype("uint8"))
    return Image.merge("RGB", [grey] * 3)


_MIDDLE = 128
_SMOOTH = Image.Resampling.BILINEAR
_GRAIN = _grain()
