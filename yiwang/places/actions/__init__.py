"""What can be done to the ground: bring in places and boundaries, and draw the ground anew."""

from yiwang.places.actions.boundaries import import_boundaries
from yiwang.places.actions.imports import import_places
from yiwang.places.actions.redrawing import call_off, carry_out, plan_redrawing

__all__ = ["call_off", "carry_out", "import_boundaries", "import_places", "plan_redrawing"]
