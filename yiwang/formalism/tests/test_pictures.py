"""The same photo is known again after being written anew or cut a little; another photo is not."""

import random
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image, ImageDraw

from yiwang.formalism.pictures import Looks, distances, keys_of, looks_of
from yiwang.formalism.rules import Tolerances

SAME = Tolerances().bits


def drawn(seed: int) -> Image.Image:
    """A street out of blocks, circles and lines, another one for each seed."""
    told = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    picture = Image.new("RGB", (480, 360), tuple(told.randrange(120, 256) for _ in range(3)))
    pen = ImageDraw.Draw(picture)
    for _ in range(14):
        left, top = told.randrange(-60, 440), told.randrange(-60, 320)
        box = (left, top, left + told.randrange(40, 260), top + told.randrange(40, 220))
        ink = tuple(told.randrange(256) for _ in range(3))
        told.choice((pen.rectangle, pen.ellipse))(box, fill=ink)
    return picture


def written(picture: Image.Image, quality: int = 85) -> bytes:
    content = BytesIO()
    picture.save(content, "JPEG", quality=quality)
    return content.getvalue()


def cut(picture: Image.Image, left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> Image.Image:
    width, height = picture.size
    box = (left * width, top * height, (1 - right) * width, (1 - bottom) * height)
    return picture.crop(tuple(map(round, box)))  # type: ignore[arg-type]


def differs(one: bytes, other: bytes) -> int:
    return int(distances(looks_of(one), [looks_of(other)])[0])


def shares_a_key(one: bytes, other: bytes) -> bool:
    return not set(keys_of(looks_of(one))).isdisjoint(keys_of(looks_of(other)))


@pytest.mark.parametrize("seed", range(8))
def test_written_anew_and_made_smaller_it_is_the_same(seed: int) -> None:
    picture = drawn(seed)
    poor = written(picture.resize((240, 180)), quality=40)
    assert differs(written(picture), poor) <= SAME
    assert shares_a_key(written(picture), poor)


@pytest.mark.parametrize("sides", [{"left": 0.03}, {"top": 0.03}, {"right": 0.03}, {"left": 0.03, "top": 0.03},
                                   {"left": 0.03, "top": 0.03, "right": 0.03, "bottom": 0.03}])  # fmt: skip
def test_cut_a_little_it_is_the_same(sides: dict[str, float]) -> None:
    for seed in range(8):
        whole, part = written(drawn(seed)), written(cut(drawn(seed), **sides), quality=70)
        assert differs(whole, part) <= SAME, seed
        assert differs(part, whole) <= SAME, seed
        assert shares_a_key(whole, part), seed


def test_another_picture_is_another() -> None:
    looks: list[Looks] = [looks_of(written(drawn(seed))) for seed in range(30)]
    assert min(int(distances(a, [b])[0]) for a, b in combinations(looks, 2)) > SAME


def test_what_shows_nothing_is_like_nothing() -> None:
    assert looks_of(written(Image.new("RGB", (480, 360), (12, 12, 14)))) == ()
