"""What is painted on: a sheet of 800 × 600 points, drawn at twice that and brought down to look like a photo."""

from collections.abc import Callable, Sequence
from io import BytesIO
from math import cos, pi, sin
from random import Random

import numpy as np
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 800, 600
_FINE = 2
Colour = tuple[int, int, int]
Point = tuple[float, float]


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
        for y in range(first, last):
            colour = mixed(above, below, (y - first) / max(1, last - first))
            self._pen.line([(0, y), (WIDTH * _FINE, y)], fill=colour)

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

    def taken(self, frame: tuple[float, float, float], light: float, seed: int) -> bytes:
        """The photo as JPEG. `frame`: what is cut off at left, at the top, and both ways (of one); `seed` of grain."""
        left, top, cut = frame
        wide, high = self.image.size
        edges = (wide * left, high * top, wide * (1 - cut + left), high * (1 - cut + top))
        seen = self.image.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR, box=edges)
        pixels = np.asarray(seen).astype("float32") * (_CORNERS * light)
        grain = np.random.default_rng(seed).standard_normal((HEIGHT, WIDTH, 1), "float32")
        photo = Image.fromarray(np.clip(pixels + grain * 3, 0, 255).astype("uint8"))
        written = BytesIO()
        photo.save(written, "JPEG", quality=88)
        return written.getvalue()


def _corners() -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    """A telephone's lens lets less light into the corners."""
    xs, ys = np.meshgrid(np.linspace(-1, 1, WIDTH), np.linspace(-1, 1, HEIGHT))
    return (1.03 - 0.13 * (xs**2 + ys**2)).astype("float32")[..., None]


_CORNERS = _corners()
