"""Kinds of place: those that come along, and those that an installation adds."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction

from yiwang.places.models import Kind, Place
from yiwang.places.tests.make import COUNTY, GRID, make_ground, make_place
from yiwang.plumbing.walls.ground import standing_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_ground")]


def test_seven_kinds_come_along() -> None:
    assert list(Kind.objects.values_list("code", "name", "is_line")) == [
        ("county", "县（区）", False),
        ("town", "乡镇（街道）", False),
        ("community", "社区（村）", False),
        ("road", "路段", True),
        ("grid", "网格", False),
        ("courtyard", "小院", False),
        ("building", "楼栋", False),
    ]


def test_a_courtyard_and_a_building_share_the_numbers_of_their_grid() -> None:
    make_ground(GRID, f"{GRID}001")
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(code=f"{GRID}001", name="一号楼", kind_id="building", parent_id=GRID)


@pytest.mark.parametrize(
    ("own_part", "parents"), [(r"(\d{3}", ["grid"]), (r"\d{2}", ["galaxy"]), (r"\d{2}", ["building"])]
)
def test_a_kind_whose_codes_cannot_be_is_refused(own_part: str, parents: list[str]) -> None:
    kind = Kind(code="stair", name="单元", name_en="Stair", rank=6, own_part=own_part, parents=parents)
    with pytest.raises(ValidationError):
        kind.full_clean()


def test_an_installation_may_add_a_kind_of_its_own() -> None:
    kind = Kind(code="stair", name="单元", name_en="Stair", rank=8, own_part=r"\d{2}", parents=["building"])
    kind.full_clean()
    kind.save()


def test_who_stands_on_one_county_changes_no_kind_for_all() -> None:
    with standing_on([COUNTY]):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Kind.objects.create(code="x", name="x", name_en="x", rank=9, own_part=r"\d")
        assert Kind.objects.filter(code="grid").update(name="x") == 0


def test_a_code_never_stands_in_a_place_it_does_not_begin_with() -> None:
    make_place(COUNTY)
    with pytest.raises(IntegrityError, match="place_code_begins"), transaction.atomic():
        Place.objects.create(code="990102001", name="x", kind_id="town", parent_id=COUNTY)
