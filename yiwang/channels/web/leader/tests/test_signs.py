"""Signs of formalism: who sees them, by unit and one by one, each with its case."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.rules import written
from yiwang.channels.web.desk.tests.cases import taken
from yiwang.formalism import queries
from yiwang.formalism.models import Sign
from yiwang.formalism.rules import Kind, Sameness

pytestmark = pytest.mark.django_db
FIGURES = {
    Kind.QUICK: {"minutes": 2, "most": 5}, Kind.PHOTO: {"other": 9901012600000007, "bits": 4, "most": 8},
    Kind.AGAIN: {"times": 3, "days": 30, "metres": 50, "others": [9901012600000007]},
    Kind.DEVICE: {"same": Sameness.ADDRESS.value},
}  # fmt: skip


@pytest.fixture
def gu(town: Town) -> Client:
    """Gu supervises Two Wells."""
    return at_the_desk(town.gu)


def sign(town: Town, kind: Kind = Kind.QUICK, *, number: int = 9901012600000008, days: int = 1, post: int = 0) -> Sign:
    return Sign.objects.create(
        county="990101", kind=kind, number=number, seq=6, place=town.lane_grid.code, post=post or town.water_post.pk,
        at=timezone.now() - timedelta(days=days), figures=FIGURES[kind],
    )  # fmt: skip


def test_every_kind_is_told_in_words_with_its_case_and_its_rule(town: Town, gu: Client) -> None:
    for kind in Kind:
        sign(town, kind)
    page = gu.get("/signs", headers={"Accept-Language": "en"}).content.decode()
    mine, other = written(9901012600000008), written(9901012600000007)
    assert page.count(f'href="/cases/{mine}"') == page.count(f"<code>{mine}</code>") == 4
    assert page.count(f"<code>{other}</code>") == 2
    for words in ("2 minutes after signing", "looks 94 % like", "closed 3 times in 30 days", "same address"):
        assert words in page
    assert "at most 5 minutes after being signed for" in page


def test_units_are_counted_and_the_list_narrowed(town: Town, gu: Client) -> None:
    sign(town), sign(town, Kind.PHOTO), sign(town, days=31, number=9901012600000009)
    (row,) = gu.get("/signs").context["rows"]
    assert (row.counts, row.total) == ([1, 1, 0, 0], 2)
    assert len(gu.get("/signs", {"kind": "photo"}).context["lines"]) == 1
    assert len(gu.get("/signs", {"unit": town.water_company.pk}).context["lines"]) == 2
    assert gu.get("/signs", {"unit": town.bridge_centre.pk}).context["lines"] == []


def test_the_rarest_kind_stands_first_whatever_the_newest_are(
    town: Town, gu: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "SHOWN", 2)
    rare = sign(town, Kind.AGAIN)
    photos = [sign(town, Kind.PHOTO, number=9901012600000010 + n) for n in range(3)]
    first = gu.get("/signs")
    assert [line.sign.pk for line in first.context["lines"]] == [rare.pk, photos[2].pk]
    rest = gu.get("/signs", {"before": first.context["more"]})
    assert [line.sign.pk for line in rest.context["lines"]] == [photos[1].pk, photos[0].pk]
    names = [value for value, _name, _rule in first.context["kinds"]]
    assert names == ["again", "photo", "quick", "device"]
    assert first.context["whole"] == [1, 3, 0, 0]
    text = taken(gu.get("/signs.csv")).decode()
    assert [line[:16] for line in text.splitlines()[1:]] == [
        str(one.number) for one in (rare, *reversed(photos))
    ]  # fmt: skip


def test_who_has_the_rarest_sign_stands_above_who_has_many_of_what_all_have(town: Town, gu: Client) -> None:
    for n in range(3):
        sign(town, Kind.PHOTO, number=9901012600000010 + n)
    sign(town, Kind.DEVICE, post=town.bos_post.pk)
    assert [row.total for row in gu.get("/signs").context["rows"]] == [1, 3]


def test_whoever_supervises_nothing_there_sees_none(town: Town) -> None:
    sign(town)
    for stranger in (town.wen, town.bo, town.mei):
        assert at_the_desk(stranger).get("/signs").status_code == 404
    assert Client().get("/signs")["Location"] == "/sign-in?next=/signs"


@pytest.mark.parametrize("unfit", [{"kind": "guilt"}, {"unit": "x"}, {"before": "-1"}])
def test_what_is_asked_for_must_be_there(gu: Client, unfit: dict[str, str]) -> None:
    assert gu.get("/signs", unfit).status_code == 404


def test_three_signs_cost_no_more_queries_than_one(town: Town, gu: Client) -> None:
    sign(town)
    one = queries_of(gu, "/signs")
    sign(town, Kind.PHOTO), sign(town, Kind.DEVICE)
    assert queries_of(gu, "/signs") == one <= MOST_QUERIES


def test_all_signs_that_are_asked_for_are_taken_away(town: Town, gu: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "SHOWN", 1)
    numbers = [9901012600000008 + n for n in range(3)]
    for number in numbers:
        sign(town, number=number)
    text = taken(gu.get("/signs.csv")).decode()
    assert [str(number) in text for number in numbers] == [True] * 3
    assert str(numbers[0]) not in taken(gu.get("/signs.csv?kind=photo")).decode()
    assert at_the_desk(town.wen).get("/signs.csv").status_code == 404
    assert at_the_desk(town.ding).get("/signs.csv").status_code == 404
