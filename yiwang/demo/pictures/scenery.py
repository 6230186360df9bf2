"""What stands behind what is wrong: a street from the side, a road into the distance, a river, a wall, a field."""

from dataclasses import dataclass

from yiwang.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Colour, Point, darker, lighter, mixed

GREY: Colour = (122, 124, 126)
ASPHALT: Colour = (94, 96, 100)
PAVING: Colour = (176, 170, 160)
EARTH: Colour = (138, 112, 82)
GRASS: Colour = (112, 136, 74)
LEAVES: Colour = (74, 106, 62)
BARK: Colour = (92, 74, 58)
WATER: Colour = (112, 140, 142)
RED: Colour = (178, 62, 52)
STEEL: Colour = (150, 156, 160)
_PLASTER: tuple[Colour, ...] = ((212, 200, 178), (196, 188, 176), (206, 186, 160), (188, 192, 190), (218, 208, 194))
_ROOFS: tuple[Colour, ...] = ((110, 84, 74), (96, 98, 104), (128, 92, 74))


@dataclass(frozen=True, slots=True)
class Light:
    """The hour and the weather."""

    sky: Colour
    low: Colour
    dim: float = 0.0

    def on(self, colour: Colour) -> Colour:
        """How a colour looks in this light."""
        return mixed(colour, (30, 36, 58), self.dim)


DAYS = (
    Light((150, 186, 214), (222, 230, 232)),
    Light((176, 184, 190), (214, 214, 210)),
    Light((136, 172, 208), (236, 226, 206)),
)


def at_dusk(light: Light) -> Light:
    """The same place in the evening."""
    return Light(mixed(light.sky, (24, 34, 78), 0.82), mixed(light.low, (104, 82, 98), 0.85), 0.5)


def sky(c: Canvas, light: Light, down_to: float = 300) -> None:
    """Sky with a line of hills."""
    c.fade(0, down_to, light.sky, light.low)
    for height, share in ((96, 0.62), (52, 0.42)):
        ridge: list[Point] = [(0, down_to)]
        ridge += [(x, down_to - c.about(height, height * 0.45)) for x in range(0, WIDTH + 60, 70)]
        colour = mixed(light.on((92, 116, 112)), light.low, share)
        c.shape([*ridge, (WIDTH, down_to)], colour)


def tree(c: Canvas, foot: Point, size: float, light: Light) -> None:
    """A tree of this height."""
    x, y = foot
    c.oval((x, y), size * 0.34, size * 0.05, (20, 26, 24), thick=70)
    c.stroke([(x, y), (x + size * 0.02, y - size * 0.55)], size * 0.07, light.on(BARK))
    for _ in range(9):
        at = (c.about(x, size * 0.22), c.about(y - size * 0.68, size * 0.2))
        leaf = light.on(mixed(LEAVES, (140, 160, 84), c.chance.random() * 0.7))
        c.blot(at, size * 0.17, size * 0.14, leaf, rough=0.25)


def house(c: Canvas, left: float, foot: float, size: tuple[float, float], light: Light) -> None:
    """A house from the front, two to five floors with shops below."""
    wide, high = size
    wall = light.on(c.chance.choice(_PLASTER))
    top = foot - high
    c.box(left, top, wide, high, wall)
    c.box(left, top, wide * 0.06, high, darker(wall, 0.18))
    c.box(left - 3, top - 9, wide + 6, 11, light.on(c.chance.choice(_ROOFS)))
    floors = max(1, round(high / 62) - 1)
    for floor in range(floors):
        y = top + 16 + floor * (high - 62) / floors
        for n in range(max(2, int(wide / 46))):
            _window(c, (left + 14 + n * (wide - 20) / max(2, int(wide / 46)), y), light)
    shutter = light.on(c.chance.choice(((98, 108, 116), (134, 96, 76), (108, 120, 112))))
    c.box(left + 8, foot - 48, wide - 16, 48, shutter)
    for line in range(6):
        c.stroke([(left + 8, foot - 42 + line * 8), (left + wide - 8, foot - 42 + line * 8)], 1, darker(shutter, 0.3))
    c.box(left + 4, foot - 62, wide - 8, 13, light.on(c.chance.choice((RED, (62, 96, 128), (196, 150, 62)))))


def _window(c: Canvas, at: Point, light: Light) -> None:
    glass = light.on((96, 118, 132))
    if light.dim and c.chance.random() < 0.4:
        glass = (232, 196, 122)
    c.box(at[0], at[1], 22, 28, lighter(glass, 0.35))
    c.box(at[0] + 2, at[1] + 2, 8.5, 24, glass)
    c.box(at[0] + 12, at[1] + 2, 8.5, 24, darker(glass, 0.12))


def street(c: Canvas, light: Light) -> None:
    """A street from the side: houses, pavement above y=388, road below y=400."""
    sky(c, light, 330)
    left: float = c.about(-40, 30)
    while left < WIDTH:
        wide = c.about(160, 40)
        house(c, left, 342, (wide, c.about(190, 60)), light)
        left += wide + c.chance.choice((0.0, 0.0, 14.0))
    c.fade(340, 388, light.on(lighter(PAVING, 0.1)), light.on(PAVING))
    for x in range(-60, WIDTH, 46):
        c.stroke([(x + 30, 340), (x, 388)], 1, light.on(darker(PAVING, 0.2)))
    c.stroke([(0, 362), (WIDTH, 362)], 1, light.on(darker(PAVING, 0.2)))
    c.box(0, 388, WIDTH, 10, light.on(lighter(GREY, 0.35)))
    c.box(0, 398, WIDTH, 5, light.on(darker(GREY, 0.4)))
    c.fade(403, HEIGHT, light.on(ASPHALT), light.on(lighter(ASPHALT, 0.12)))
    grit = [light.on(darker(ASPHALT, 0.25)), light.on(lighter(ASPHALT, 0.25))]
    c.speckle(lambda: (c.chance.uniform(0, WIDTH), c.chance.uniform(404, HEIGHT)), 900, 1.6, grit)
    for x in range(-40, WIDTH, 190):
        c.shape([(x, 520), (x + 96, 520), (x + 90, 530), (x - 8, 530)], light.on((216, 214, 204)), thick=200)


def road(c: Canvas, light: Light) -> None:
    """A road that runs away from whoever looks, between trees and houses; near at hand below y=400."""
    sky(c, light, 262)
    c.fade(258, HEIGHT, light.on(mixed(GRASS, EARTH, 0.25)), light.on(mixed(GRASS, EARTH, 0.4)))
    for side, near in ((-1, 0.0), (1, 0.0), (-1, 1.0), (1, 1.0)):
        wide, high = 90 + 70 * near, 92 + 60 * near
        edge = 400 + side * (110 + 190 * near) - (wide if side < 0 else 0)
        house(c, edge, 276 + 52 * near, (wide, c.about(high, 14)), light)
    c.shape([(378, 260), (424, 260), (940, HEIGHT), (-150, HEIGHT)], light.on(ASPHALT))
    c.shape([(374, 260), (379, 260), (-120, HEIGHT), (-190, HEIGHT)], light.on(lighter(GREY, 0.3)))
    c.shape([(423, 260), (428, 260), (984, HEIGHT), (910, HEIGHT)], light.on(lighter(GREY, 0.3)))
    grit = [light.on(darker(ASPHALT, 0.25)), light.on(lighter(ASPHALT, 0.22))]
    c.speckle(lambda: _on_the_road(c), 1300, 1.8, grit)
    for near in (0.04, 0.14, 0.3, 0.56):
        y, length = 262 + near * 338, 14 + near * 70
        c.shape(
            [(400, y), (402 + near * 6, y), (402 + near * 14, y + length), (396 - near * 4, y + length)],
            light.on((222, 218, 204)),
        )
    for side in (-1, 1):
        tree(c, (400 + side * c.about(190, 20), 330), 150, light)
    # What stands close by is what tells one such road from another.
    for _ in range(2):
        tree(c, (400 + c.chance.choice((-1, 1)) * c.about(360, 70), c.about(410, 40)), c.about(290, 70), light)


def _on_the_road(c: Canvas) -> Point:
    y = 262 + (c.chance.random() ** 0.6) * 338
    half = 24 + (y - 260) * 1.5
    return c.chance.uniform(401 - half, 401 + half), y


def river(c: Canvas, light: Light, water: Colour) -> None:
    """A river with a far bank; the near bank begins at y=520."""
    sky(c, light, 236)
    c.fade(236, 290, GRASS, darker(GRASS, 0.2))
    for step in range(-10, WIDTH, 62):
        tree(c, (c.about(step, 18), c.about(262, 8)), c.about(104, 26), light)
    c.shape([(0, 284), (WIDTH, 276), (WIDTH, 300), (0, 306)], (156, 150, 140))
    c.fade(298, 530, mixed(water, light.sky, 0.45), darker(water, 0.22))
    for _ in range(130):
        y = 300 + 225 * c.chance.random() ** 1.4
        x, long = c.chance.uniform(-20, WIDTH), 14 + (y - 290) * 0.28
        colour = c.chance.choice((lighter(water, 0.3), darker(water, 0.25)))
        c.stroke([(x, y), (x + long, c.about(y, 1.5))], 1 + (y - 290) / 150, colour, thick=110)
    edge: list[Point] = [(x, c.about(524, 7)) for x in range(0, WIDTH + 40, 40)]
    c.shape([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], mixed(GRASS, EARTH, 0.35))
    tones = [GRASS, darker(GRASS, 0.3), (150, 162, 92)]
    c.speckle(lambda: (c.chance.uniform(0, WIDTH), c.chance.uniform(530, HEIGHT)), 800, 4, tones)


def wall(c: Canvas, light: Light) -> Colour:
    """A plastered wall over a pavement that begins at y=452; gives the wall's colour."""
    colour = light.on(c.chance.choice(_PLASTER))
    c.fade(0, 452, lighter(colour, 0.12), darker(colour, 0.06))
    for _ in range(60):
        at = (c.chance.uniform(0, WIDTH), c.chance.uniform(0, 440))
        c.blot(at, c.about(46, 30), c.about(22, 12), darker(colour, 0.2), thick=14)
    pane, x = c.chance.choice((darker(colour, 0.6), lighter(colour, 0.6))), c.chance.uniform(20, 640)
    c.box(x, c.about(60, 50), c.about(150, 50), c.about(110, 40), light.on(pane))
    c.box(c.chance.uniform(0, WIDTH), 0, 16, 452, darker(colour, 0.4))
    c.box(0, 392, WIDTH, 60, darker(colour, 0.28))
    c.stroke([(0, 392), (WIDTH, 392)], 2, darker(colour, 0.45))
    c.fade(452, HEIGHT, light.on(darker(PAVING, 0.1)), light.on(lighter(PAVING, 0.08)))
    for n in range(8):
        y = 452 + n * n * 3.2
        c.stroke([(0, y), (WIDTH, y)], 1.4, darker(PAVING, 0.3), thick=150)
    for x in range(-500, 1400, 92):
        c.stroke([(400 + (x - 400) * 0.8, 452), (x, HEIGHT)], 1.4, darker(PAVING, 0.3), thick=150)
    return colour


def field(c: Canvas, light: Light) -> None:
    """Fields below hills, furrows running towards whoever looks; near at hand below y=420."""
    sky(c, light, 290)
    c.fade(288, HEIGHT, mixed(GRASS, (190, 178, 110), 0.45), mixed(EARTH, (176, 156, 96), 0.5))
    for x in range(-900, 1700, 74):
        c.stroke([(400 + (x - 400) * 0.16, 290), (x, HEIGHT)], 4, (128, 104, 66), thick=120)
    for x in (60, 190, 640, 730):
        tree(c, (c.about(x, 20), 296), c.about(74, 16), light)
    stubble = [(196, 178, 112), (160, 142, 84), (120, 98, 62)]
    c.speckle(lambda: (c.chance.uniform(0, WIDTH), 300 + 300 * c.chance.random() ** 0.7), 1400, 2.6, stubble)


def stairwell(c: Canvas, light: Light) -> None:
    """Inside a house: the landing begins at y=430, stairs go up at the right."""
    wall_colour = light.on(c.chance.choice(((202, 206, 198), (166, 172, 170), (218, 208, 186))))
    c.fade(0, 430, lighter(wall_colour, 0.2), wall_colour)
    c.box(0, 250, WIDTH, 180, light.on(c.chance.choice(((126, 152, 140), (92, 112, 132), (176, 166, 140)))))
    c.box(c.chance.uniform(260, 640), c.about(90, 60), c.about(130, 50), c.about(90, 40), (234, 238, 236))
    c.fade(430, HEIGHT, light.on((150, 148, 144)), light.on((122, 120, 118)))
    x = c.about(90, 70)
    c.box(x, 90, 150, 340, light.on((112, 86, 66)))
    c.box(x + 10, 100, 130, 326, light.on((132, 102, 78)))
    c.oval((x + 128, 270), 6, 6, (196, 180, 120))
    for step in range(9):
        x, y = 470 + step * 40, 430 - step * 30
        c.box(x, y - 30, WIDTH - x, 30, mixed((160, 158, 152), (110, 108, 106), step / 12))
        c.stroke([(x, y - 30), (WIDTH, y - 30)], 2, (196, 194, 188))
    c.stroke([(462, 330), (812, 66)], 7, (92, 62, 48))
    for step in range(9):
        c.stroke([(470 + step * 40, 398 - step * 30), (470 + step * 40, 326 - step * 30)], 3, (70, 74, 76))
