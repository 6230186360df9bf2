"""Set the ground of the demonstration county into the tables."""

from pyproj import Geod
from shapely import to_wkb

from yiwang.demo import Progress
from yiwang.demo.ground import county, roads
from yiwang.places.models import Boundary, Place
from yiwang.plumbing.freshness.snapshots import touched

_EARTH = Geod(ellps="WGS84")


def set_up(progress: Progress) -> None:
    """All places of the county with their boundaries."""
    grounds = list(county())
    progress(0, len(grounds))
    for kind in ("county", "town", "community", "grid", "courtyard"):
        Place.objects.bulk_create(
            Place(code=g.code, name=g.name, kind_id=g.kind, parent_id=g.parent) for g in grounds if g.kind == kind
        )
    Boundary.objects.bulk_create(
        Boundary(place_id=g.code, shape=to_wkb(shape), square_metres=abs(_EARTH.geometry_area_perimeter(shape)[0]))
        for g in grounds
        for shape in [g.shape()]
    )
    Place.objects.bulk_create(Place(code=r.code, name=r.name, kind_id="road", parent_id=r.town) for r in roads())
    Boundary.objects.bulk_create(Boundary(place_id=r.code, shape=to_wkb(r.shape())) for r in roads())
    touched("places")
    progress(len(grounds), len(grounds))
