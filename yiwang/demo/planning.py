"""What rows of cases are made of: items, places, who answers, what people say, and when."""

import json
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import shapely
from django.db import connection

from yiwang.cases.models import Case
from yiwang.cases.rules import desk_of, words_of
from yiwang.catalogue.queries import ItemLine, answers_at, catalogue, centre_at
from yiwang.catalogue.rules import Secrecy, Stage
from yiwang.demo.chains import CASES
from yiwang.demo.rows import Kind, Plan, Saying, Spot
from yiwang.demo.sayings import WHERE, told
from yiwang.demo.showing import SCENE_OF
from yiwang.people.models import Holding
from yiwang.places.models import Boundary, Place
from yiwang.places.queries import tree
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.plumbing.worktime.queries import calendar_for
from yiwang.plumbing.worktime.rules import Promise, due_at
from yiwang.trial.rules import HOURS

SAYINGS_EACH = 16
CHINA = ZoneInfo("Asia/Shanghai")
_DAY = 86_400
_WEEKDAYS = [13, 11, 10, 10, 10, 6, 5]
# Floods and heat in summer; the spring festival empties February.
_MONTHS = [10, 7, 9, 10, 11, 13, 14, 13, 10, 9, 9, 11]


@dataclass(frozen=True, slots=True)
class Span:
    """When cases come in: so many days up to a moment, at so many different moments."""

    end: datetime
    days: int
    moments: int


def plan_of(cases: int, first_count: int, *, over: Span, seed: int = 1) -> Plan:
    """Ask everything that the rows of so many cases need, once: items, places, who answers, when what is due."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    with standing_on(EVERYWHERE):
        today = datetime.now(tz=UTC).date()
        lines = [line for line in catalogue() if not line.is_branch and line.content.secrecy is not Secrecy.SEALED]
        people = dict(Holding.objects.filter(until=None).order_by("-pk").values_list("post_id", "person_id"))
        spots = _spots(chance, people, today)
        promises = sorted(
            {line.limits[stage].promise for line in lines for stage in (Stage.SIGN_FOR, Stage.HANDLE)}, key=repr
        )
        grounds = [spot.place for spot in spots]
        leads = [[answer.post_id or 0 for answer in answers_at(line.id, grounds, on=today)] for line in lines]
        moments = moments_over(chance, over)
        sayings = _sayings(chance, lines)
        return Plan(
            seed=seed, total=cases, first_count=first_count, steps_each=2, open_share=0.0,
            kinds=[_kind(line, promises) for line in lines], spots=spots,
            spot_weights=[chance.lognormvariate(0, 0.7) for _ in spots], sayings=sayings,
            saying_weights=_unevenly(chance, lines, sayings), leads=leads, people=people, moments=moments,
            due=[_due(promise, moments, spots[0].county) for promise in promises], blank=_blank(),
        )  # fmt: skip


def _spots(chance: random.Random, people: dict[int, int], today: date) -> list[Spot]:
    """Every grid and courtyard with a boundary."""
    shapes = {boundary.place_id: boundary for boundary in Boundary.objects.filter(valid_to=None)}
    places = Place.objects.filter(kind_id__in=["grid", "courtyard"], valid_to=None).order_by("code")
    workers = _holders("grid", "report")
    heads = _holders("town", "approve")
    spots = []
    for place in places:
        clerk = centre_at(place.code, on=today)
        checker = workers.get(place.code[:15], clerk)
        if place.code in shapes and clerk and checker:
            approver = heads.get(place.code[:9], clerk)
            spots.append(
                Spot(
                    place.code[:6], place.code, desk_of(place.code), _positions(chance, shapes[place.code].shape),
                    _addresses(chance, place.code), (people[clerk], clerk), (people[checker], checker),
                    (people[approver], approver),
                )
            )  # fmt: skip
    assert spots, "there is no grid or courtyard with a boundary and a desk: load the demonstration first"
    return spots


def _holders(kind: str, duty: str) -> dict[str, int]:
    """A post with this duty over each ground of a kind."""
    held = Holding.objects.filter(until=None, post__ground__kind_id=kind, post__role__duties__contains=[duty])
    return dict(held.order_by("pk").values_list("post__ground_id", "post_id"))


def _addresses(chance: random.Random, code: str) -> tuple[str, ...]:
    """Some addresses in a place, as people write them."""
    _county, _town, community, *within = tree().path(code)
    # Nobody names the grid: it is known by its community and, where there is one, by the yard.
    below = _plain(community.name + (within[-1].name if len(within) > 1 else ""))
    return tuple(f"{below}{chance.randrange(1, 120)}号{chance.choice(WHERE)}" for _ in range(6))


def _positions(chance: random.Random, shape: bytes | memoryview) -> tuple[str, ...]:
    middle = shapely.from_wkb(bytes(shape)).representative_point()
    around = ((chance.gauss(0, 0.0004), chance.gauss(0, 0.0004)) for _ in range(40))
    return tuple(f"{middle.x + x:.6f}\t{middle.y + y:.6f}" for x, y in around)


def _kind(line: ItemLine, promises: list[Promise]) -> Kind:
    content = line.content
    return Kind(
        line.id, line.version, line.code, content.urgency.value, content.secrecy.value,
        promises.index(line.limits[Stage.SIGN_FOR].promise), promises.index(line.limits[Stage.HANDLE].promise),
        SCENE_OF.get(line.code, ""),
    )  # fmt: skip


def _sayings(chance: random.Random, lines: list[ItemLine]) -> list[Saying]:
    return [
        Saying(number, _plain(told(chance, line.content)))
        for number, line in enumerate(lines)
        for _ in range(SAYINGS_EACH)
    ]


def _plain(text: str) -> str:
    """What neither COPY nor JSON need mask."""
    return text.replace("\\", "").replace('"', "”").replace("\t", " ").replace("\n", " ")


def _unevenly(chance: random.Random, lines: list[ItemLine], sayings: list[Saying]) -> list[float]:
    """A few kinds make up most of what is told, and what can be photographed in the street more than the rest."""
    ranks = list(range(1, len(lines) + 1))
    chance.shuffle(ranks)
    seen = [4.0 if line.content.evidence.photos else 1.0 for line in lines]
    return [seen[saying.kind] / ranks[saying.kind] ** 0.8 for saying in sayings]


def moments_over(chance: random.Random, over: Span) -> list[int]:
    """Moments of which most lie in working weeks, in summer, and while people are about; ascending."""
    end = int(over.end.timestamp())
    first = end - over.days * _DAY
    # Days and hours are China's.
    days = [datetime.fromtimestamp(first + day * _DAY, CHINA).date() for day in range(over.days + 1)]
    weights = [_MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()] for day in days]
    found: list[int] = []
    while len(found) < over.moments:
        day = chance.choices(days, weights)[0]
        hour = chance.choices(range(24), HOURS)[0]
        at = int(datetime(day.year, day.month, day.day, hour, tzinfo=CHINA).timestamp()) + chance.randrange(3600)
        if first <= at < end:
            found.append(at)
    return sorted(found)


def _due(promise: Promise, moments: list[int], county: str) -> list[int]:
    calendar = calendar_for(county)
    return [int(due_at(datetime.fromtimestamp(at, UTC), promise, calendar).at.timestamp()) for at in moments]


def _blank() -> dict[str, str]:
    """The columns of which nothing is said, with the models' own defaults."""
    fields = Case._meta.local_concrete_fields  # noqa: SLF001 - Django's documented way to a model's fields
    defaults = {field.attname: field.get_default() for field in fields}
    columns = defaults.keys() - set(CASES)
    return {name: _cell(defaults[name]) for name in sorted(columns)}


def _cell(value: object) -> str:
    match value:
        case None:
            return "\\N"
        case bool():
            return "t" if value else "f"
        case list():
            return "{}"
    return str(value)


def write_words(plan: Plan) -> None:
    """What the plan's cases are found by: each text and each address is cut into words once."""
    with connection.cursor() as cursor:
        for table, pool in (
            ("said", {saying.text for saying in plan.sayings}),
            ("located", {address for spot in plan.spots for address in spot.addresses}),
        ):
            cursor.execute(f"CREATE TEMPORARY TABLE {table} (text text, words tsvector)")
            cursor.execute(
                f"INSERT INTO {table}"  # noqa: S608 - one of two names of ours
                " SELECT s->>0, array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(s->1)))"
                " FROM jsonb_array_elements(%s::jsonb) s",
                [json.dumps([(text, words_of(text)) for text in sorted(pool)], ensure_ascii=False)],
            )
            cursor.execute(f"ANALYZE {table}")
        cursor.execute(
            "INSERT INTO cases_words (case_id, county, place, words)"
            " SELECT number, county, place, said.words || located.words FROM cases_case"
            " JOIN said USING (text) JOIN located ON located.text = address"
            " WHERE number %% 100000000 >= %s AND number %% 100000000 < %s",
            [plan.first_count, plan.first_count + plan.total],
        )
        cursor.execute("DROP TABLE said, located")
