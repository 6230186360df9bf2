"""Rows of cases as COPY reads them: pure, the same for the same plan, whichever process makes them.

A case takes about 15 µs, so pieces that many cases share (a spot, a text, a moment) are written once, in the plan.
Steps are hashed as `rules.Line.sealed` hashes them; the first case of each batch is checked against it.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from itertools import accumulate
from typing import Any, NamedTuple

from yiwang.cases.rules import BEGINNING, Line, flaws, masked_name, masked_phone, number_of
from yiwang.plumbing.sealing import mark, seal

BATCH = 10_000
_DAY = 86_400
_HMS = [f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}" for s in range(_DAY)]

# Move, state it leads into, capacity, whose hand it is.
LIFE = (
    ("accept", "accepted", "triager", "clerk"),
    ("dispatch", "dispatched", "dispatcher", "clerk"),
    ("sign_for", "in_hand", "lead", "lead"),
    ("finish", "finished", "lead", "lead"),
    ("confirm", "checked", "checker", "checker"),
    ("call_back", "called_back", "caller", "clerk"),
    ("close", "closed", "caller", "clerk"),
)
DECLINED = (("decline", "declined", "triager", "clerk"),)
WITHDRAWN = (("withdraw", "withdrawn", "reporter", "reporter"),)
# Where cases stand that have not ended, and how many of a hundred.
OPEN = {"reported": 15, "accepted": 15, "dispatched": 20, "in_hand": 35, "finished": 6, "checked": 6, "called_back": 3}
ENDED = {"closed": 975, "declined": 20, "withdrawn": 5}
TOLD = {"worker": 50, "resident": 35, "anonymous": 15}
CONTACT_SHARE = 0.05
LATE_SHARE = 0.06
CASES = """
    number county place desk keeper_id lon lat item_id version_id urgency secrecy text address state told teller
    channel contact contact_name contact_phone phone_mark reported_at opened_at due_at next_due_at next_stage
    finished_at closed_at lead_id handler track reached solved satisfied steps head
""".split()  # noqa: SIM905 - thirty quoted words would hide their order
STEPS = """
    number county seq at move state actor capacity post_id channel reason given before hash recorded_at
""".split()  # noqa: SIM905
ASSIGNMENTS = """
    county case_id place post_id part firm given_at sign_due handle_due signed_at signed_by ending
""".split()  # noqa: SIM905
NOTHING = "\\N"


@dataclass(frozen=True, slots=True)
class Kind:
    """An item; `sign` and `handle` are promises by their place in the plan's list."""

    item: int
    version: int
    code: str
    urgency: str
    secrecy: str
    sign: int
    handle: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with those who work there: person and post."""

    county: str
    place: str
    desk: str
    positions: tuple[str, ...]  # "lon<tab>lat"
    clerk: tuple[int, int]
    checker: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Saying:
    """What is told of a kind (by its place in the plan's list)."""

    kind: int
    text: str
    address: str


@dataclass(slots=True)
class Plan:
    """All that the rows are made of. `moments`: seconds since 1970, ascending; `due`: promise × moment."""

    seed: int
    total: int
    first_count: int
    steps_each: int
    open_share: float
    kinds: list[Kind]
    spots: list[Spot]
    spot_weights: list[float]
    sayings: list[Saying]
    saying_weights: list[float]
    leads: list[list[int]]  # kind × spot
    people: dict[int, int]  # who is in a post
    moments: list[int]
    due: list[list[int]]
    blank: dict[str, str] = field(default_factory=dict)

    @property
    def batches(self) -> int:
        return -(-self.total // BATCH)


@dataclass(slots=True)
class Rows:
    """What COPY is given for one batch."""

    cases: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    assignments: list[str] = field(default_factory=list)


def rows_of(plan: Plan, batch: int) -> Rows:
    """One batch of cases, with their steps and the parts that posts have in them now."""
    chance = random.Random(f"{plan.seed}:{plan.first_count}:{batch}")
    first = batch * BATCH
    size = min(BATCH, plan.total - first)
    spots = chance.choices(range(len(plan.spots)), cum_weights=list(accumulate(plan.spot_weights)), k=size)
    sayings = chance.choices(range(len(plan.sayings)), cum_weights=list(accumulate(plan.saying_weights)), k=size)
    told = chance.choices(list(TOLD), list(TOLD.values()), k=size)
    ended = chance.choices(list(ENDED), list(ENDED.values()), k=size)
    standing = chance.choices(list(OPEN), list(OPEN.values()), k=size)
    blank = "".join(f"\t{value}" for value in plan.blank.values())
    rows = Rows()
    for n in range(size):
        ordinal = first + n
        # Open cases are among the newest.
        is_open = ordinal / plan.total >= 1 - 2 * plan.open_share and chance.random() < 0.5
        state = standing[n] if is_open else ended[n]
        chosen = _Chosen(spots[n], plan.sayings[sayings[n]], told[n], state)
        _Case(plan, ordinal, chosen, chance).write(rows, blank)
    _check_first(rows)
    return rows


class _Chosen(NamedTuple):
    """What chance says of one case."""

    spot: int
    saying: Saying
    told: str
    state: str


class _Case:
    """One case on its way into rows."""

    __slots__ = ("at", "chance", "due", "kind", "lead", "number", "plan", "saying", "sign", "spot", "state", "told")

    def __init__(self, plan: Plan, ordinal: int, chosen: _Chosen, chance: random.Random) -> None:
        spot, self.saying, self.told, self.state = chosen
        moment = ordinal * len(plan.moments) // plan.total
        self.plan, self.chance = plan, chance
        self.spot, self.kind = plan.spots[spot], plan.kinds[self.saying.kind]
        self.at = plan.moments[moment]
        self.due, self.sign = plan.due[self.kind.handle][moment], plan.due[self.kind.sign][moment]
        self.lead = plan.leads[self.saying.kind][spot]
        self.number = _base(self.spot.county, self.at) + plan.first_count + ordinal

    def write(self, rows: Rows, blank: str) -> None:
        spot, kind, number = self.spot, self.kind, self.number
        finished, closed = self._ends()
        head, count = self._steps(rows, finished, closed)
        state, at, due = self.state, _stamp(self.at), _stamp(self.due)
        with_post = state in {"dispatched", "in_hand"}
        proven = state in {"finished", "checked", "called_back", "closed"}
        next_due, stage = _next(state, _stamp(self.sign), due)
        asked = "t" if state in {"called_back", "closed"} else "\\N"
        pleased = ("t" if self.chance.random() < 0.93 else "f") if asked == "t" else "\\N"
        lead = "\\N" if state in {"declined", "withdrawn"} else self.lead
        handler = f"person:{self.plan.people[self.lead]}" if proven else ""
        teller = {"worker": f"person:{spot.checker[0]}", "resident": "reporter"}.get(self.told, "")
        rows.cases.append(
            f"{number}\t{spot.county}\t{spot.place}\t{spot.desk}\t{spot.clerk[1]}\t"
            f"{spot.positions[int(self.chance.random() * len(spot.positions))]}\t{kind.item}\t{kind.version}\t"
            f"{kind.urgency}\t{kind.secrecy}\t{self.saying.text}\t{self.saying.address}\t{state}\t{self.told}\t"
            f"{teller}\tweb\t{self._contact()}\t{at}\t{at}\t{due}\t{next_due}\t{stage}\t"
            f"{_stamp(finished) if proven else NOTHING}\t{_stamp(closed) if state in ENDED else NOTHING}\t{lead}\t"
            f"{handler}\t{'at_once' if with_post or proven else ''}\t{asked}\t{pleased}\t{pleased}\t{count}\t{head}"
            f"{blank}\n"
        )
        if with_post:
            signed, by = state == "in_hand", f"person:{self.plan.people[self.lead]}"
            rows.assignments.append(
                f"{spot.county}\t{number}\t{spot.place}\t{self.lead}\tlead\tf\t{at}\t{_stamp(self.sign)}\t{due}\t"
                f"{_stamp(self.at + 1800) if signed else NOTHING}\t{by if signed else ''}\t\n"
            )

    def _ends(self) -> tuple[int, int]:
        """When it was finished and when it was closed; most are finished in time."""
        share = self.chance.random()
        late = share < LATE_SHARE
        part = 1.02 + share * 10 if late else 0.1 + 0.8 * share
        finished = self.at + max(600, int((self.due - self.at) * part))
        return finished, finished + 3600 + int(share * _DAY)

    def _contact(self) -> str:
        if self.told != "resident" or self.chance.random() >= CONTACT_SHARE / TOLD["resident"] * 100:
            return "\\N\t\t\t\\N"
        count = self.number % 10_000
        name, phone = "王李张刘陈杨黄赵"[count % 8] + "某", f"1390000{count:04}"
        sealed = seal(json.dumps([name, phone], ensure_ascii=False), of=f"case:{self.number}").hex()
        known = mark(phone, of="phone").hex()
        return f"\\\\x{sealed}\t{masked_name(name)}\t{masked_phone(phone)}\t\\\\x{known}"

    def _steps(self, rows: Rows, finished: int, closed: int) -> tuple[str, int]:
        """Write the history: the report and as many of the last moves as are asked for; gives its head and length."""
        kind, spot, at = self.kind, self.spot, _stamp(self.at)
        by = {"clerk": spot.clerk, "checker": spot.checker, "lead": (self.plan.people[self.lead], self.lead)}
        actor, capacity = (f"person:{spot.checker[0]}", "worker") if self.told == "worker" else ("reporter",) * 2
        given = (
            f'{{"due_at":"{_stamp(self.due)}","item":{kind.item},"lead":{self.lead},"photos":[],'
            f'"place":"{spot.place}","reported_at":"{at}","told":"{self.told}","version":{kind.version}}}'
        )
        chain = _Chain(self.number, spot.county)
        rows.steps.append(chain.add(at, ("report", "reported", actor, capacity, 0), given))
        path = _path(self.state)
        kept = path[max(0, len(path) - self.plan.steps_each + 1) :]
        for move, state, capacity, hand in kept:
            person, post = by.get(hand, (0, 0))
            moment = _stamp(self._moment(state, chain.seq + 1, finished, closed))
            actor = f"person:{person}" if person else "reporter"
            rows.steps.append(chain.add(moment, (move, state, actor, capacity, post), _given(self, move)))
        return f"\\\\x{chain.head.hex()}", chain.seq

    def _moment(self, state: str, seq: int, finished: int, closed: int) -> int:
        """When a state was reached: between receipt, finishing and closing, in their order."""
        if state in ENDED:
            return closed
        if state == "finished":
            return finished
        if state in {"checked", "called_back"}:
            return finished + (closed - finished) * seq // 20
        return self.at + (finished - self.at) * seq // 40


class _Chain:
    """A history being written, each step behind the hash of the one before."""

    __slots__ = ("county", "head", "number", "seq")

    def __init__(self, number: int, county: str) -> None:
        self.number, self.county, self.head, self.seq = number, county, BEGINNING, 0

    def add(self, at: str, line: tuple[str, str, str, str, int], given: str) -> str:
        """The next step as COPY reads it; `line`: move, state, actor, capacity, post (0: none)."""
        move, state, actor, capacity, post = line
        self.seq += 1
        said = (
            f'[{self.number},{self.seq},"{at}","{move}","{state}","{actor}","{capacity}",{post or "null"},'
            f'"web","",{given}]'
        )
        before, self.head = self.head, sha256(self.head + said.encode()).digest()
        return (
            f"{self.number}\t{self.county}\t{self.seq}\t{at}\t{move}\t{state}\t{actor}\t{capacity}\t"
            f"{post or NOTHING}\tweb\t\t{given}\t\\\\x{before.hex()}\t\\\\x{self.head.hex()}\t{at}\n"
        )


def _given(case: _Case, move: str) -> str:
    match move:
        case "accept":
            return f'{{"item":"{case.kind.code}","place":"{case.spot.place}"}}'
        case "dispatch":
            due = _stamp(case.due)
            return f'{{"assisting":[],"handle_due":"{due}","lead":{case.lead},"track":"at_once"}}'
        case "call_back":
            return '{"satisfied":true,"solved":true,"way":"phone"}'
    return "{}"


@cache
def _path(state: str) -> tuple[tuple[str, str, str, str], ...]:
    if state == "declined":
        return DECLINED
    if state == "withdrawn":
        return WITHDRAWN
    states = ["reported", *(line[1] for line in LIFE)]
    return LIFE[: states.index(state)]


def _next(state: str, sign: str, due: str) -> tuple[str, str]:
    if state in ENDED:
        return NOTHING, ""
    if state in {"reported", "accepted", "dispatched"}:
        return sign, "sign_for"
    stage = {"in_hand": "handle", "finished": "check"}.get(state, "call_back")
    return due, stage


def _stamp(at: int) -> str:
    day, second = divmod(at, _DAY)
    return f"{_date(day)}T{_HMS[second]}.000000Z"


@cache
def _date(day: int) -> str:
    return datetime.fromtimestamp(day * _DAY, UTC).date().isoformat()


@cache
def _year_base(county: str, year: int) -> int:
    return number_of(county, date(year, 1, 1), 0)


def _base(county: str, at: int) -> int:
    # The year is China's: eight hours ahead.
    return _year_base(county, int(_date((at + 8 * 3600) // _DAY)[:4]))


def _check_first(rows: Rows) -> None:
    """The first case's chain holds by the platform's own reckoning."""
    number, cells = rows.cases[0].split("\t", 1)[0], dict(zip(CASES, rows.cases[0].split("\t"), strict=False))
    chain = list(_lines(rows, number))
    found = list(flaws(chain, head=_bytes(cells["head"]), steps=int(cells["steps"])))
    assert not found, f"the history of {number} does not hold: {found}"


def _lines(rows: Rows, number: str) -> Iterator[tuple[Line, bytes, bytes]]:
    for row in rows.steps:
        cell: dict[str, Any] = dict(zip(STEPS, row.rstrip("\n").split("\t"), strict=True))
        if cell["number"] != number:
            return
        line = Line(
            int(number), int(cell["seq"]), datetime.fromisoformat(cell["at"]), cell["move"], cell["state"],
            cell["actor"], cell["capacity"], None if cell["post_id"] == NOTHING else int(cell["post_id"]),
            cell["channel"], cell["reason"], json.loads(cell["given"]),
        )  # fmt: skip
        yield line, _bytes(cell["before"]), _bytes(cell["hash"])


def _bytes(cell: str) -> bytes:
    return bytes.fromhex(cell[3:])
