"""What can be asked of the ground: where a point lies, what lies in what, what is wrong with the drawing."""

from yiwang.places.queries.browsing import (
    Line,
    Page,
    area_kinds,
    children,
    listed,
    names_of,
    outline_of,
    place,
    roots,
    search,
    square_metres_of,
)
from yiwang.places.queries.exports import export_boundaries, export_places
from yiwang.places.queries.flaws import Flaw, flaws
from yiwang.places.queries.locator import around, crossed_by, line_near, locate, locate_many, metres_outside
from yiwang.places.queries.naming import NamedPlace, named_in
from yiwang.places.queries.outlines import outline
from yiwang.places.queries.plan_lists import plan_of_list, redrawings_on
from yiwang.places.queries.plans import faults_of_plan
from yiwang.places.queries.times import as_of, home_of, present, successions, successors
from yiwang.places.queries.tree import Spot, Tree, counties, tree

__all__ = [
    "Flaw",
    "Line",
    "NamedPlace",
    "Page",
    "Spot",
    "Tree",
    "area_kinds",
    "around",
    "as_of",
    "children",
    "counties",
    "crossed_by",
    "export_boundaries",
    "export_places",
    "faults_of_plan",
    "flaws",
    "home_of",
    "line_near",
    "listed",
    "locate",
    "locate_many",
    "metres_outside",
    "named_in",
    "names_of",
    "outline",
    "outline_of",
    "place",
    "plan_of_list",
    "present",
    "redrawings_on",
    "roots",
    "search",
    "square_metres_of",
    "successions",
    "successors",
    "tree",
]
