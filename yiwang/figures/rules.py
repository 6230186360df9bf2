"""The law of figures: none lies outside its bounds, and of those that were set the nearest around hold."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

R = TypeVar("R")


def fits(figures: Any, *, least: Any, most: Any) -> bool:
    """Whether each figure of a dataclass lies within its bounds, which are two more of its kind; the ends belong to
    them."""
    names = [one.name for one in fields(figures)]
    return all(getattr(least, name) <= getattr(figures, name) <= getattr(most, name) for name in names)


def nearest(kept: Mapping[str, R], place: str) -> R | None:
    """Of what was set by ground (codes, "" for everywhere), what holds in a place; None where nothing does."""
    around = (place[:length] for length in range(len(place), -1, -1))
    return next((kept[code] for code in around if code in kept), None)
