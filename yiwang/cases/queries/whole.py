"""One case with all that belongs to it, and what somebody may do with it now."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from yiwang.cases.access import Actor, capacities
from yiwang.cases.models import Assignment, Case, Note, Petition, Step, Summons
from yiwang.cases.queries.listing import visible_to
from yiwang.cases.rules import LIFE, State, county_of
from yiwang.plumbing.refusals import Unseen


@dataclass(frozen=True, slots=True)
class Whole:
    """A case and its history: steps in their order, everything else as it came.

    `split_into`, `merged`: the numbers of its parts, and of the reports that were merged into it.
    """

    case: Case
    steps: list[Step]
    parts: list[Assignment]
    notes: list[Note]
    petitions: list[Petition]
    summons: list[Summons]
    split_into: list[int]
    merged: list[int]


def case(actor: Actor, number: int) -> Case:
    """The case, as far as it is the actor's to see; otherwise there is no such case."""
    found = visible_to(actor).filter(number=number, county=county_of(number)).first()
    if found is None:
        raise Unseen("no_such_case", number=number)
    return found


def whole(actor: Actor, number: int) -> Whole:
    """The case with its history, as far as it is the actor's to see; otherwise there is no such case."""
    found = case(actor, number)
    of_it = {"case": found, "county": found.county}
    beside = Case.objects.filter(Q(part_of=number) | Q(merged_into=number), county=found.county).order_by("number")
    related = list(beside.values_list("number", "part_of"))
    return Whole(
        found,
        steps=list(Step.objects.filter(number=number, county=found.county).order_by("seq")),
        parts=list(Assignment.objects.filter(**of_it).order_by("pk")),
        notes=list(Note.objects.filter(**of_it).order_by("pk")),
        petitions=list(Petition.objects.filter(**of_it).order_by("pk")),
        summons=list(Summons.objects.filter(**of_it).order_by("pk")),
        split_into=[one for one, part_of in related if part_of == number],
        merged=[one for one, part_of in related if part_of != number],
    )


def seen_in(found: Whole) -> tuple[int, int]:
    """The same of a case that was read with all that belongs to it."""
    return found.case.steps, len(found.notes)


def seen_of(found: Case) -> tuple[int, int]:
    """How many steps a case has and how many notes: while both stay, nobody has done or said anything."""
    return found.steps, Note.objects.filter(case=found, county=found.county).count()


def moves_open_to(actor: Actor, found: Case) -> Iterator[str]:
    """Names of the moves that the table has for the actor now; the act itself may still refuse."""
    held = capacities(actor, found)
    return (move.name for move in LIFE.open_moves(State(found.state), duties=held))
