"""What is open in the demonstration county: cases of the last days in every state, brought there by the real acts."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from yiwang.cases import actions
from yiwang.cases.access import Actor, acting, reporter
from yiwang.cases.models import Case
from yiwang.cases.rules import Told
from yiwang.catalogue.queries import ItemLine, catalogue
from yiwang.catalogue.rules import Stage
from yiwang.people.models import Person
from yiwang.plumbing.refusals import Refused
from yiwang.project.demo import COUNTY
from yiwang.project.demo.rows import Plan, Spot

FIRST_TOWN, FIRST_GRID = f"{COUNTY}001", f"{COUNTY}001001001"
OF_WATER = "MS03"
_BETWEEN = timedelta(minutes=12)


@dataclass(slots=True)
class Story:
    """One open case on its way: who has a hand in it, and what time it is in it."""

    number: int
    line: ItemLine
    spot: Spot
    lead: int
    people: dict[str, Actor]
    now: datetime
    others: list[int]

    def tick(self) -> datetime:
        self.now += _BETWEEN
        return self.now


Act = Callable[[Story], object]


def _accept(case: Story) -> None:
    actions.accept(case.number, item=case.line.code, place=case.spot.place, by=case.people["clerk"], now=case.tick())


def _dispatch(case: Story) -> None:
    actions.dispatch(case.number, lead=case.lead, by=case.people["clerk"], now=case.tick())


def _sign(case: Story) -> None:
    actions.sign_for(case.number, by=case.people["lead"], now=case.tick())


def _hand_back(case: Story) -> None:
    why = "经现场核实，该处产权属于小区物业，不属本单位管理"
    actions.hand_back(case.number, reason=why, by=case.people["lead"], now=case.tick())


def _ask_time(case: Story) -> None:
    hours = max(1, case.line.limits[Stage.HANDLE].promise.span // timedelta(hours=2))
    why = "需要采购配件，供货还要几天，申请延期"
    actions.ask_more_time(case.number, hours=hours, reason=why, by=case.people["lead"], now=case.tick())


def _ask_pause(case: Story) -> None:
    why = "连续降雨无法施工，申请暂停计时"
    until = timezone.now() + timedelta(days=3)
    actions.ask_pause(case.number, until=until, reason=why, by=case.people["lead"], now=case.tick())


def _grant_pause(case: Story) -> None:
    actions.grant_pause(case.number, by=case.people["approver"], now=case.tick())


def _whistle(case: Story) -> None:
    posts = [post for post in case.others if post != case.lead][:2]
    why = "多家单位职责交叉，请到现场一起商量"
    actions.whistle(case.number, posts=posts, reason=why, by=case.people["clerk"], now=case.tick())


def _finish(case: Story) -> None:
    evidence = actions.Brought("已到现场处理完毕，并向反映人说明了情况")
    actions.finish(case.number, evidence=evidence, by=case.people["lead"], now=case.tick())


def _send_back(case: Story) -> None:
    why = "现场查看，问题只处理了一半"
    actions.send_back(case.number, reason=why, by=case.people["checker"], now=case.tick())


def _confirm(case: Story) -> None:
    actions.confirm(case.number, by=case.people["checker"], now=case.tick(), note="现场查看，情况属实")


def _please(case: Story) -> None:
    actions.call_back(case.number, solved=True, satisfied=True, by=case.people["clerk"], now=case.tick())


def _displease(case: Story) -> None:
    said = {"solved": False, "satisfied": False, "words": "没有解决，过了两天又是老样子"}
    actions.call_back(case.number, **said, by=case.people["clerk"], now=case.tick())  # type: ignore[arg-type]


def _reopen(case: Story) -> None:
    actions.reopen(case.number, reason="群众不满意，请重新办理", by=case.people["clerk"], now=case.tick())


def _tell_again(case: Story) -> None:
    """A neighbour tells of the same; the centre sees that it is one matter."""
    text = f"我也来反映一下，{Case.objects.get(county=COUNTY, number=case.number).text}"
    again = actions.Report(text=text, item=case.line.code, place=case.spot.place, address=case.spot.addresses[0])
    told = actions.report(again, by=reporter(), now=case.tick())
    actions.merge(
        told.number, into=case.number, by=case.people["clerk"], now=case.tick(), reason="与已有事件为同一问题"
    )


def _split(case: Story) -> None:
    parts = [actions.PartTold(text=text, item=case.line.code) for text in ("先处理眼前的安全隐患", "再从根上整治")]
    actions.split(case.number, parts=parts, by=case.people["clerk"], now=case.tick())


def _withdraw(case: Story) -> None:
    actions.withdraw(case.number, reason="已经自己解决了", by=reporter(), now=case.tick())


def _decline(case: Story) -> None:
    why = "属于小区内部事务，请向物业公司反映"
    actions.decline(case.number, reason=why, by=case.people["clerk"], now=case.tick())


def _urge(case: Story) -> None:
    actions.urge(case.number, text="已超过承诺时限，请尽快办理并回复", by=case.people["clerk"], now=timezone.now())


_IN_HAND = (_accept, _dispatch, _sign)
_CHECKED = (*_IN_HAND, _finish, _confirm)
# How far a case has come, from how many hours ago to how many, how often.
SCRIPTS: tuple[tuple[tuple[Act, ...], tuple[int, int], int], ...] = (
    ((), (1, 6), 10),
    ((), (12, 40), 4),
    ((_accept,), (2, 20), 9),
    ((_accept, _dispatch), (2, 20), 12),
    (_IN_HAND, (3, 40), 16),
    ((*_IN_HAND, _urge), (200, 500), 8),
    ((*_IN_HAND, _ask_time), (3, 20), 6),
    ((*_IN_HAND, _ask_pause), (3, 20), 2),
    ((*_IN_HAND, _ask_pause, _grant_pause), (6, 40), 3),
    ((_accept, _dispatch, _hand_back), (2, 10), 5),
    ((*_IN_HAND, _whistle), (3, 20), 6),
    ((*_IN_HAND, _finish), (4, 60), 10),
    (_CHECKED, (6, 60), 6),
    ((*_CHECKED, _please), (6, 40), 3),
    ((*_IN_HAND, _finish, _send_back), (6, 60), 3),
    ((*_CHECKED, _displease, _reopen), (20, 80), 3),
    ((_accept, _tell_again), (6, 40), 2),
    ((_split,), (6, 40), 2),
    ((_withdraw,), (6, 40), 1),
    ((_decline,), (6, 40), 2),
)


def open_some(plan: Plan, size: int, *, now: datetime) -> None:
    """Open so many cases on the plan's ground and move them on as far as their scripts say; one of each at least."""
    chance = random.Random(plan.seed)  # noqa: S311 - nothing secret is drawn
    today = timezone.localdate(now)
    people = Person.objects.in_bulk(set(plan.people.values()))
    actors = {post: acting(people[person], on=today) for post, person in plan.people.items()}
    others = list(dict.fromkeys(row[0] for row in plan.leads if row[0]))
    for turn, (script, hours) in enumerate(_scripts(chance, size)):
        spot, kind = _where(plan, chance, turn), _what(plan, chance, turn, with_photos=_finish not in script)
        begun = now - timedelta(hours=chance.uniform(*hours))
        lead = plan.leads[kind][plan.spots.index(spot)]
        number = _told(plan, spot, kind, begun, actors[spot.checker[1]])
        checker = spot.clerk if lead == spot.checker[1] else spot.checker
        seats = {"clerk": spot.clerk[1], "lead": lead, "checker": checker[1], "approver": spot.approver[1]}
        hands = {seat: actors[post] for seat, post in seats.items()}
        _play(script, Story(number, _line(plan, kind), spot, lead, hands, begun, others))


def _scripts(chance: random.Random, size: int) -> Iterator[tuple[tuple[Act, ...], tuple[int, int]]]:
    every = [(script, hours) for script, hours, _ in SCRIPTS]
    more = chance.choices(every, [often for *_, often in SCRIPTS], k=max(0, size - len(every)))
    yield from sorted([*every, *more][:size], key=lambda one: -one[1][1])


def _where(plan: Plan, chance: random.Random, turn: int) -> Spot:
    """More than its share lies before the seats that a newcomer tries."""
    ground = (FIRST_GRID, FIRST_TOWN, COUNTY, FIRST_TOWN)[turn % 4]
    return chance.choice([spot for spot in plan.spots if spot.place.startswith(ground)])


def _what(plan: Plan, chance: random.Random, turn: int, *, with_photos: bool) -> int:
    wanted = OF_WATER if turn % 3 == 0 else ""
    fit = [
        number
        for number, kind in enumerate(plan.kinds)
        if kind.code.startswith(wanted) and (with_photos or not _is_shown(plan, number))
    ]
    return chance.choice(fit or [number for number in range(len(plan.kinds)) if not _is_shown(plan, number)])


def _is_shown(plan: Plan, kind: int) -> bool:
    evidence = _line(plan, kind).content.evidence
    return bool(evidence.photos or evidence.within_metres or evidence.before_and_after)


def _line(plan: Plan, kind: int) -> ItemLine:
    line = catalogue().get(plan.kinds[kind].item)
    assert line is not None, "the plan's items are the catalogue's"
    return line


def _told(plan: Plan, spot: Spot, kind: int, now: datetime, worker: Actor) -> int:
    """Tell of a case, by turns as a grid worker and as a resident who left a telephone number."""
    turn = int(now.timestamp())
    texts = [saying.text for saying in plan.sayings if saying.kind == kind]
    lon, lat = spot.positions[turn % len(spot.positions)].split("\t")
    by_worker = turn % 2 == 0
    report = actions.Report(
        text=texts[turn % len(texts)], told=Told.WORKER if by_worker else Told.RESIDENT, item=plan.kinds[kind].code,
        place=spot.place, position=(float(lon), float(lat)), address=spot.addresses[turn % len(spot.addresses)],
        name="" if by_worker else f"{'王李张刘陈'[turn % 5]}先生",
        phone="" if by_worker else f"1990001{turn % 10_000:04}",
    )  # fmt: skip
    return actions.report(report, by=worker if by_worker else reporter(), now=now).number


def _play(script: tuple[Act, ...], story: Story) -> None:
    for act in script:
        try:
            act(story)
        except Refused:
            # A night, a holiday or a short limit may forbid it at this hour: the case stays where it has come to.
            return
