import pytest

from yiwang.places.models import Place
from yiwang.places.tests.make import make_place
from yiwang.plumbing.walls.ground import EVERYWHERE, lies_in, standing_on


@pytest.mark.django_db
def test_what_lies_inside_places_is_found_by_their_codes() -> None:
    with standing_on(EVERYWHERE):
        for code, kind in (("990101", ""), ("990101001", ""), ("990101R001", "road"), ("990102", "")):
            make_place(code, kind=kind)
        found = Place.objects.order_by("pk").values_list("pk", flat=True)
        assert list(found.filter(lies_in("pk", ["990101"]))) == ["990101", "990101001", "990101R001"]
        assert list(found.filter(lies_in("pk", EVERYWHERE))) == ["990101", "990101001", "990101R001", "990102"]
        assert list(found.filter(lies_in("pk", []))) == []
