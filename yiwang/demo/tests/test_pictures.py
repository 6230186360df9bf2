"""Drawn photos: the same each time, and what was wrong is gone in the last one."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from yiwang.catalogue.actions.defaults import DEFAULT
from yiwang.demo.pictures.drawing import VARIANTS, Shown, drawn, own_variant
from yiwang.demo.pictures.scenes import SCENES
from yiwang.demo.showing import SCENE_OF, done
from yiwang.formalism.pictures import distances, looks_of
from yiwang.formalism.rules import Tolerances, looks_same


def pixels(picture: Shown) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    image = Image.open(BytesIO(drawn(picture)))
    assert image.size == (480, 360)
    return np.asarray(image).astype("float32")


@pytest.mark.parametrize("scene", SCENES)
def test_a_scene_changes_where_it_was_mended_and_stays_the_same_place(scene: str) -> None:
    found, mended = (pixels(Shown(scene, 0, moment)) for moment in ("told", "after"))
    assert found.std() > 12  # something is to be seen, even at night
    assert np.abs(found - mended).max(axis=2).mean() > 4
    # Seen from afar, it is the same street.
    far = [np.asarray(Image.fromarray(one.astype("uint8")).resize((4, 3))).astype(float) for one in (found, mended)]
    assert np.abs(far[0] - far[1]).mean() < 70


def test_the_same_picture_is_the_same_bytes_and_another_variant_is_not() -> None:
    assert drawn(Shown("lamp", 0, "told")) == drawn(Shown("lamp", 0, "told"))
    assert len({drawn(Shown("lamp", variant, "told")) for variant in range(VARIANTS)}) == VARIANTS


def test_two_places_are_seldom_taken_for_one() -> None:
    """What is brought in a month to show that it is done is no sign of formalism, but for a few."""
    same = 0
    for scene in SCENES:
        looks = [looks_of(drawn(Shown(scene, own_variant(1000 + n), "after"))) for n in range(8)]
        same += sum(
            any(looks_same(int(bits), Tolerances()) for bits in distances(look, looks[:n]))
            for n, look in enumerate(looks)
        )
    assert same <= len(SCENES) * 8 * 0.06


def test_every_scene_belongs_to_items_that_there_are_and_says_what_was_done() -> None:
    assert set(SCENE_OF.values()) == set(SCENES)
    items = DEFAULT.read_text(encoding="utf-8-sig")
    assert [code for code in SCENE_OF if f"\n{code}," not in items] == []
    assert len({done(scene) for scene in SCENES}) == len(SCENES)
