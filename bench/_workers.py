"""Simulated workers: each case goes through the loop by the platform's own acts, at moments that its workers find.

Everything here is invented: how long a clerk takes, how often a handler is late, how often a reporter is content.
What the platform makes of it is not.
"""

import heapq
import random
import time
from collections import Counter
from collections.abc import Generator, Iterable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import shapely
from django.utils import timezone
from PIL import Image

from bench._simulating import Told, Worked
from yiwang.cases import access, actions
from yiwang.cases.models import Case
from yiwang.catalogue.queries import catalogue
from yiwang.catalogue.rules import Urgency
from yiwang.people.models import Holding
from yiwang.people.roster import roster
from yiwang.places.models import Boundary
from yiwang.plumbing.files.actions import keep
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.plumbing.worktime.queries import calendar_for

# Of reports that nobody recognised; what they are about says the category of the data.
GUESSES = {
    "城乡建设": ("MS01", "MS05", "PA07"),
    "环境保护": ("MS13", "MS02"),
    "交通运输": ("MS12",),
    "教育文体": ("MS08",),
    "劳动和社会保障": ("JJ05", "MS10"),
    "商贸旅游": ("JJ04",),
    "卫生计生": ("MS09",),
}
NOT_OURS, HANDED_BACK, NOT_DONE, UNREACHED = 0.03, 0.03, 0.05, 0.08
PACE = {"routine": 1.0, "soon": 0.5, "urgent": 0.15, "emergency": 0.03}
SOLVED, SATISFIED, REOPENED, ASKS_IN_TIME = 0.93, 0.90, 0.5, 0.6


Matter = Generator[datetime, None, None]


class Office:
    """All workers of one process, and the simulated clock that goes from one of their acts to the next."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)
        self.acts: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        with standing_on(EVERYWHERE):
            self._people = {
                holding.post_id: holding.person
                for holding in Holding.objects.select_related("person").filter(until=None)
            }
            outlines = Boundary.objects.filter(place__kind_id="county")
            self._spots = {outline.place_id: _inside(outline.shape) for outline in outlines}
            self._photos = [_photo(colour) for colour in ("red", "green", "blue", "white")]
        self._leaves = [line for line in catalogue() if not line.is_branch]

    def work(self, told: Iterable[Told]) -> Worked:
        """Take all cases to where their workers leave them."""
        begun, first, now = time.perf_counter(), None, None
        waiting: list[tuple[datetime, int, Matter]] = []
        for ordinal, one in enumerate(told):
            matter = self._matter(one)
            waiting.append((next(matter), ordinal, matter))
        heapq.heapify(waiting)
        while waiting:
            now, ordinal, matter = heapq.heappop(waiting)
            first = first or now
            try:
                heapq.heappush(waiting, (matter.send(None), ordinal, matter))
            except StopIteration:
                continue
            except Refused as refusal:
                self.refused[refusal.code] += 1
        span = (now - first).total_seconds() if now and first else 0.0
        return Worked(self.acts, self.refused, span, time.perf_counter() - begun)

    def _matter(self, told: Told) -> Matter:
        """One case; each time it yields the moment of its next act."""
        case, chance = self._case(told.number), self.chance
        clerk = self._clerk(case)
        now = yield from self._later(case, case.opened_at, 2)
        if (case.item_id is None and chance.random() < 3 * NOT_OURS) or chance.random() < NOT_OURS / 3:
            self._act("decline", case, clerk, now, reason="不属于受理范围，已告知反映人向主管机关反映")
            return
        item = catalogue().get(case.item_id) if case.item_id else None
        code = item.code if item else self._guessed(told.category)
        case = self._act("accept", case, clerk, now, item=code, place=case.place)
        clerk = self._clerk(case)
        now = yield from self._later(case, now, 1)
        lead = case.lead_id or clerk
        case = self._act("dispatch", case, clerk, now, lead=lead)
        now = yield from self._later(case, now, 1.5)
        if chance.random() < HANDED_BACK and self._is_handed_back(case, lead, now):
            now = yield from self._later(case, now, 1)
            case = self._act("assign_firmly", case, clerk, now, lead=lead, reason="经研判由原单位牵头办理")
            now = yield from self._later(case, now, 1)
        case = self._act("sign_for", case, lead, now)
        case, now = yield from self._dealt_with(case, lead, clerk, now)
        yield from self._asked(case, lead, clerk, now)

    def _is_handed_back(self, case: Case, lead: int, now: datetime) -> bool:
        """Whoever comes too late keeps it."""
        try:
            self._act("hand_back", case, lead, now, reason="涉及多个部门，请指挥中心明确牵头单位")
        except Refused as refusal:
            self.refused[refusal.code] += 1
            return False
        return True

    def _dealt_with(
        self, case: Case, lead: int, clerk: int, now: datetime
    ) -> Generator[datetime, None, tuple[Case, datetime]]:
        """The handler works on it, perhaps asks for more time, finishes; somebody looks."""
        chance, due = self.chance, case.next_due_at or now
        limit = max(_between(case, now, due), timedelta(minutes=30))
        needed = limit * chance.lognormvariate(-0.9, 0.55)
        if needed > limit and chance.random() < ASKS_IN_TIME:
            asked = _add(case, now, limit * 0.7)
            if now < asked < due:
                yield asked
                hours = round(max(1.0, limit.total_seconds() / 3600 * 0.5), 1)
                self._act("ask_more_time", case, lead, asked, hours=hours, reason="需要采购材料")
                head = self._beside(lead)
                if head is not None:
                    case = self._act("grant_more_time", case, head, asked)
        now = _add(case, now, needed)
        while True:
            yield now
            case = self._act("finish", case, lead, now, evidence=self._evidence(case))
            now = yield from self._later(case, now, 4)
            if chance.random() >= NOT_DONE:
                return self._act("confirm", case, clerk, now), now
            case = self._act("send_back", case, clerk, now, reason="现场仍未处理到位")
            now = _add(case, now, limit * 0.3)

    def _asked(self, case: Case, lead: int, clerk: int, now: datetime) -> Matter:
        """The reporter is asked where they can be, and the case closed, or once opened again."""
        chance = self.chance
        for _attempt in range(3):
            now = yield from self._later(case, now, 5)
            if case.contact is None:
                break
            if chance.random() < UNREACHED:
                case = self._act("no_answer", case, clerk, now, words="电话无人接听")
                continue
            solved = chance.random() < SOLVED
            satisfied = solved and chance.random() < SATISFIED
            case = self._act("call_back", case, clerk, now, solved=solved, satisfied=satisfied)
            if not satisfied and not case.reopened and chance.random() < REOPENED:
                case = self._act("reopen", case, clerk, now, reason="反映人表示问题没有解决")
                case, now = yield from self._dealt_with(case, lead, clerk, now)
                yield from self._asked(case, lead, clerk, now)
                return
            break
        self._act("close", case, clerk, now)

    def _later(self, case: Case, now: datetime, hours: float) -> Generator[datetime, None, datetime]:
        """About so many working hours later, sooner where it is urgent."""
        hours *= PACE[case.urgency]
        moment = _add(case, now, timedelta(hours=self.chance.expovariate(1 / hours)))
        yield moment
        return moment

    def _act(self, name: str, case: Case, post: int, now: datetime, **given: Any) -> Case:
        by = access.acting(self._people[post], on=timezone.localdate(now))
        with standing_on(EVERYWHERE):
            case = getattr(actions, name)(case.number, by=by, now=now, **given)
        self.acts[name] += 1
        return case

    def _case(self, number: int) -> Case:
        with standing_on(EVERYWHERE):
            return Case.objects.get(number=number)

    def _clerk(self, case: Case) -> int:
        """Who keeps the case; of what is sealed, an investigator who does not lead it."""
        if not case.is_sealed:
            assert case.keeper_id is not None, "every county has a centre"
            return int(case.keeper_id)
        return next(
            post for post in self._people
            if post != case.lead_id and (line := roster().get(post)) and "investigate" in line.duties
            and case.place.startswith(line.ground)
        )  # fmt: skip

    def _beside(self, post: int) -> int | None:
        """Who approves in the same unit."""
        heads = (other for other in roster().beside(post) if other != post)
        return next((h for h in heads if (line := roster().get(h)) and "approve" in line.duties), None)

    def _guessed(self, category: str) -> str:
        branches = GUESSES.get(category, ("MS11",))
        return self.chance.choice([line.code for line in self._leaves if line.code.startswith(branches)])

    def _evidence(self, case: Case) -> actions.Brought:
        # Where only the place is known, and no outline inside the county, anywhere in the county is there.
        spot = self._spots.get(case.county)
        if case.lon is not None and case.lat is not None:
            spot = case.lon, case.lat
        moments = (actions.Moment.BEFORE, actions.Moment.AFTER, actions.Moment.AFTER, actions.Moment.AFTER)
        photos = tuple(
            actions.Photo(file, spot, moment) for file, moment in zip(self._photos, moments, strict=True)
        )  # fmt: skip
        return actions.Brought("已到现场核实并处理完毕", photos)


def _add(case: Case, now: datetime, span: timedelta) -> datetime:
    """In working hours; in an emergency day and night."""
    return now + span if case.urgency == Urgency.EMERGENCY else calendar_for(case.place).add(now, span)


def _between(case: Case, now: datetime, due: datetime) -> timedelta:
    return due - now if case.urgency == Urgency.EMERGENCY else calendar_for(case.place).between(now, due)


def _inside(shape: bytes | memoryview) -> tuple[float, float]:
    middle = shapely.from_wkb(bytes(shape)).representative_point()
    return middle.x, middle.y


def _photo(colour: str) -> UUID:
    file = BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "JPEG")
    return keep(file.getvalue(), name=f"{colour}.jpg", by="bench", ground="").file.pk
