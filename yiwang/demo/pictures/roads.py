"""What may be wrong in streets and on roads, as it was found and mended."""

from yiwang.demo.pictures import scenery, things
from yiwang.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, darker, lighter, mixed
from yiwang.demo.pictures.scenery import ASPHALT, EARTH, GRASS, LEAVES, RED, Light, at_dusk


def lamp(c: Canvas, light: Light, *, mended: bool) -> None:
    """A street in the evening; its lamp is out."""
    scenery.street(c, at_dusk(light))
    x = c.about(400, 90)
    bulb = things.lamp_post(c, (x, 386), 300, (78, 82, 88))
    if not mended:
        c.oval(bulb, 16, 5, (52, 54, 60))
        c.shape([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], (10, 12, 24), thick=96)
        return
    c.glow(bulb, 330, (255, 226, 160), 0.75)
    x, y = bulb
    c.shape([(x - 18, y), (x + 18, y), (x + 200, 470), (x - 220, 470)], (255, 226, 160), thick=26)
    c.oval(bulb, 18, 6, (255, 246, 214))


def full_bins(c: Canvas, light: Light, *, mended: bool) -> None:
    """Bins that nobody has emptied."""
    scenery.street(c, light)
    colours = ((64, 104, 74), (72, 82, 92), (58, 92, 132))
    left = c.about(200, 40)
    for n, colour in enumerate(colours):
        things.wheelie_bin(c, (left + n * 142, 452), 150, colour, is_open=not mended)
    if mended:
        return
    for n in range(3):
        for _ in range(4):
            things.bag(c, (c.about(left + 46 + n * 142, 34), c.about(300, 10)), 30)
    for n in range(9):
        things.bag(c, (c.about(left - 60 + n * 68, 22), c.about(452, 14)), c.about(36, 8))
    things.litter(c, (left + 220, 492), (330, 32), 70)


def burst_pipe(c: Canvas, light: Light, *, mended: bool) -> None:
    """Water that comes out of the road."""
    scenery.street(c, light)
    x = c.about(400, 90)
    if mended:
        patch = darker(ASPHALT, 0.35)
        c.shape([(x - 92, 436), (x + 84, 436), (x + 116, 506), (x - 120, 506)], patch)
        c.speckle(lambda: (c.about(x, 96), c.about(470, 32)), 260, 1.8, [lighter(patch, 0.15), darker(patch, 0.3)])
        return
    wet = mixed(light.sky, (74, 82, 88), 0.5)
    c.blot((x, 500), 390, 78, darker(ASPHALT, 0.4), rough=0.12, thick=170)
    c.blot((x + 10, 506), 330, 58, wet, rough=0.14, thick=190)
    for n in range(14):
        c.stroke([(c.about(x, 280), 476 + n * 5), (c.about(x, 280), 477 + n * 5)], 2, lighter(wet, 0.5), thick=120)
    c.blot((x, 452), 62, 17, (46, 44, 44), rough=0.3)
    for _ in range(34):
        lean, high = c.about(0, 70), c.about(150, 60)
        jet = [(x, 452), (x + lean * 0.4, 452 - high), (x + lean, 452 - high * 0.7), (x + lean * 1.8, 460)]
        c.stroke(jet, c.about(3, 2), lighter(wet, 0.6), thick=90)
    c.speckle(lambda: (c.about(x, 120), c.about(390, 84)), 220, 4, [(232, 238, 242), (206, 218, 226)])
    things.cone(c, (x - 190, 462), 66)


def hanging_cables(c: Canvas, light: Light, *, mended: bool) -> None:
    """Cables that hang down to people's heads."""
    scenery.street(c, light)
    poles = (110.0, 650.0)
    for x in poles:
        c.stroke([(x, 388), (x + (0 if mended or x > 300 else -26), 40)], 13, (134, 130, 122))
        c.box(x - 50, 58, 100, 8, (104, 96, 88))
    shift = 0 if mended else -24
    if mended:
        things.cables(c, ((poles[0], 62), (poles[1], 62)), 5, 18)
        return
    things.cables(c, ((poles[0] + shift, 62), (poles[1], 62)), 7, 70)
    things.cables(c, ((poles[0] + shift, 76), (poles[1], 76)), 5, 250)
    for n in range(7):
        loop = [
            (poles[1] - 6, 96),
            (poles[1] + 40 + n * 9, 130 + n * 8),
            (poles[1] - 30 - n * 6, 156 + n * 7),
            (poles[1], 200),
        ]
        c.stroke(loop, 2.4, (32, 34, 38))
    end = [(poles[0] + shift, 90), (200, 240), (236, 330), (244, 410), (300, 440)]
    c.stroke(end, 4, (26, 28, 30))


def blocked_lane(c: Canvas, light: Light, *, mended: bool) -> None:
    """Cars on a fire lane."""
    scenery.street(c, light)
    yellow = light.on((214, 176, 62))
    c.stroke([(60, 430), (744, 430)], 6, yellow, thick=220)
    c.stroke([(20, 566), (786, 566)], 7, yellow, thick=220)
    for x in range(80, 740, 62):
        c.stroke([(x, 433), (x - 60 + (x - 400) * 0.12, 562)], 5, yellow, thick=170)
    c.box(352, 250, 96, 62, RED)
    for n in range(3):
        c.box(364, 262 + n * 15, 72 - n * 14, 6, (244, 238, 226))
    if mended:
        return
    colours = ((60, 76, 108), (196, 198, 200), (120, 44, 44), (48, 50, 54), (214, 208, 190))
    things.car(c, (c.about(70, 26), 478), 300, c.chance.choice(colours))
    things.car(c, (c.about(420, 30), 528), 340, c.chance.choice(colours))


def stalls(c: Canvas, light: Light, *, mended: bool) -> None:
    """Stalls that have spread over the pavement."""
    scenery.street(c, light)
    if mended:
        c.stroke([(0, 382), (WIDTH, 382)], 5, (222, 196, 92))
        return
    cloths = (RED, (62, 106, 150), (206, 152, 58), (76, 130, 94))
    for n in range(4):
        x, cloth = 30 + n * 190 + c.about(0, 14), cloths[n]
        c.stroke([(x + 76, 430), (x + 76, 236)], 5, (210, 210, 206))
        for part in range(6):
            left = x - 24 + part * 33
            tone = cloth if part % 2 else lighter(cloth, 0.55)
            c.shape([(x + 76, 214), (left, 268), (left + 34, 268)], tone)
        c.box(x - 4, 366, 160, 14, (172, 140, 100))
        c.box(x + 4, 380, 144, 52, lighter(cloth, 0.3))
        for _ in range(30):
            fruit = c.chance.choice(((206, 74, 52), (224, 152, 52), (116, 150, 68), (198, 182, 92)))
            c.oval((c.about(x + 76, 66), c.about(358, 9)), 9, 8, fruit)
        c.box(x + c.about(20, 12), 434, 44, 28, (166, 132, 92))
        c.box(x + c.about(90, 12), 438, 40, 26, (182, 148, 104))
    things.litter(c, (400, 478), (390, 18), 50)


def weeds(c: Canvas, light: Light, *, mended: bool) -> None:
    """A green turned to vegetables, grown wild."""
    scenery.street(c, light)
    c.shape([(0, 424), (WIDTH, 424), (WIDTH, HEIGHT), (0, HEIGHT)], mixed(GRASS, EARTH, 0.05 if mended else 0.75))
    c.box(0, 418, WIDTH, 9, (186, 180, 168))
    tones = [GRASS, (136, 160, 88), darker(GRASS, 0.2)]
    c.speckle(lambda: (c.chance.uniform(0, WIDTH), c.chance.uniform(430, HEIGHT)), 2200 if mended else 300, 3.4, tones)
    if mended:
        for x in range(40, WIDTH, 96):
            c.blot((c.about(x, 8), 440), 42, 28, (72, 108, 58), rough=0.14)
        return
    for row in range(4):
        for n in range(10):
            x, y = 30 + n * 82 + row * 14, 452 + row * 42
            for _ in range(6):
                leaf = mixed((84, 128, 58), (156, 176, 86), c.chance.random())
                c.blot((c.about(x, 22), c.about(y, 10)), c.about(17, 6), c.about(11, 4), leaf, rough=0.3)
    for n in range(9):
        c.stroke([(60 + n * 86, 470), (64 + n * 86, 372)], 3, (150, 128, 90))


def pothole(c: Canvas, light: Light, *, mended: bool) -> None:
    """A hole in the road."""
    scenery.road(c, light)
    at = (c.about(400, 70), c.about(482, 18))
    if mended:
        wide, high = 158, 46
        patch = darker(ASPHALT, 0.42)
        c.shape(
            [
                (at[0] - wide * 0.82, at[1] - high),
                (at[0] + wide * 0.78, at[1] - high),
                (at[0] + wide, at[1] + high),
                (at[0] - wide, at[1] + high),
            ],
            patch,
        )
        grit = [lighter(patch, 0.12), darker(patch, 0.3)]
        c.speckle(lambda: (c.about(at[0], wide * 0.8), c.about(at[1], high * 0.9)), 320, 1.8, grit)
        return
    c.blot(at, 150, 46, darker(ASPHALT, 0.2), rough=0.18)
    c.blot((at[0], at[1] + 3), 128, 37, mixed(EARTH, ASPHALT, 0.4), rough=0.2)
    c.blot((at[0], at[1] - 4), 118, 30, darker(EARTH, 0.55), rough=0.2)
    c.blot((at[0] + 10, at[1] + 6), 86, 19, mixed(light.sky, (70, 74, 72), 0.55), rough=0.16)
    rubble = [lighter(ASPHALT, 0.2), darker(ASPHALT, 0.4), EARTH]
    c.speckle(lambda: (c.about(at[0], 210), c.about(at[1] + 8, 64)), 130, 5, rubble)
    for _ in range(9):
        x, y = c.about(at[0], 150), c.about(at[1], 42)
        c.stroke(
            [(x, y), (c.about(x, 30), c.about(y, 14)), (c.about(x, 56), c.about(y, 24))], 1.8, darker(ASPHALT, 0.5)
        )
    things.cone(c, (at[0] + 206, at[1] + 26), 74)


def manhole(c: Canvas, light: Light, *, mended: bool) -> None:
    """A manhole; its cover is gone."""
    scenery.road(c, light)
    at = (c.about(410, 50), 486.0)
    c.oval(at, 118, 42, darker(ASPHALT, 0.25))
    c.oval(at, 108, 37, (128, 124, 118))
    if mended:
        c.oval(at, 98, 33, (88, 86, 84))
        for n in range(-4, 5):
            reach = (1 - (n / 5) ** 2) ** 0.5
            c.stroke([(at[0] + n * 19, at[1] - 29 * reach), (at[0] + n * 19, at[1] + 29 * reach)], 2, (62, 60, 60))
            c.stroke(
                [(at[0] - 92 * reach, at[1] + n * 6.4), (at[0] + 92 * reach, at[1] + n * 6.4)], 2, (112, 110, 106)
            )
        return
    c.oval(at, 98, 33, (20, 20, 22))
    c.oval((at[0], at[1] + 9), 84, 22, (36, 34, 34))
    c.stroke([(at[0] - 30, at[1] - 26), (at[0] - 30, at[1] + 12)], 4, (92, 80, 68))
    c.stroke([(at[0] + 4, at[1] - 28), (at[0] + 4, at[1] + 10)], 4, (92, 80, 68))
    branch = [(at[0] - 10, at[1] + 14), (at[0] + 26, at[1] - 80), (at[0] + 58, at[1] - 150)]
    c.stroke(branch, 6, scenery.BARK)
    for n in range(7):
        c.blot((c.about(at[0] + 44, 26), c.about(at[1] - 120 + n * 4, 34)), 17, 13, LEAVES, rough=0.3)


def fallen_tree(c: Canvas, light: Light, *, mended: bool) -> None:
    """A tree that lies across the road."""
    scenery.road(c, light)
    if mended:
        c.oval((142, 452), 34, 12, (150, 120, 84))
        c.oval((142, 452), 20, 7, (182, 152, 110))
        saw = [(196, 172, 126), (172, 146, 104)]
        c.speckle(lambda: (c.about(200, 110), c.about(466, 20)), 160, 3, saw)
        return
    c.blot((430, 500), 330, 30, (24, 28, 24), thick=110)
    c.stroke([(116, 452), (300, 462), (640, 488)], 34, scenery.BARK)
    c.stroke([(116, 446), (300, 454), (640, 478)], 8, lighter(scenery.BARK, 0.25))
    for _ in range(15):
        x = c.chance.uniform(380, 700)
        twig = [(x, 476), (c.about(x + 26, 40), c.about(420, 44)), (c.about(x + 50, 60), c.about(390, 60))]
        c.stroke(twig, c.about(6, 3), darker(scenery.BARK, 0.15))
    for _ in range(54):
        leaf = mixed(LEAVES, (150, 168, 88), c.chance.random() * 0.8)
        at = (c.chance.uniform(400, 790), c.about(452, 66))
        c.blot(at, c.about(34, 14), c.about(24, 9), leaf, rough=0.3)
    c.speckle(lambda: (c.about(470, 330), c.about(520, 40)), 220, 6, [LEAVES, (150, 168, 88), darker(LEAVES, 0.3)])
