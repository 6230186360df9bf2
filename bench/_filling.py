"""Fill the database with cases by COPY, in several processes, its indexes built afterwards."""

import json
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import psycopg
from django.db import connection

from bench._copying import copy
from bench._machine import there
from bench._rows import CASES, Kind, Plan, Saying, Spot
from yiwang.cases.actions.intake import _BLANK
from yiwang.cases.models import Case
from yiwang.cases.rules import desk_of, words_of
from yiwang.catalogue.queries import ItemLine, answers_for, catalogue, centre_at
from yiwang.catalogue.rules import Secrecy, Stage
from yiwang.people.models import Holding
from yiwang.places.models import Boundary, Place
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.plumbing.worktime.queries import calendar_for
from yiwang.plumbing.worktime.rules import Promise, due_at

TABLES = ("cases_case", "cases_step", "cases_words", "cases_assignment")
UNTIL = date(2026, 1, 1)
SPAN = timedelta(days=730)
MOMENTS = 20_000
SAYINGS_EACH = 16
# From here on it is quicker to build the indexes anew than to keep them.
MANY = 50_000
_HOURS = [1, 1, 1, 1, 1, 2, 4, 9, 16, 18, 17, 14, 9, 9, 13, 15, 15, 13, 11, 9, 8, 6, 3, 2]
_WHERE = ("门口", "楼下", "路口", "后面", "巷子里", "广场边", "围墙外", "单元门前", "桥头", "停车场")
_SINCE = (
    "已经三天了",
    "今天早上发现的",
    "昨晚就这样",
    "一个多星期没人管",
    "请尽快处理",
    "影响大家出行",
    "老人小孩不安全",
)


@dataclass(frozen=True, slots=True)
class Wish:
    """How much, and of what."""

    cases: int
    steps_each: int = 2
    seed: int = 1
    open_share: float = 0.02
    until: date = UNTIL
    processes: int = 2


@dataclass(frozen=True, slots=True)
class Filled:
    """What it took: seconds of the rows alone, and of everything with indexes and ANALYZE."""

    cases: int
    rows_s: float
    seconds: float


def fill(wish: Wish) -> Filled:
    """Write so many cases behind those that are there; the caller works as the owner of the tables.

    The same wish on the same ground writes the same rows, but for contacts, which are sealed with fresh nonces.
    """
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number % 100000000), 0) + 1, nextval('cases_count') FROM cases_case")
        first = max(cursor.fetchone())
    plan = plan_of(wish, first)
    with without_indexes(wish.cases):
        copy(plan, psycopg.conninfo.make_conninfo("", **there()), wish.processes)
        _words(plan)
        rows_s = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('cases_count', %s, false)", [first + wish.cases])
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")
    return Filled(wish.cases, rows_s, time.perf_counter() - begun)


def plan_of(wish: Wish, first_count: int) -> Plan:
    """Ask everything that the rows need, once: items, places, who answers, when what is due."""
    chance = random.Random(wish.seed)
    with standing_on(EVERYWHERE):
        today = datetime.now(tz=UTC).date()
        lines = [line for line in catalogue() if not line.is_branch and line.content.secrecy is not Secrecy.SEALED]
        people = dict(Holding.objects.filter(until=None).order_by("-pk").values_list("post_id", "person_id"))
        spots = _spots(chance, people, today)
        promises = sorted(
            {line.limits[stage].promise for line in lines for stage in (Stage.SIGN_FOR, Stage.HANDLE)}, key=repr
        )
        leads = [[answers_for(line.id, spot.place, on=today).post_id or 0 for spot in spots] for line in lines]
        moments = _moments(chance, wish.until)
        sayings = _sayings(chance, lines)
        return Plan(
            seed=wish.seed, total=wish.cases, first_count=first_count, steps_each=wish.steps_each,
            open_share=wish.open_share, kinds=[_kind(line, promises) for line in lines], spots=spots,
            spot_weights=[chance.lognormvariate(0, 0.7) for _ in spots], sayings=sayings,
            saying_weights=_unevenly(chance, len(lines), len(sayings)), leads=leads, people=people, moments=moments,
            due=[_due(promise, moments, spots[0].county) for promise in promises], blank=_blank(),
        )  # fmt: skip


def _spots(chance: random.Random, people: dict[int, int], today: date) -> list[Spot]:
    """Every grid and courtyard with a boundary."""
    shapes = {boundary.place_id: boundary for boundary in Boundary.objects.filter(valid_to=None)}
    places = Place.objects.filter(kind_id__in=["grid", "courtyard"], valid_to=None).order_by("code")
    workers = dict(Holding.objects.filter(until=None, post__ground__kind_id="grid").order_by("pk")
                   .values_list("post__ground_id", "post_id"))  # fmt: skip
    spots = []
    for place in places:
        clerk = centre_at(place.code, on=today)
        checker = workers.get(place.code[:15], clerk)
        if place.code in shapes and clerk and checker:
            spots.append(
                Spot(
                    place.code[:6], place.code, desk_of(place.code), _positions(chance, shapes[place.code].shape),
                    (people[clerk], clerk), (people[checker], checker),
                )
            )  # fmt: skip
    assert spots, "there is no grid or courtyard with a boundary and a desk: load the demonstration first"
    return spots


def _positions(chance: random.Random, shape: bytes | memoryview) -> tuple[str, ...]:
    import shapely  # noqa: PLC0415 - only where a plan is made

    middle = shapely.from_wkb(bytes(shape)).representative_point()
    around = ((chance.gauss(0, 0.0004), chance.gauss(0, 0.0004)) for _ in range(40))
    return tuple(f"{middle.x + x:.6f}\t{middle.y + y:.6f}" for x, y in around)


def _kind(line: ItemLine, promises: list[Promise]) -> Kind:
    content = line.content
    return Kind(
        line.id, line.version, line.code, content.urgency.value, content.secrecy.value,
        promises.index(line.limits[Stage.SIGN_FOR].promise), promises.index(line.limits[Stage.HANDLE].promise),
    )  # fmt: skip


def _sayings(chance: random.Random, lines: list[ItemLine]) -> list[Saying]:
    names = list(
        Place.objects.filter(kind_id__in=["community", "road"]).order_by("code").values_list("name", flat=True)
    )
    return [
        Saying(number, _plain(_told(chance, line, names)), f"{chance.choice(names)}{chance.randrange(1, 300)}号")
        for number, line in enumerate(lines)
        for _ in range(SAYINGS_EACH)
    ]


def _told(chance: random.Random, line: ItemLine, names: list[str]) -> str:
    about = chance.choice((*line.content.examples, f"{line.name}有问题"))
    return f"{chance.choice(names)}{chance.choice(_WHERE)}，{about}，{chance.choice(_SINCE)}。"


def _plain(text: str) -> str:
    """What neither COPY nor JSON need mask."""
    return text.replace("\\", "").replace('"', "”").replace("\t", " ").replace("\n", " ")


def _unevenly(chance: random.Random, kinds: int, sayings: int) -> list[float]:
    """A few kinds make up most of what is told."""
    ranks = list(range(1, kinds + 1))
    chance.shuffle(ranks)
    return [1 / ranks[number * kinds // sayings] ** 0.8 for number in range(sayings)]


def _moments(chance: random.Random, until: date) -> list[int]:
    """Moments over two years, most of them while people are about, ascending."""
    end = int(datetime(until.year, until.month, until.day, tzinfo=UTC).timestamp())
    days = [chance.randrange(SPAN.days) for _ in range(MOMENTS)]
    hours = chance.choices(range(24), _HOURS, k=MOMENTS)
    # Hours are China's.
    first = end - SPAN.days * 86_400 - 8 * 3600
    return sorted(
        first + day * 86_400 + hour * 3600 + chance.randrange(3600) for day, hour in zip(days, hours, strict=True)
    )


def _due(promise: Promise, moments: list[int], county: str) -> list[int]:
    calendar = calendar_for(county)
    return [int(due_at(datetime.fromtimestamp(at, UTC), promise, calendar).at.timestamp()) for at in moments]


def _blank() -> dict[str, str]:
    """The columns of which nothing is said, with the models' own defaults."""
    columns = {field.attname for field in Case._meta.local_concrete_fields} - set(CASES)  # noqa: SLF001
    return {name: _cell(_BLANK[name]) for name in sorted(columns)}


def _cell(value: object) -> str:
    match value:
        case None:
            return "\\N"
        case bool():
            return "t" if value else "f"
        case list():
            return "{}"
    return str(value)


def _words(plan: Plan) -> None:
    """What cases are found by: each text is cut into words once."""
    pool = [(saying.text, saying.address, words_of(f"{saying.text} {saying.address}")) for saying in plan.sayings]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE said (text text, address text, words tsvector)")
        cursor.execute(
            "INSERT INTO said SELECT DISTINCT ON (s->>0, s->>1) s->>0, s->>1,"
            " array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(s->2)))"
            " FROM jsonb_array_elements(%s::jsonb) s ORDER BY 1, 2",
            [json.dumps(pool, ensure_ascii=False)],
        )
        cursor.execute("ANALYZE said")
        cursor.execute(
            "INSERT INTO cases_words (case_id, county, place, words)"
            " SELECT number, county, place, words FROM cases_case JOIN said USING (text, address)"
            " WHERE number %% 100000000 >= %s AND number %% 100000000 < %s",
            [plan.first_count, plan.first_count + plan.total],
        )
        cursor.execute("DROP TABLE said")


@contextmanager
def without_indexes(cases: int) -> Iterator[None]:
    """Take keys and indexes away and build them again behind; their definitions are kept in a table meanwhile.

    What an interrupted filling left without is built first.
    """
    _build()
    if cases < MANY:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_taken AS {_DEFINITIONS}", {"tables": list(TABLES)})
        cursor.execute("SELECT takes FROM bench_taken ORDER BY is_key DESC")
        for (takes,) in cursor.fetchall():
            cursor.execute(takes)
    try:
        yield
    finally:
        _build()


_DEFINITIONS = """
SELECT true AS is_key, format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname) AS takes,
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS gives
    FROM pg_constraint WHERE contype IN ('p', 'u') AND conrelid = ANY (%(tables)s::regclass[])
UNION ALL
SELECT false, format('DROP INDEX %%I', indexname), indexdef FROM pg_indexes
    WHERE tablename = ANY (%(tables)s) AND schemaname = 'public'
    AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u'))
"""


def _build() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('bench_taken')")
        if cursor.fetchone()[0] is None:
            return
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("SET max_parallel_maintenance_workers = 2")
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SELECT gives FROM bench_taken ORDER BY is_key DESC")
        for (gives,) in cursor.fetchall():
            # An interrupted building has built some already.
            cursor.execute(gives.replace("INDEX ", "INDEX IF NOT EXISTS ", 1) if "INDEX" in gives else _once(gives))
        cursor.execute("DROP TABLE bench_taken")
        cursor.execute("RESET ALL")


def _once(gives: str) -> str:
    return f"DO $do$ BEGIN {gives}; EXCEPTION WHEN invalid_table_definition OR duplicate_table THEN NULL; END $do$"


def sizes() -> dict[str, str]:
    """How large the tables are with their indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_size_pretty(pg_table_size(oid)) || ' + ' || pg_size_pretty(pg_indexes_size(oid))"
            " FROM pg_class WHERE relname = ANY (%s)",
            [list(TABLES)],
        )
        return dict(cursor.fetchall())
