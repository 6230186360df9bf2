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
from itertools import accumulate
from typing import NamedTuple
from uuid import UUID

from yiwang.cases.rules import masked_name, masked_phone, number_of
from yiwang.demo.chains import NOTHING, Chain, check_first
from yiwang.demo.pictures.drawing import VARIANTS, Shown, own_variant
from yiwang.demo.sayings import fits
from yiwang.demo.showing import done
from yiwang.demo.stories import STANDINGS, TROUBLES, Move, path_of
from yiwang.plumbing.sealing import mark, seal

BATCH = 10_000
_DAY = 86_400
_HMS = [f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}" for s in range(_DAY)]

# Where cases stand that have not ended, and how many of a hundred.
OPEN = {"reported": 15, "accepted": 15, "dispatched": 20, "in_hand": 35, "finished": 6, "checked": 6, "called_back": 3}
ENDED = {"closed": 975, "declined": 20, "withdrawn": 5}
TOLD = {"worker": 50, "resident": 35, "anonymous": 15}
_OTHER = {"worker": "resident", "resident": "worker", "anonymous": "worker"}
CONTACT_SHARE = 0.05
LATE_SHARE = 0.06
PHOTO_SHARE = 0.7
ASSIGNMENTS = """
    county case_id place post_id part firm given_at sign_due handle_due signed_at signed_by ended_at
    ending
""".split()  # noqa: SIM905 - fourteen quoted words would hide their order


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
    scene: str = ""  # what a photo of it shows


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with those who work there: person and post."""

    county: str
    place: str
    desk: str
    positions: tuple[str, ...]  # "lon<tab>lat"
    addresses: tuple[str, ...]
    clerk: tuple[int, int]
    checker: tuple[int, int]
    approver: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Saying:
    """What is told of a kind (by its place in the plan's list)."""

    kind: int
    text: str


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
    trouble: float = 0.0  # the share of closed cases that did not go smoothly
    past_parts: bool = False  # whether also the parts are written that posts had
    until: int = 0  # nothing happens after this moment; 0: no such moment
    pictured: bool = False  # whether photos were taken of what can be drawn
    compared: int = 0  # from this moment on photos are laid side by side: each place has a look of its own

    @property
    def batches(self) -> int:
        return -(-self.total // BATCH)


@dataclass(slots=True)
class Rows:
    """What COPY is given for one batch."""

    cases: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    assignments: list[str] = field(default_factory=list)
    photos: list["Taken"] = field(default_factory=list)


class Taken(NamedTuple):
    """A photo that somebody took; `at` is a moment as COPY reads it."""

    file: UUID
    picture: Shown
    ground: str
    by: str
    at: str


def rows_of(plan: Plan, batch: int) -> Rows:
    """One batch of cases, with their steps and the parts that posts have in them now."""
    chance = random.Random(f"{plan.seed}:{plan.first_count}:{batch}")  # noqa: S311 - nothing secret is drawn
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
        saying = plan.sayings[sayings[n]]
        teller = told[n] if fits(saying.text, worker=told[n] == "worker") else _OTHER[told[n]]
        chosen = _Chosen(spots[n], saying, teller, state, _story(plan, state, chance))
        _Case(plan, ordinal, chosen, chance).write(rows, blank)
    check_first(rows.cases[0], rows.steps)
    return rows


class _Chosen(NamedTuple):
    """What chance says of one case."""

    spot: int
    saying: Saying
    told: str
    state: str
    story: str


def _story(plan: Plan, state: str, chance: random.Random) -> str:
    if not STANDINGS[state].may_go_badly or chance.random() >= plan.trouble:
        return "smooth"
    return chance.choices(list(TROUBLES), list(TROUBLES.values()))[0]


class _Case:
    """One case on its way into rows."""

    __slots__ = (
        "at", "chance", "closed", "due", "finished", "happened", "kind", "lead", "number", "photos", "plan", "pleased",
        "position", "saying", "sign", "spot", "stands", "state", "story", "told",
    )  # fmt: skip

    def __init__(self, plan: Plan, ordinal: int, chosen: _Chosen, chance: random.Random) -> None:
        spot, self.saying, self.told, self.state, self.story = chosen
        moment = ordinal * len(plan.moments) // plan.total
        self.plan, self.chance = plan, chance
        self.stands = STANDINGS[self.state]
        self.spot, self.kind = plan.spots[spot], plan.kinds[self.saying.kind]
        self.at = plan.moments[moment]
        self.due, self.sign = plan.due[self.kind.handle][moment], plan.due[self.kind.sign][moment]
        self.lead = plan.leads[self.saying.kind][spot]
        # Nobody hands back to themselves.
        if self.story == "handed_back" and self.lead == self.spot.checker[1]:
            self.story = "smooth"
        self.number = _base(self.spot.county, self.at) + plan.first_count + ordinal
        self.finished, self.closed = self._ends()
        self.pleased = chance.random() < 0.93
        self.position = self.spot.positions[int(chance.random() * len(self.spot.positions))]
        self.photos: dict[str, UUID] = {}
        self.happened: dict[str, list[int]] = {}

    def write(self, rows: Rows, blank: str) -> None:
        spot, kind, number = self.spot, self.kind, self.number
        if self.plan.pictured and kind.scene:
            self._take_photos(rows)
        head, count = self._steps(rows)
        stands, at, due = self.stands, _stamp(self.at), _stamp(self.due)
        proven = stands.is_proven
        next_due = (_stamp(self.sign) if stands.stage == "sign_for" else due) if stands.stage else NOTHING
        asked = "t" if stands.is_asked else NOTHING
        pleased = ("t" if self.pleased else "f") if stands.is_asked else NOTHING
        lead = self.lead if stands.has_lead else NOTHING
        handler = f"person:{self.plan.people[self.lead]}" if proven else ""
        teller = {"worker": f"person:{spot.checker[0]}", "resident": "reporter"}.get(self.told, "")
        tracked = proven or stands.is_with_post
        counts = "\t".join(str(int(self.story == story)) for story in ("handed_back", "extended", "reopened"))
        rows.cases.append(
            f"{number}\t{spot.county}\t{spot.place}\t{spot.desk}\t{spot.clerk[1]}\t"
            f"{self.position}\t{kind.item}\t{kind.version}\t"
            f"{kind.urgency}\t{kind.secrecy}\t{self.saying.text}\t{self._address()}\t{self.state}\t{self.told}\t"
            f"{teller}\tweb\t{self._contact()}\t{at}\t{at}\t{due}\t{next_due}\t{stands.stage}\t"
            f"{_stamp(self.finished) if proven else NOTHING}\t{_stamp(self.closed) if stands.is_ended else NOTHING}\t"
            f"{lead}\t{handler}\t{'at_once' if tracked else ''}\t{counts}\t{asked}\t{pleased}\t{pleased}\t"
            f"{{{self.photos.get('told', '')}}}\t{count}"
            f"\t{head}{blank}\n"
        )
        self._parts(rows, proven=proven)

    def _take_photos(self, rows: Rows) -> None:
        """Most show with a photo what they tell of, and that is how it was; who has dealt with it shows how it is."""
        proven, variant = self.stands.is_proven, int(self.chance.random() * VARIANTS)
        if proven and 0 < self.plan.compared <= self.finished:
            variant = own_variant(self.number)
        first = "told" if self.chance.random() < PHOTO_SHARE else "before" if proven else ""
        for moment in filter(None, (first, "after" if proven else "")):
            by = "reporter" if moment == "told" else f"person:{self.plan.people[self.lead]}"
            at = _stamp(self.at if moment == "told" else self.finished)
            self.photos[moment] = UUID(int=self.chance.getrandbits(128), version=4)
            picture = Shown(self.kind.scene, variant, moment)
            rows.photos.append(Taken(self.photos[moment], picture, self.spot.place, by, at))

    def shown(self) -> str:
        """The photos of a handler as JSON, as a step keeps them."""
        lon, lat = map(float, self.position.split("\t"))
        before = self.photos.get("before") or self.photos.get("told")
        return ",".join(
            f'{{"file":"{file}","moment":"{moment}","position":[{lon},{lat}]}}'
            for moment, file in (("before", before), ("after", self.photos.get("after")))
            if file and "after" in self.photos
        )

    def _parts(self, rows: Rows, *, proven: bool) -> None:
        """The part that a post has now, and where it is asked for those that posts had."""
        with_post, past = self.stands.is_with_post, proven and self.plan.past_parts
        if past and self.story == "handed_back":
            ended = self._when("hand_back", 0, self.at + 1200)
            rows.assignments.append(self._part(self.spot.checker[1], 0, ended, "handed_back", turn=0))
        if with_post or past:
            signed = self.plan.people[self.lead] if self.stands.is_signed else 0
            ended = self.finished if past else 0
            rows.assignments.append(self._part(self.lead, signed, ended, "done" if past else ""))

    def _when(self, move: str, turn: int, otherwise: int) -> int:
        """When a move was made, by its turn; where that is not among the steps that are kept, another moment."""
        return self.happened.get(move, [otherwise])[turn]

    def _part(self, post: int, signed: int, ended: int, ending: str, *, turn: int = -1) -> str:
        given, took = self._when("dispatch", turn, self.at), self._when("sign_for", -1, self.at + 1800)
        return (
            f"{self.spot.county}\t{self.number}\t{self.spot.place}\t{post}\tlead\tf\t{_stamp(given)}\t"
            f"{_stamp(self.sign)}\t{_stamp(self.due)}\t{_stamp(took) if signed else NOTHING}\t"
            f"{f'person:{signed}' if signed else ''}\t{_stamp(ended) if ended else NOTHING}\t{ending}\n"
        )

    def _address(self) -> str:
        return self.spot.addresses[int(self.chance.random() * len(self.spot.addresses))]

    def _ends(self) -> tuple[int, int]:
        """When it was finished and when it was closed; most are finished in time."""
        share = self.chance.random()
        late = share < LATE_SHARE
        part = 1.02 + share * 10 if late else 0.1 + 0.8 * share
        finished = self.at + max(600, int((self.due - self.at) * part))
        closed = finished + 3600 + int(share * _DAY)
        if self.plan.until and closed > self.plan.until:
            # Not all at that moment: some were quicker than chance would have had it.
            closed = self.at + int((self.plan.until - self.at) * self.chance.uniform(0.3, 1))
            finished = self.at + (closed - self.at) * 4 // 5
        return finished, closed

    def _contact(self) -> str:
        if self.told != "resident" or self.chance.random() >= CONTACT_SHARE / TOLD["resident"] * 100:
            return "\\N\t\t\t\\N"
        count = self.number % 10_000
        name, phone = "王李张刘陈杨黄赵"[count % 8] + "某", f"1390000{count:04}"
        sealed = seal(json.dumps([name, phone], ensure_ascii=False), of=f"case:{self.number}").hex()
        known = mark(phone, of="phone").hex()
        return f"\\\\x{sealed}\t{masked_name(name)}\t{masked_phone(phone)}\t\\\\x{known}"

    def _steps(self, rows: Rows) -> tuple[str, int]:
        """Write the history: the report and as many of the last moves as are asked for; gives its head and length."""
        kind, spot, at = self.kind, self.spot, _stamp(self.at)
        by = {
            "clerk": spot.clerk, "clerk_wrongly": spot.clerk, "clerk_unhappily": spot.clerk,
            # Nobody checks their own work.
            "checker": spot.clerk if self.lead == spot.checker[1] else spot.checker,
            "approver": spot.approver, "lead": (self.plan.people[self.lead], self.lead),
        }  # fmt: skip
        actor, capacity = (f"person:{spot.checker[0]}", "worker") if self.told == "worker" else ("reporter",) * 2
        told = f'"{photo}"' if (photo := self.photos.get("told")) else ""
        given = (
            f'{{"due_at":"{_stamp(self.due)}","item":{kind.item},"lead":{self.lead},"photos":[{told}],'
            f'"place":"{spot.place}","reported_at":"{at}","told":"{self.told}","version":{kind.version}}}'
        )
        chain = Chain(self.number, spot.county)
        rows.steps.append(chain.add(at, ("report", "reported", actor, capacity, 0, ""), given))
        path = path_of(self.state, self.story)
        kept = path[max(0, len(path) - self.plan.steps_each + 1) :]
        moments = self._moments(kept)
        for moment, (move, state, capacity, hand, why) in zip(moments, kept, strict=True):
            person, post = by.get(hand, (0, 0))
            actor = f"person:{person}" if person else "reporter"
            step = move, state, actor, capacity, post, why
            self.happened.setdefault(move, []).append(moment)
            rows.steps.append(chain.add(_stamp(moment), step, _given(self, move, hand)))
        return f"\\\\x{chain.head.hex()}", chain.seq

    def _moments(self, path: tuple[Move, ...]) -> Iterator[int]:
        """When each state was reached: between receipt, the last finishing and the end, in their order."""
        moves = [move for move, *_ in path]
        last = len(moves) - 1
        done = last - moves[::-1].index("finish") if "finish" in moves else len(moves)
        ended = self.stands.is_ended and done > last
        for n in range(len(moves)):
            if n == last and (self.stands.is_ended or done < n):
                yield self.closed
            elif n > done:
                yield self.finished + (self.closed - self.finished) * (n - done) // (last - done)
            elif n == done:
                yield self.finished
            else:
                # Taken up quickly, then worked on.
                span = self.closed if ended else self.finished
                yield self.at + (span - self.at) * (n + 1) ** 2 // (40 + (done + 1) ** 2)


def _given(case: _Case, move: str, hand: str) -> str:
    due, own = _stamp(case.due), case.spot.checker[1]
    said = "true" if case.pleased and hand == "clerk" else "false"
    lead = own if hand == "clerk_wrongly" else case.lead
    known = {
        "accept": f'{{"due_at":"{due}","item":"{case.kind.code}","place":"{case.spot.place}"}}',
        "dispatch": (
            f'{{"assisting":[],"handle_due":"{due}","lead":{lead},"sign_due":"{_stamp(case.sign)}","track":"at_once"}}'
        ),
        "hand_back": f'{{"lead":{own}}}',
        "ask_more_time": '{"hours":8}',
        "grant_more_time": f'{{"due_at":"{due}","handle_due":"{due}","hours":8}}',
        "finish": f'{{"note":"{done(case.kind.scene)}","photos":[{case.shown()}]}}',
        "call_back": f'{{"satisfied":{said},"solved":{said},"way":"phone"}}',
    }
    return known.get(move, "{}")


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
