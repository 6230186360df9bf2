"""What the inbox shows of the chosen case: how it came here, what may be the same, who could take it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from yiwang.cases import queries
from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.catalogue.queries import answers_for, catalogue
from yiwang.catalogue.rules import Alarm
from yiwang.catalogue.rules.alarms import alarm_in
from yiwang.catalogue.words import ALARMS
from yiwang.channels.web.case.choices import able_posts
from yiwang.channels.web.case.forms import COMES
from yiwang.channels.web.case.page import Line, lines_of
from yiwang.channels.web.desk.photos import Picture, pictures
from yiwang.opinions.queries import Said, opinion_of
from yiwang.people.roster import PostLine
from yiwang.triage.queries import Likely, Proposal, likely_same, propose_for, solver_of
from yiwang.triage.rules import Solver

LAST_STEPS = 3
_TOWN = 9  # digits of its code


@dataclass(frozen=True, slots=True)
class Leads:
    """The post that answers, the others by units, what each leads now, and who was chosen instead of it.

    `solver`: the post that really solved most such cases here, where the responsibilities do not say so.
    """

    answers: PostLine | None
    others: list[tuple[str, list[PostLine]]]
    loads: Mapping[int, queries.Load]
    chosen: int | None
    solver: Solver | None = None


@dataclass(frozen=True, slots=True)
class Alike:
    """What may be the same as a case; `chosen`: the number of the one that somebody chose, as it was sent."""

    of: Case
    cases: list[Likely]
    chosen: str = ""

    @property
    def into(self) -> int | None:
        """Into which similar case it would be merged: the one that was chosen, else the likeliest that is open."""
        open_now = [one.number for one in self.cases if one.is_open]
        chosen = int(self.chosen) if self.chosen.isdecimal() else None
        return chosen if chosen in open_now else next(iter(open_now), None)


@dataclass(frozen=True, slots=True)
class Pane:
    """The case beside the list. What is in `given` was proposed, or was typed by somebody and refused.

    `alike`: where one of them was chosen; otherwise it is asked for behind the page, which does not wait for it.
    """

    case: Case
    photos: list[Picture]
    lines: list[Line]
    alike: Alike | None
    leads: Leads
    callable: list[tuple[str, list[PostLine]]]
    given: dict[str, Any]
    said: Proposal | None
    second: Said | None
    wrong: str = ""

    @property
    def places(self) -> list[str]:
        """Places (codes) that the text names, where they say more or something else than the case does."""
        if self.said is None:
            return []
        named = self.said.named.choices or ((self.said.named.place,) if self.said.named.place else ())
        return [code for code in named if not self.case.place.startswith(code)]

    @property
    def suspected(self) -> str:
        """What the text may alarm of though it does not say so plainly: `danger` or `accused`; empty: nothing."""
        alarm = self.said.suspected if self.said else None
        return "" if alarm is None else "accused" if alarm is Alarm.ACCUSED else "danger"

    @property
    def alarm(self) -> str:
        """What the text alarms of, in words; of which danger only where its words name one."""
        alarm = self.said.alarm or self.said.suspected if self.said else None
        if self.suspected == "danger" and alarm_in(self.case.text) is None:
            return gettext("May tell of a danger")
        return str(ALARMS[alarm]) if alarm else ""


def pane_of(case: Case, by: Actor, given: QueryDict | None = None, wrong: str = "") -> Pane:
    """The pane, as proposed, or with what was given and why it was refused."""
    now, on = timezone.now(), timezone.localdate()
    shown: dict[str, Any] = proposed(case) if given is None else given.dict() | {"posts": given.getlist("posts")}
    steps = queries.last_steps(case, most=LAST_STEPS)
    return Pane(
        case, pictures(case.photos, now), lines_of(case, steps, now=now),
        alike_of(case, by, shown["into"]) if shown.get("into") else None,
        leads_of(case, shown.get("item", ""), shown.get("place", ""), shown.get("lead", "")),
        _by_unit(able_posts(case, on, COMES, but=[*case.summoned, *by.posts])), shown,
        propose_for(case, on=on) if case.takes("accept") else None,
        opinion_of(case) if case.takes("accept") else None, wrong,
    )  # fmt: skip


def alike_of(case: Case, by: Actor, chosen: str = "") -> Alike:
    """What may be the same, as far as the clerk sees it."""
    return Alike(case, likely_same(by, case), chosen)


def proposed(case: Case) -> dict[str, str]:
    """Item and place as they stand on the case."""
    line = catalogue().get(case.item_id) if case.item_id else None
    return {"item": line.code if line else "", "place": case.place}


def leads_of(case: Case, item: str, place: str, chosen: str = "") -> Leads:
    """Who could lead a case if it were this item at this place, as they are typed."""
    on = timezone.localdate()
    item, place = (said.split(maxsplit=1)[0] if said.strip() else "" for said in (item, place))
    line = catalogue().by_code(item, place or case.place)
    post = answers_for(line.id, place, on=on).post_id if line and place else None
    able = able_posts(case, on, place=place or case.place)
    answers = next((one for one in able if one.id == post), None)
    known = {one.id for one in able}
    solver = solver_of(line.id, place, on=on) if line and len(place) >= _TOWN else None
    solver = solver if solver and solver.post in known else None
    picked = int(chosen) if chosen.isdecimal() and int(chosen) in known else solver.post if solver else None
    others = _by_unit(one for one in able if one.id != post)
    return Leads(answers, others, queries.loads([one.id for one in able], now=timezone.now()), picked, solver)


def _by_unit(lines: Any) -> list[tuple[str, list[PostLine]]]:
    units: dict[str, list[PostLine]] = {}
    for line in lines:
        units.setdefault(line.unit_name, []).append(line)
    return list(units.items())
