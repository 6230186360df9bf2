"""What can be done to the ground: bring in places, their names and boundaries, and draw the ground anew."""

from yiwang.places.actions.aliases import call_no_longer, call_place, import_aliases
from yiwang.places.actions.boundaries import import_boundaries
from yiwang.places.actions.imports import import_places
from yiwang.places.actions.redrawing import call_off, carry_out, plan_redrawing

__all__ = [
    "call_no_longer",
    "call_off",
    "call_place",
    "carry_out",
    "import_aliases",
    "import_boundaries",
    "import_places",
    "plan_redrawing",
]
