"""What people of the demonstration county do with a case, by the real acts, and what they say when they do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from yiwang.cases import actions
from yiwang.cases.access import Actor, reporter
from yiwang.cases.models import Case
from yiwang.catalogue.queries import ItemLine
from yiwang.catalogue.rules import Stage
from yiwang.demo import COUNTY, photos
from yiwang.demo.pictures.drawing import Shown, own_variant
from yiwang.demo.rows import Spot
from yiwang.demo.showing import SCENE_OF, done


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
    position: tuple[float, float]
    pace: timedelta

    def tick(self) -> datetime:
        self.now += self.pace
        return self.now


Act = Callable[[Story], object]


def variant_at(position: tuple[float, float]) -> int:
    """In one place it always looks the same."""
    return own_variant(round(position[0] * 1_000_000))


def pictures(scene: str, position: tuple[float, float], *, finished: bool) -> list[Shown]:
    """What is photographed of a case there: as it is told, and by whoever has dealt with it."""
    moments = ("told", "before", "after") if finished else ("told",)
    return [Shown(scene, variant_at(position), moment) for moment in moments] if scene else []


def accept(case: Story) -> None:
    actions.accept(case.number, item=case.line.code, place=case.spot.place, by=case.people["clerk"], now=case.tick())


def dispatch(case: Story) -> None:
    actions.dispatch(case.number, lead=case.lead, by=case.people["clerk"], now=case.tick())


def sign(case: Story) -> None:
    actions.sign_for(case.number, by=case.people["lead"], now=case.tick())


def hand_back(case: Story) -> None:
    why = "经现场核实，该处产权属于小区物业，不属本单位管理"
    actions.hand_back(case.number, reason=why, by=case.people["lead"], now=case.tick())


def ask_time(case: Story) -> None:
    hours = max(1, case.line.limits[Stage.HANDLE].promise.span // timedelta(hours=2))
    why = "需要采购配件，供货还要几天，申请延期"
    actions.ask_more_time(case.number, hours=hours, reason=why, by=case.people["lead"], now=case.tick())


def ask_pause(case: Story) -> None:
    why = "连续降雨无法施工，申请暂停计时"
    until = timezone.now() + timedelta(days=3)
    actions.ask_pause(case.number, until=until, reason=why, by=case.people["lead"], now=case.tick())


def grant_pause(case: Story) -> None:
    actions.grant_pause(case.number, by=case.people["approver"], now=case.tick())


def whistle(case: Story) -> None:
    posts = [post for post in case.others if post != case.lead][:2]
    why = "多家单位职责交叉，请到现场一起商量"
    actions.whistle(case.number, posts=posts, reason=why, by=case.people["clerk"], now=case.tick())


def finish(case: Story) -> None:
    scene = SCENE_OF.get(case.line.code, "")
    evidence = actions.Brought(f"{done(scene)}，并向反映人说明了情况", tuple(_shown(case, scene) if scene else ()))
    actions.finish(case.number, evidence=evidence, by=case.people["lead"], now=case.tick())


def _shown(case: Story, scene: str) -> Iterator[actions.Photo]:
    """Two photos of a handler: how it was, and how it is now."""
    for moment in (actions.Moment.BEFORE, actions.Moment.AFTER):
        picture = Shown(scene, variant_at(case.position), moment.value)
        file = photos.keep(picture, by=case.people["lead"].subject, ground=case.spot.place, at=case.now)
        yield actions.Photo(file, case.position, moment)


def send_back(case: Story) -> None:
    why = "现场查看，问题只处理了一半"
    actions.send_back(case.number, reason=why, by=case.people["checker"], now=case.tick())


def confirm(case: Story) -> None:
    actions.confirm(case.number, by=case.people["checker"], now=case.tick(), note="现场查看，情况属实")


def please(case: Story) -> None:
    actions.call_back(case.number, solved=True, satisfied=True, by=case.people["clerk"], now=case.tick())


def displease(case: Story) -> None:
    said = {"solved": False, "satisfied": False, "words": "没有解决，过了两天又是老样子"}
    actions.call_back(case.number, **said, by=case.people["clerk"], now=case.tick())  # type: ignore[arg-type]


def reopen(case: Story) -> None:
    actions.reopen(case.number, reason="群众不满意，请重新办理", by=case.people["clerk"], now=case.tick())


def close(case: Story) -> None:
    actions.close(case.number, by=case.people["clerk"], now=case.tick())


def grant_time(case: Story) -> None:
    actions.grant_more_time(case.number, by=case.people["approver"], now=case.tick())


def tell_again(case: Story) -> None:
    """A neighbour tells of the same; the centre sees that it is one matter."""
    text = f"我也来反映一下，{Case.objects.get(county=COUNTY, number=case.number).text}"
    again = actions.Report(text=text, item=case.line.code, place=case.spot.place, address=case.spot.addresses[0])
    told = actions.report(again, by=reporter(), now=case.tick())
    actions.merge(
        told.number, into=case.number, by=case.people["clerk"], now=case.tick(), reason="与已有事件为同一问题"
    )


def split(case: Story) -> None:
    parts = [actions.PartTold(text=text, item=case.line.code) for text in ("先处理眼前的安全隐患", "再从根上整治")]
    actions.split(case.number, parts=parts, by=case.people["clerk"], now=case.tick())


def withdraw(case: Story) -> None:
    actions.withdraw(case.number, reason="已经自己解决了", by=reporter(), now=case.tick())


def decline(case: Story) -> None:
    why = "属于小区内部事务，请向物业公司反映"
    actions.decline(case.number, reason=why, by=case.people["clerk"], now=case.tick())


def urge(case: Story) -> None:
    actions.urge(case.number, text="已超过承诺时限，请尽快办理并回复", by=case.people["clerk"], now=timezone.now())
