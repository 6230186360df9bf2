"""One matter of the demonstration county: what it is, where, who has a hand in it, and how it is told."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from yiwang.cases import actions
from yiwang.cases.access import Actor, acting, reporter
from yiwang.cases.rules import Told
from yiwang.catalogue.queries import ItemLine, catalogue
from yiwang.demo import photos
from yiwang.demo.acts import Story, variant_at
from yiwang.demo.pictures.drawing import Shown
from yiwang.demo.rows import Plan, Spot
from yiwang.demo.sayings import fits
from yiwang.people.models import Person

_BETWEEN = timedelta(minutes=12)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in a post, and all that is told of them."""

    plan: Plan
    actors: dict[int, Actor]
    others: list[int]  # posts that lead something

    @classmethod
    def of(cls, plan: Plan, *, on: date) -> "Cast":
        """The cast on that day."""
        people = Person.objects.in_bulk(set(plan.people.values()))
        actors = {post: acting(people[person], on=on) for post, person in plan.people.items()}
        return cls(plan, actors, list(dict.fromkeys(row[0] for row in plan.leads if row[0])))

    def line(self, kind: int) -> ItemLine:
        """The item of a kind."""
        line = catalogue().get(self.plan.kinds[kind].item)
        assert line is not None, "the plan's items are the catalogue's"
        return line

    def is_shown(self, kind: int) -> bool:
        """Whether it is finished with photos only."""
        evidence = self.line(kind).content.evidence
        return bool(evidence.photos or evidence.within_metres or evidence.before_and_after)

    def hands(self, spot: Spot, lead: int) -> dict[str, Actor]:
        """Who has a hand in a case there. Nobody checks their own work."""
        checker = spot.clerk if lead == spot.checker[1] else spot.checker
        seats = {"clerk": spot.clerk[1], "lead": lead, "checker": checker[1], "approver": spot.approver[1]}
        return {seat: self.actors[post] for seat, post in seats.items() if post in self.actors}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody tells of a matter, where it is, and who they are."""

    text: str
    position: tuple[float, float]
    address: str
    name: str = ""
    phone: str = ""


def tell(cast: Cast, kind: int, spot: Spot, *, turn: int, now: datetime, pace: timedelta = _BETWEEN) -> Story:
    """Tell of a case, by turns as a grid worker and as a resident who left a telephone number.

    `pace` is the time between what is done with it afterwards.
    """
    plan, by_worker = cast.plan, turn % 2 == 0
    every = [saying.text for saying in plan.sayings if saying.kind == kind]
    texts = [text for text in every if fits(text, worker=by_worker)] or every
    said = Said(
        texts[turn % len(texts)], position_of(spot, turn), spot.addresses[turn % len(spot.addresses)],
        name="" if by_worker else f"{'王李张刘陈'[turn % 5]}先生",
        phone="" if by_worker else f"1990001{turn % 10_000:04}",
    )  # fmt: skip
    return tell_so(cast, kind, spot, said, now=now, pace=pace)


def position_of(spot: Spot, turn: int) -> tuple[float, float]:
    """Where in a place something is, by turns."""
    lon, lat = map(float, spot.positions[turn % len(spot.positions)].split("\t"))
    return lon, lat


def tell_so(cast: Cast, kind: int, spot: Spot, said: Said, *, now: datetime, pace: timedelta = _BETWEEN) -> Story:
    """Tell of a case in these words: a resident who left a phone, or without one the grid worker."""
    plan, by_worker = cast.plan, not said.phone
    teller = cast.actors[spot.checker[1]] if by_worker else reporter()
    report = actions.Report(
        text=said.text, told=Told.WORKER if by_worker else Told.RESIDENT, item=plan.kinds[kind].code, place=spot.place,
        position=said.position, address=said.address, name=said.name, phone=said.phone,
        photos=_photos(plan.kinds[kind].scene, said.position, spot, teller, now),
    )  # fmt: skip
    number = actions.report(report, by=teller, now=now).number
    lead = plan.leads[kind][plan.spots.index(spot)]
    hands = cast.hands(spot, lead)
    return Story(number, cast.line(kind), spot, lead, hands, now, cast.others, said.position, pace)


def _photos(scene: str, at: tuple[float, float], spot: Spot, teller: Actor, now: datetime) -> tuple[UUID, ...]:
    """What can be drawn is shown."""
    if not scene:
        return ()
    picture = Shown(scene, variant_at(at), "told")
    return (photos.keep(picture, by=teller.subject, ground=spot.place, at=now),)
