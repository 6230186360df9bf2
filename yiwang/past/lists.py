"""Read the list of another system's cases: what each row means here, and why a row cannot be taken."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TypeVar

from yiwang.cases.rules import LIFE, LONGEST_TEXT, State
from yiwang.catalogue.queries import ItemLine, catalogue
from yiwang.past.rules import (
    MOST_STEPS,
    PastStep,
    derived,
    ended_with,
    moment_of,
    past_time_fault,
    state_fault,
    taken_over,
    walked,
)
from yiwang.people.roster import PostLine, roster
from yiwang.places.queries import locate, tree
from yiwang.places.rules.coordinates import Datum, convert
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.reading import Column
from yiwang.plumbing.sheets.report import Unfit
from yiwang.plumbing.sheets.streaming import Cells

COLUMNS = (
    Column("number", ("编号", "工单编号", "案件编号", "key"), required=True),
    Column("text", ("内容", "问题描述", "描述"), required=True),
    Column("opened", ("受理时间", "上报时间", "opened at"), required=True),
    Column("due", ("截止时间", "应办结时间", "target")),
    Column("closed", ("结案时间", "办结时间", "closed at")),
    Column("state", ("状态", "status")),
    Column("place", ("地点", "区划代码", "辖区")),
    Column("lon", ("经度", "longitude")),
    Column("lat", ("纬度", "latitude")),
    Column("item", ("事项", "事项代码")),
    Column("lead", ("主办", "主办岗位", "主办单位")),
    Column("department", ("承办部门", "部门")),
    Column("channel", ("渠道", "来源")),
    Column("steps", ("流程", "流程记录")),
)
LONGEST_KEY = 80
T = TypeVar("T")
_STATES = {
    State.CLOSED: "结案 已结案 办结 已办结 关闭 已关闭 completed resolved",
    State.DECLINED: "不予受理 不受理 退件 rejected",
    State.WITHDRAWN: "撤回 已撤回 撤销 cancelled",
    State.ACCEPTED: "在办 办理中 处理中 未结案 未办结 已受理 待派单 open",
    State.REPORTED: "待受理 new",
}
_STATE_OF = {state.value: state for state in State} | {
    word: state for state, words in _STATES.items() for word in words.split()
}


@dataclass(frozen=True, slots=True)
class PastCase:
    """One case of another system, understood. Times in UTC, position in WGS 84.

    `lead` is a post of ours where one is meant, `lead_said` what the other system calls it.
    """

    line: int
    key: str
    text: str
    place: str
    position: tuple[float, float] | None
    item: ItemLine | None
    opened: datetime
    due: datetime | None
    closed: datetime | None
    state: State
    lead: int | None
    lead_said: str
    channel: str
    department: str
    steps: list[PastStep]


class PastList:
    """Understands rows one after the other; what it looked up for one it remembers for the others."""

    def __init__(self, *, zone: tzinfo, datum: str, now: datetime) -> None:
        self._zone, self._datum, self._now = zone, datum, now
        self._items: dict[tuple[str, str], ItemLine | Refused] = {}
        self._places: dict[str, str | Refused] = {}
        self._spots_named: dict[str, list[str]] = {}
        self._lines_named: dict[str, list[ItemLine]] = {}

    def read(self, cells: Cells, width: int) -> PastCase:
        """What the row means; raises `Unfit` where it cannot be taken. `width`: how many headings there are."""
        if len(cells.all) > width:
            raise Unfit("", Refused("past_row_too_wide"))
        if "\0" in "".join(cells.all):
            raise Unfit("", Refused("past_not_text"))
        (key, text, opened_said, due_said, closed_said, state_said, place_said, lon, lat, item_said, lead_said,
         department, channel, steps_said) = cells.ours  # fmt: skip
        _refuse_unfit(key, text)
        opened, due, closed = self._times(opened_said, due_said, closed_said)
        column = "lon"
        try:
            position = self._position(lon, lat)
            column = "place"
            place = self._place(place_said, position)
            column = "item"
            item = self._item(item_said, place[:6]) if item_said else None
            column = "state"
            state = _state(state_said, item, closed)
            column = "steps"
            steps = self._steps(steps_said, state, opened, closed, department)
        except Refused as why:
            raise Unfit(column, why) from why
        lead = _post(lead_said or department, place)
        return PastCase(
            cells.line, key, text, place, position, item, opened, due, closed, state, lead.id if lead else None,
            lead_said, channel, department, steps,
        )  # fmt: skip

    def _times(
        self, opened_said: str, due_said: str, closed_said: str
    ) -> tuple[datetime, datetime | None, datetime | None]:
        opened = self._moment("opened", opened_said)
        due = self._moment("due", due_said, end_of_day=True) if due_said else None
        closed = self._moment("closed", closed_said) if closed_said else None
        if closed is not None and closed < opened and len(closed_said) <= len("2026-03-02"):
            # A day alone says no hour: it was not done before it was begun.
            closed = opened if closed.date() == opened.date() else closed
        fault = past_time_fault(opened=opened, due=due, closed=closed, now=self._now)
        if fault:
            said = {"opened": opened_said, "due": due_said, "closed": closed_said}[fault]
            raise Unfit(fault, Refused("past_time_unfit", time=said))
        return opened.astimezone(UTC), due and due.astimezone(UTC), closed and closed.astimezone(UTC)

    def _moment(self, column: str, said: str, *, end_of_day: bool = False) -> datetime:
        found = moment_of(said, self._zone, end_of_day=end_of_day)
        if found is None:
            raise Unfit(column, Refused("past_time_unreadable", time=said[:40]))
        return found

    def _position(self, lon: str, lat: str) -> tuple[float, float] | None:
        if not lon and not lat:
            return None
        try:
            x, y = float(lon), float(lat)
        except ValueError as broken:
            raise Refused("position_impossible") from broken
        if not (-180 <= x <= 180 and -90 <= y <= 90):
            raise Refused("position_impossible")
        return (x, y) if self._datum == Datum.WGS84 else convert(x, y, of=self._datum, to=Datum.WGS84)

    def _place(self, said: str, position: tuple[float, float] | None) -> str:
        if said:
            if said not in self._places:
                self._places[said] = self._find_place(said)
            return _or_refused(self._places[said])
        if position and (found := locate(*position)):
            return found
        outermost = tree().outermost
        if len(outermost) != 1 or len(outermost[0]) != 6:
            raise Refused("place_unknown")
        return outermost[0]

    def _find_place(self, said: str) -> str | Refused:
        """A place by its code, or by names from outside to inside: 云岭县/双井街道; also one that has ended."""
        if said in tree():
            return said if len(said) >= 6 else Refused("place_unknown")
        if not self._spots_named:
            self._spots_named = defaultdict(list)
            for spot in tree().inside(""):
                self._spots_named[spot.name].append(spot.code)
        names = [name.strip() for name in said.replace("／", "/").replace(">", "/").split("/") if name.strip()]
        found = [code for code in self._spots_named.get(names[-1] if names else "", ()) if _lies_in(code, names)]
        if len(found) != 1 or len(found[0]) < 6:
            return Refused("past_place_ambiguous" if found else "past_place_unknown", place=said[:80])
        return found[0]

    def _item(self, said: str, county: str) -> ItemLine:
        asked = said, county
        if asked not in self._items:
            self._items[asked] = self._find_item(said, county)
        return _or_refused(self._items[asked])

    def _find_item(self, said: str, county: str) -> ItemLine | Refused:
        line = catalogue().by_code(said, county)
        if line is None:
            if not self._lines_named:
                self._lines_named = defaultdict(list)
                for one in catalogue():
                    self._lines_named[one.name].append(one)
            named = [one for one in self._lines_named.get(said, ()) if not one.is_branch and one.holds_in(county)]
            own = [one for one in named if one.county] or named
            if len(own) > 1:
                return Refused("past_item_ambiguous", item=said[:80])
            line = own[0] if own else None
        if line is None:
            return Refused("past_item_unknown", item=said[:80])
        return Refused("item_is_a_branch", item=line.name) if line.is_branch else line

    def _steps(
        self, said: str, state: State, opened: datetime, closed: datetime | None, department: str
    ) -> list[PastStep]:
        if not said:
            return list(derived(state, opened=opened, closed=closed, department=department))
        steps = ended_with(walked(self._told(said), opened=opened), state, closed)
        if not steps:
            raise Refused("past_steps_end_elsewhere")
        return steps

    def _told(self, said: str) -> list[tuple[datetime, str, str]]:
        try:
            listed = json.loads(said)
            told = [(str(one["at"]), str(one["move"]), str(one.get("reason") or "")) for one in listed]
            "".join(reason for _, _, reason in told).encode()
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as broken:
            raise Refused("past_steps_unreadable") from broken
        if not told or len(told) > MOST_STEPS or any("\0" in reason for _, _, reason in told):
            raise Refused("past_steps_unreadable")
        return [(self._step_at(at), _move(move), reason) for at, move, reason in told]

    def _step_at(self, said: str) -> datetime:
        at = moment_of(said, self._zone)
        if at is None:
            raise Refused("past_time_unreadable", time=said[:40])
        if past_time_fault(opened=at, due=None, closed=None, now=self._now):
            raise Refused("past_time_unfit", time=said[:40])
        return at.astimezone(UTC)


def _refuse_unfit(key: str, text: str) -> None:
    if not key or len(key) > LONGEST_KEY:
        raise Unfit("number", Refused("past_key_unfit", most=LONGEST_KEY))
    if not text:
        raise Unfit("text", Refused("nothing_told"))
    if len(text) > LONGEST_TEXT:
        raise Unfit("text", Refused("report_too_long", most=LONGEST_TEXT))


def _state(said: str, item: ItemLine | None, closed: datetime | None) -> State:
    """Without a state: closed where it says when, else open. What is open waits to be classified or dispatched."""
    word = said.casefold()
    if word and word not in _STATE_OF:
        raise Refused("past_state_unknown", state=said[:40])
    state = _STATE_OF[word] if word else State.CLOSED if closed else State.ACCEPTED
    if fault := state_fault(state, closed):
        raise Refused(fault, state=said)
    return taken_over(state, has_item=item is not None)


def _move(said: str) -> str:
    if said != "report" and said not in LIFE.moves:
        raise Refused("past_move_unknown", move=said[:40])
    return said


def _lies_in(code: str, names: list[str]) -> bool:
    """Whether the names lead to the place, from outside to inside; some in between may be left out."""
    above = iter([spot.name for spot in tree().path(code)])
    return all(name in above for name in names)


def _post(said: str, place: str) -> PostLine | None:
    """The post with this title, or the only one of the unit of this name, that answers for the place."""
    if not said:
        return None
    found = [line for line in roster().called(said) if place.startswith(line.ground)]
    return found[0] if len(found) == 1 else None


def _or_refused(found: T | Refused) -> T:
    if isinstance(found, Refused):
        raise found
    return found
