"""Things that stand or lie in a picture."""

from math import sin

from yiwang.demo.pictures.canvas import Canvas, Colour, Point, darker, lighter
from yiwang.demo.pictures.scenery import GREY, STEEL

_BAGS: tuple[Colour, ...] = (
    (52, 56, 62),
    (188, 184, 176),
    (60, 92, 128),
    (168, 72, 62),
    (196, 178, 96),
    (76, 112, 84),
)


def lamp_post(c: Canvas, foot: Point, height: float, pole: Colour) -> Point:
    """A street lamp; gives where its light is."""
    x, y = foot
    c.oval((x + 6, y + 2), 26, 5, (16, 18, 24), thick=90)
    c.stroke([(x, y), (x, y - height)], 8, pole)
    c.box(x - 9, y - 40, 18, 40, darker(pole, 0.25))
    c.stroke([(x, y - height), (x + 14, y - height - 14), (x + 96, y - height - 20)], 6, pole)
    c.shape(
        [(x + 78, y - height - 26), (x + 134, y - height - 26), (x + 126, y - height - 11), (x + 88, y - height - 11)],
        darker(pole, 0.15),
    )
    return x + 107, y - height - 9


def bag(c: Canvas, at: Point, size: float) -> None:
    """A tied rubbish bag."""
    colour = c.chance.choice(_BAGS)
    x, y = at
    c.oval((x + 3, y + size * 0.3), size * 0.9, size * 0.28, (20, 20, 22), thick=90)
    c.blot((x, y), size * 0.8, size * 0.66, colour, rough=0.13)
    c.blot((x - size * 0.25, y - size * 0.2), size * 0.3, size * 0.22, lighter(colour, 0.35), rough=0.3, thick=130)
    knot = [(x - size * 0.16, y - size * 0.55), (x, y - size * 0.92), (x + size * 0.2, y - size * 0.55)]
    c.shape(knot, darker(colour, 0.2))


def litter(c: Canvas, middle: Point, spread: Point, count: int) -> None:
    """Paper, cups and peelings."""
    papers = ((232, 230, 222), (214, 196, 150), (190, 92, 80), (120, 150, 176), (150, 170, 110))
    for _ in range(count):
        x, y = c.about(middle[0], spread[0]), c.about(middle[1], spread[1])
        wide, tilt = c.about(9, 5), c.about(0, 5)
        c.shape([(x, y), (x + wide, y + tilt), (x + wide - 2, y + tilt + 6), (x - 2, y + 6)], c.chance.choice(papers))


def wheelie_bin(c: Canvas, foot: Point, size: float, colour: Colour, *, is_open: bool) -> None:
    """A bin on wheels; open, its lid leans back."""
    x, y = foot
    wide, high = size * 0.62, size
    c.oval((x + wide / 2 + 5, y), wide * 0.66, 9, (16, 16, 18), thick=100)
    c.shape([(x, y - high), (x + wide, y - high), (x + wide * 0.92, y), (x + wide * 0.08, y)], colour)
    c.shape(
        [(x, y - high), (x + wide * 0.2, y - high), (x + wide * 0.25, y), (x + wide * 0.08, y)], lighter(colour, 0.2)
    )
    c.oval((x + wide * 0.18, y - 3), 9, 9, (38, 38, 40))
    c.oval((x + wide * 0.84, y - 3), 9, 9, (38, 38, 40))
    c.box(x + wide * 0.3, y - high * 0.62, wide * 0.42, high * 0.26, lighter(colour, 0.55))
    if is_open:
        lid = [(x - 4, y - high), (x + 8, y - high * 1.42), (x + wide * 0.8, y - high * 1.5), (x + wide, y - high)]
        c.shape(lid, darker(colour, 0.3))
        return
    c.shape(
        [(x - 6, y - high - 10), (x + wide + 6, y - high - 10), (x + wide + 2, y - high + 4), (x - 2, y - high + 4)],
        darker(colour, 0.25),
    )


def car(c: Canvas, foot: Point, long: float, colour: Colour) -> None:
    """A car from the side."""
    x, y = foot
    high = long * 0.2
    c.oval((x + long / 2, y + 3), long * 0.54, 11, (10, 12, 14), thick=120)
    roof = [
        (x + long * 0.16, y - high), (x + long * 0.3, y - high * 1.9), (x + long * 0.66, y - high * 1.95),
        (x + long * 0.84, y - high),
    ]  # fmt: skip
    c.shape(roof, colour)
    glass = [
        (x + long * 0.21, y - high), (x + long * 0.32, y - high * 1.76), (x + long * 0.64, y - high * 1.8),
        (x + long * 0.78, y - high),
    ]  # fmt: skip
    c.shape(glass, (62, 76, 88))
    c.stroke([(x + long * 0.48, y - high * 1.8), (x + long * 0.48, y - high)], 4, colour)
    body = [
        (x, y - high * 0.34), (x + long * 0.04, y - high * 0.95), (x + long * 0.3, y - high * 1.06),
        (x + long * 0.86, y - high * 1.04), (x + long, y - high * 0.78), (x + long, y - high * 0.22),
        (x, y - high * 0.16),
    ]  # fmt: skip
    c.shape(body, colour)
    c.stroke([(x + long * 0.04, y - high * 0.62), (x + long * 0.97, y - high * 0.62)], 2, darker(colour, 0.25))
    c.oval((x + long * 0.97, y - high * 0.7), 7, 5, (244, 234, 196))
    for share in (0.2, 0.8):
        c.oval((x + long * share, y - high * 0.12), long * 0.078, long * 0.078, (28, 28, 30))
        c.oval((x + long * share, y - high * 0.12), long * 0.04, long * 0.04, STEEL)


def cone(c: Canvas, foot: Point, size: float) -> None:
    """A traffic cone."""
    x, y = foot
    c.oval((x, y), size * 0.42, size * 0.1, (214, 92, 40))
    c.shape(
        [(x - size * 0.28, y), (x - size * 0.05, y - size), (x + size * 0.05, y - size), (x + size * 0.28, y)],
        (226, 100, 44),
    )
    c.shape(
        [(x - size * 0.18, y - size * 0.36), (x - size * 0.11, y - size * 0.64), (x + size * 0.11, y - size * 0.64),
         (x + size * 0.18, y - size * 0.36)],
        (240, 238, 230),
    )  # fmt: skip


def railing(c: Canvas, left: float, right: float, foot: float, *, gap: tuple[float, float] | None = None) -> None:
    """A steel railing along the near edge; in the gap it is broken away."""
    for x in range(int(left), int(right), 22):
        if gap and gap[0] < x < gap[1]:
            continue
        c.stroke([(x, foot), (x, foot - 92)], 5, STEEL)
        c.stroke([(x - 1.5, foot), (x - 1.5, foot - 92)], 1.2, lighter(STEEL, 0.5))
    ends = [(left, gap[0]), (gap[1], right)] if gap else [(left, right)]
    for begin, end in ends:
        for height in (14, 90):
            c.stroke([(begin, foot - height), (end, foot - height)], 6, darker(STEEL, 0.1))


def cables(c: Canvas, ends: tuple[Point, Point], count: int, sag: float) -> None:
    """Cables between two points; hanging loose they sag unevenly."""
    (x0, y0), (x1, y1) = ends
    for n in range(count):
        own = c.about(sag, sag * 0.55)
        line: list[Point] = []
        for step in range(21):
            share = step / 20
            line.append((x0 + (x1 - x0) * share, y0 + n * 5 + (y1 - y0) * share + own * sin(share * 3.1416)))
        c.stroke(line, c.about(2.4, 0.8), c.chance.choice(((30, 32, 34), (44, 46, 50), darker(GREY, 0.6))))
