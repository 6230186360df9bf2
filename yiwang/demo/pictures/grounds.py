"""What may be wrong by the water, at walls, in fields, houses and on sites, as it was found and mended."""

from yiwang.demo.pictures import scenery, things
from yiwang.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Point, darker, lighter, mixed
from yiwang.demo.pictures.scenery import ASPHALT, EARTH, GREY, RED, STEEL, WATER, Light


def rubbish(c: Canvas, light: Light, *, mended: bool) -> None:
    """A heap of rubbish and rubble against a wall."""
    scenery.wall(c, light)
    x = c.about(400, 70)
    if mended:
        c.blot((x, 486), 210, 24, (140, 134, 124), thick=70)
        return
    c.blot((x, 494), 270, 34, (40, 40, 40), thick=90)
    for n in range(60):
        rise = c.chance.random()
        at = (c.about(x, 230 * (1 - rise * 0.7)), 488 - rise * 118)
        brick = c.chance.choice(((158, 92, 72), (172, 164, 152), (132, 126, 120), (190, 182, 170)))
        size = c.about(22, 9)
        if n % 4:
            c.blot(at, size, size * 0.6, brick, rough=0.3)
        else:
            things.bag(c, at, size * 1.5)
    c.shape([(x - 150, 470), (x - 20, 316), (x - 4, 324), (x - 128, 482)], (150, 118, 82))
    c.shape([(x + 60, 478), (x + 180, 356), (x + 192, 366), (x + 84, 488)], (136, 104, 72))
    things.litter(c, (x, 512), (310, 26), 60)


def foul_river(c: Canvas, light: Light, *, mended: bool) -> None:
    """A river into which a pipe lets sewage, with rubbish floating on it."""
    scenery.river(c, light, WATER if mended else (104, 104, 74))
    x = c.about(610, 40)
    c.shape([(x - 20, 470), (x + 220, 452), (x + 220, 600), (x - 40, 600)], (142, 138, 130))
    c.oval((x + 2, 512), 25, 29, (116, 114, 110))
    c.oval((x + 1, 513), 17, 21, (26, 26, 26))
    if mended:
        return
    for n, colour in enumerate(((92, 78, 48), (76, 66, 44), (64, 58, 42))):
        wide = 250 - n * 60
        c.blot((x - 150, 470 + n * 8), wide, 42 - n * 8, colour, rough=0.16, thick=150)
    c.shape([(x - 14, 516), (x + 10, 520), (x - 30, 560), (x - 74, 548)], (86, 74, 46))
    for _ in range(80):
        y = 330 + 170 * c.chance.random()
        c.oval((c.chance.uniform(20, 660), y), 3 + (y - 320) / 40, 1.6 + (y - 320) / 90, (206, 204, 190), thick=150)
    for _ in range(9):
        things.bag(c, (c.chance.uniform(60, 560), c.chance.uniform(390, 500)), c.about(15, 4))
    things.litter(c, (330, 440), (290, 62), 70)


def cracked_wall(c: Canvas, light: Light, *, mended: bool) -> None:
    """A wall whose plaster has come down, with a crack and damp."""
    colour = scenery.wall(c, light)
    x, y = c.about(400, 60), 200.0
    if mended:
        c.blot((x, y), 190, 122, lighter(colour, 0.28), rough=0.06)
        c.stroke([(x + 60, 40), (x + 90, 150), (x + 74, 260), (x + 112, 386)], 12, lighter(colour, 0.22))
        return
    c.blot((x - 10, y + 60), 250, 190, darker(colour, 0.35), rough=0.14, thick=60)
    c.blot((x, y), 182, 116, darker(colour, 0.3), rough=0.18)
    c.blot((x + 3, y + 4), 170, 106, (168, 112, 88), rough=0.16)
    for row in range(-5, 6):
        reach = 158 * (1 - (row / 6) ** 2) ** 0.5
        c.stroke([(x - reach, y + row * 19), (x + reach, y + row * 19)], 2.4, (196, 172, 152))
        for n in range(int(-reach // 44), int(reach // 44) + 1):
            joint = x + n * 44 + (22 if row % 2 else 0)
            c.stroke([(joint, y + row * 19), (joint, y + row * 19 + 19)], 2.2, (196, 172, 152))
    crack: list[Point] = [(x + 60, 20)]
    while crack[-1][1] < 392:
        crack.append((c.about(crack[-1][0] + 4, 16), crack[-1][1] + c.about(24, 10)))
    c.stroke(crack, 5, (38, 34, 32))
    for at in crack[::3]:
        c.stroke([at, (c.about(at[0], 46), at[1] + 26)], 2, (48, 42, 40))
    flakes = [lighter(colour, 0.2), (168, 112, 88), colour]
    c.speckle(lambda: (c.about(x, 190), c.about(478, 20)), 150, 12, flakes)


def stickers(c: Canvas, light: Light, *, mended: bool) -> None:
    """A wall full of stickers and scrawls."""
    colour = scenery.wall(c, light)
    if mended:
        c.box(60, 110, 680, 270, lighter(colour, 0.2), thick=170)
        return
    papers = ((236, 232, 220), (246, 222, 96), (226, 120, 104), (164, 202, 216), (236, 168, 92))
    for _ in range(34):
        x, y, wide = c.chance.uniform(50, 690), c.chance.uniform(90, 340), c.about(56, 18)
        tilt, paper = c.about(0, 7), c.chance.choice(papers)
        c.shape([(x, y), (x + wide, y + tilt), (x + wide - tilt, y + 64), (x - tilt, y + 62)], darker(paper, 0.05))
        for line in range(4):
            ink = RED if line == 0 else (60, 60, 64)
            c.stroke(
                [(x + 6, y + 10 + line * 13), (x + wide - c.about(14, 8), y + 10 + line * 13)],
                5 if line == 0 else 2.4,
                ink,
                thick=200,
            )
    for colour_of_paint in ((34, 34, 40), (150, 40, 44)):
        x, y = c.about(300, 140), c.about(230, 40)
        scrawl: list[Point] = [(x, y)]
        for _ in range(12):
            scrawl.append((scrawl[-1][0] + c.about(24, 16), c.about(y, 54)))
        c.stroke(scrawl, 9, colour_of_paint, thick=210)


def broken_railing(c: Canvas, light: Light, *, mended: bool) -> None:
    """A railing by the water; a stretch of it is gone."""
    scenery.river(c, light, WATER)
    left = c.about(300, 60)
    things.railing(c, 0, WIDTH, 556, gap=None if mended else (left, left + 200))
    if mended:
        return
    c.stroke([(left + 6, 556), (left + 60, 584), (left + 196, 590)], 6, darker(STEEL, 0.1))
    for n in range(6):
        c.stroke([(left + 40 + n * 24, 588), (left + 66 + n * 24, 548 + n * 3)], 5, STEEL)
    for x in (left - 20, left + 220):
        c.stroke([(x, 470), (x + 10, 556)], 6, RED)
    c.stroke([(left - 18, 486), (left + 90, 502), (left + 222, 486)], 7, RED)
    c.stroke([(left - 18, 486), (left + 90, 502), (left + 222, 486)], 2.4, (242, 236, 226))


def burning_straw(c: Canvas, light: Light, *, mended: bool) -> None:
    """Straw that burns in the field."""
    scenery.field(c, light)
    x = c.about(400, 80)
    c.blot((x, 500), 210, 44, (48, 42, 36), rough=0.2, thick=220)
    c.speckle(lambda: (c.about(x, 200), c.about(500, 38)), 240, 5, [(30, 28, 26), (84, 76, 66), (58, 50, 44)])
    if mended:
        c.blot((x - 6, 502), 150, 26, (66, 64, 62), rough=0.2, thick=150)
        return
    for n in range(26):
        rise = n / 26
        at = (c.about(x + rise * 130, 30 + rise * 90), 470 - rise * 420)
        smoke = mixed((96, 92, 90), light.low, rise * 0.7)
        c.blot(at, 46 + rise * 96, 34 + rise * 62, smoke, rough=0.24, thick=70)
    for colour, high in (((198, 74, 32), 92), ((234, 138, 42), 66), ((252, 214, 110), 40)):
        for n in range(9):
            foot = c.about(x - 120 + n * 30, 8)
            tip = (c.about(foot + 8, 14), 496 - c.about(high, high * 0.35))
            c.shape([(foot - 16, 502), tip, (foot + 16, 502)], colour, thick=215)


def crammed_stairs(c: Canvas, light: Light, *, mended: bool) -> None:
    """A landing full of boxes, with an electric bicycle being charged."""
    scenery.stairwell(c, light)
    if mended:
        return
    for n in range(13):
        wide, high = c.about(74, 20), c.about(54, 14)
        x, y = 232 + (n % 4) * 64 + c.about(0, 10), 468 - (n // 4) * 56
        card = mixed((182, 148, 104), (150, 116, 78), c.chance.random())
        c.box(x, y - high, wide, high, card)
        c.box(x, y - high, wide, 9, lighter(card, 0.2))
        c.stroke([(x + wide / 2, y - high), (x + wide / 2, y)], 5, (206, 186, 140), thick=170)
    x = 500.0
    for wheel in (x, x + 190):
        c.oval((wheel, 520), 54, 54, (30, 30, 32))
        c.oval((wheel, 520), 40, 40, (120, 122, 124))
        c.oval((wheel, 520), 34, 34, (86, 88, 90))
    frame = c.chance.choice((RED, (56, 92, 140), (66, 70, 76)))
    c.stroke([(x, 520), (x + 60, 470), (x + 140, 476), (x + 190, 520)], 16, frame)
    c.stroke([(x + 190, 520), (x + 156, 400), (x + 124, 392)], 8, (52, 54, 58))
    c.box(x + 34, 440, 84, 20, (40, 40, 42))
    c.stroke([(x + 60, 486), (x - 60, 540), (x - 130, 500), (x - 160, 360), (x - 150, 240)], 3.4, (226, 226, 222))
    c.box(x - 164, 214, 30, 30, (238, 238, 232))


def building_site(c: Canvas, light: Light, *, mended: bool) -> None:
    """A building site whose hoarding is broken and whose dust blows over the road."""
    scenery.sky(c, light, 330)
    frame = mixed(GREY, light.low, 0.2)
    for floor in range(4):
        c.box(250, 118 + floor * 56, 360, 11, frame)
        for column in range(6):
            c.box(256 + column * 68, 129 + floor * 56, 10, 46, darker(frame, 0.12))
    c.stroke([(690, 340), (690, 40), (430, 56)], 6, (206, 156, 52))
    c.stroke([(690, 40), (770, 66)], 6, (206, 156, 52))
    c.stroke([(500, 54), (500, 116)], 1.6, (60, 60, 60))
    c.fade(330, HEIGHT, mixed(EARTH, GREY, 0.4), ASPHALT)
    panel = (92, 132, 156)
    broken = () if mended else (3, 4)
    for n in range(11):
        x = n * 76 - 16
        if n in broken:
            c.shape([(x + 20, 436), (x + 92, 428), (x + 100, 452), (x + 6, 462)], darker(panel, 0.2))
            continue
        c.box(x, 300, 74, 142, panel if n % 2 else lighter(panel, 0.14))
        c.box(x, 300, 74, 10, (236, 232, 222))
        c.box(x + 71, 300, 3, 142, darker(panel, 0.4))
    c.box(0, 440, WIDTH, 8, (150, 146, 138))
    if mended:
        return
    c.blot((250, 420), 92, 52, (150, 122, 88), rough=0.2)
    for _ in range(26):
        at = (c.about(330, 260), c.about(420, 110))
        c.blot(at, c.about(96, 34), c.about(52, 18), (188, 168, 138), rough=0.3, thick=26)
