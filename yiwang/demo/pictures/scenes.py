"""Every scene by its name."""

from typing import Protocol

from yiwang.demo.pictures import grounds, roads
from yiwang.demo.pictures.canvas import Canvas
from yiwang.demo.pictures.scenery import Light


class Scene(Protocol):
    """Paints what was found, or what is there once it is mended."""

    def __call__(self, c: Canvas, light: Light, *, mended: bool) -> None: ...


SCENES: dict[str, Scene] = {
    "lamp": roads.lamp,
    "pothole": roads.pothole,
    "manhole": roads.manhole,
    "full_bins": roads.full_bins,
    "rubbish": grounds.rubbish,
    "foul_river": grounds.foul_river,
    "burst_pipe": roads.burst_pipe,
    "fallen_tree": roads.fallen_tree,
    "hanging_cables": roads.hanging_cables,
    "blocked_lane": roads.blocked_lane,
    "stalls": roads.stalls,
    "cracked_wall": grounds.cracked_wall,
    "stickers": grounds.stickers,
    "broken_railing": grounds.broken_railing,
    "burning_straw": grounds.burning_straw,
    "crammed_stairs": grounds.crammed_stairs,
    "building_site": grounds.building_site,
    "weeds": roads.weeds,
}
