"""How long every page takes the server, with many cases already there: `python -m bench.pages [--cases N] [--json]`.

In the demonstration county each seat signs in and asks for each of its pages over HTTP on loopback, one after the
other, each time for another case where there are several. The pages are those of `tests/browser/pages.py`. How many
questions a page asks the database is counted in this process, by the same code. Budget: p95 80 ms, 12 questions.
"""

import argparse
import json
import random
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bench._load import Script, drive, percentile
from bench._machine import database, demonstration, heading, say
from bench.lives import grown

if TYPE_CHECKING:
    from django.test import Client

    from tests.browser.pages import Shown

TIMES = 40
BUDGET_MS, BUDGET_QUESTIONS = 80, 12
# Who of the demonstration sits where the cast of the tests sits: by login, or by the role of somebody in that town.
SEATS = {"mei": "centre", "wen": "water", "bo": "grid", "ning": "county", "leader": "leader", "gu": "role:centre_head"}
TOWN = "990101001"


@dataclass(frozen=True, slots=True)
class Measured:
    """A page: milliseconds at the server's door, and how many questions it asked."""

    page: str
    p50_ms: float
    p95_ms: float
    questions: int


def main() -> None:
    """Fill, sign in, ask for every page, say what was over the budget."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cases", type=int, default=20_000)
    asked.add_argument("--times", type=int, default=TIMES, help="how often each page is asked for")
    asked.add_argument("--only", default="", help="pages whose address holds this")
    asked.add_argument("--workers", type=int, default=2, help="web processes")
    asked.add_argument("--data", type=Path, default=None, help="keep the database in this folder")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    # The second factor is waived where everybody is invented.
    with database(given.data, settings=("YIWANG_DEMONSTRATION=1",)) as folder:
        demonstration()
        there = grown(given.cases, folder)
        say(f"{heading()}\n{there:,} cases")
        found = list(_measured(folder, given))
    over = [one for one in found if one.p95_ms > BUDGET_MS or one.questions > BUDGET_QUESTIONS]
    slowest = max(found, key=lambda one: one.p95_ms)
    say(
        f"{len(found)} pages, {len(over)} over the budget (p95 {BUDGET_MS} ms, {BUDGET_QUESTIONS} questions);"
        f" median of p50 {statistics.median(one.p50_ms for one in found):.1f} ms,"
        f" slowest p95 {slowest.p95_ms:.1f} ms ({slowest.page})"
    )
    if given.json:
        pages = {one.page: {"p50_ms": one.p50_ms, "p95_ms": one.p95_ms, "questions": one.questions} for one in found}
        say(json.dumps({"cases": there, "over": [one.page for one in over], "pages": pages}, ensure_ascii=False))


def _measured(folder: Path, given: argparse.Namespace) -> Iterator[Measured]:
    from bench._served import serving  # noqa: PLC0415 - needs settings
    from tests.browser.pages import PAGES  # noqa: PLC0415

    with serving(folder, workers=given.workers) as served:
        seats = {seat: _signed_in(seat) for seat in {shown.seat for shown in PAGES}}
        for shown in (one for one in PAGES if given.only in one.address):
            client, person = seats[shown.seat]
            addresses = _addresses(shown, person, given.times)
            if not addresses:
                say(f"{shown}: there is no such thing")
                continue
            yield _page(served.port, shown, client, addresses)


def _page(port: int, shown: "Shown", client: "Client", addresses: list[str]) -> Measured:
    from tests.desk import queries_of  # noqa: PLC0415

    took = _asked(port, client, addresses)
    questions = queries_of(client, addresses[0])
    found = Measured(str(shown), round(percentile(took, 0.5), 1), round(percentile(took, 0.95), 1), questions)
    late = " <- over" if found.p95_ms > BUDGET_MS or questions > BUDGET_QUESTIONS else ""
    say(f"{found.page}: p50 {found.p50_ms} ms, p95 {found.p95_ms} ms, {questions} questions{late}")
    return found


def _asked(port: int, client: "Client", addresses: list[str]) -> list[float]:
    """How many seconds each took; the first of each process only warms it."""
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    took: list[float] = []

    def ask() -> Script:
        for address in (*addresses[:4], *addresses):
            head = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nAccept-Language: zh-CN\r\n\r\n"
            answer = yield head.encode()
            took.append(answer.expect(200).seconds)

    drive(port, [ask()])
    return took[4:]


def _signed_in(seat: str) -> tuple["Client", Any]:
    """A browser in which whoever has this seat is wholly signed in, and who that is."""
    from django.test import Client  # noqa: PLC0415 - needs settings

    from yiwang.people.models import Person  # noqa: PLC0415
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on  # noqa: PLC0415

    client = Client(SERVER_NAME="127.0.0.1")
    if not seat:
        return client, None
    kind, _, role = SEATS[seat].partition(":")
    with standing_on(EVERYWHERE):
        held = {"holdings__post__role__code": role, "holdings__post__ground": TOWN} if role else {"login": kind}
        person = Person.objects.filter(**held).order_by("pk")[0]
    client.force_login(person)
    session = client.session
    session["second_factor_passed"] = person.pk
    session.save()
    return client, person


def _addresses(shown: "Shown", person: Any, times: int) -> list[str]:
    """The page's address so many times, each time about another case while there are others."""
    named = {name for _text, name, _form, _as in Formatter().parse(shown.address) if name}
    wanted = [name for name in _NAMES if named & {name, f"{name}_code"}]
    cases, others = [_cases(name, person) for name in wanted], _others()
    if not all(cases) or not named <= {*others, *_GIVEN, *wanted, *(f"{name}_code" for name in wanted)}:
        return []
    return [
        shown.address.format(
            **others, **_named({name: cases[at][turn % len(cases[at])] for at, name in enumerate(wanted)})
        )
        for turn in range(times)
    ]


_GIVEN = {"label", "street"}


def _others() -> dict[str, int]:
    """What addresses name beside cases, as far as there is any."""
    from yiwang.catalogue.models import Item  # noqa: PLC0415 - needs settings
    from yiwang.meetings.models import LastItem, Meeting  # noqa: PLC0415
    from yiwang.plumbing.walls.ground import standing_on  # noqa: PLC0415
    from yiwang.repeats.models import Teller  # noqa: PLC0415
    from yiwang.spots.models import Spot  # noqa: PLC0415

    with standing_on([TOWN]):
        first = {
            "meeting": Meeting.objects.filter(place=TOWN),
            "last_item": LastItem.objects.filter(place__startswith=TOWN),
            "teller": Teller.objects.filter(place=TOWN), "spot": Spot.objects.filter(place__startswith=TOWN),
            "lamp": Item.objects.filter(code="MS01-01"),
        }  # fmt: skip
        found = {name: rows.order_by("pk").values_list("pk", flat=True).first() for name, rows in first.items()}
    return {name: number for name, number in found.items() if number is not None}


# What an address names, and in which state such a case is.
_NAMES = {
    "reported": "reported", "accepted": "accepted", "dispatched": "dispatched", "in_hand": "in_hand",
    "finished": "finished", "checked": "checked", "called_back": "called_back", "closed": "closed",
    "asked": "in_hand", "joined": "merged",
}  # fmt: skip


def _cases(name: str, person: Any) -> list[int]:
    """Numbers of cases in that state which the person sees; for a resident, of anybody's."""
    from django.utils import timezone  # noqa: PLC0415 - needs settings

    from yiwang.cases.access import CLOCK, acting  # noqa: PLC0415
    from yiwang.cases.queries import visible_to  # noqa: PLC0415
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on  # noqa: PLC0415

    actor = acting(person, on=timezone.localdate()) if person else CLOCK
    with standing_on(EVERYWHERE, sealed=()):
        cases = visible_to(actor).filter(state=_NAMES[name])
        found = list(cases.values_list("number", flat=True)[:500])
    return random.Random(1).sample(found, min(len(found), TIMES))


def _named(numbers: dict[str, int]) -> dict[str, str]:
    from yiwang.cases.numbers import secret_of  # noqa: PLC0415 - needs settings
    from yiwang.cases.rules import written  # noqa: PLC0415
    from yiwang.catalogue.labels import Label, code_of  # noqa: PLC0415

    codes = {f"{name}_code": secret_of(number) for name, number in numbers.items()}
    label = quote(code_of(Label("", f"{TOWN}001", "3号路灯")))
    return {name: written(number) for name, number in numbers.items()} | codes | {"label": label, "street": TOWN}


if __name__ == "__main__":
    main()
