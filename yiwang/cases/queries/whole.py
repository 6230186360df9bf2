"""One case with all that belongs to it, and what somebody may do with it now."""

from collections.abc import Iterator
from dataclasses import dataclass

from yiwang.cases.access import Actor, capacities
from yiwang.cases.models import Assignment, Case, Note, Petition, Step, Summons
from yiwang.cases.queries.listing import visible_to
from yiwang.cases.rules import LIFE, State, county_of
from yiwang.plumbing.refusals import Unseen


@dataclass(frozen=True, slots=True)
class Whole:
    """A case and its history: steps in their order, everything else as it came; numbers of what it was split into."""

    case: Case
    steps: list[Step]
    parts: list[Assignment]
    notes: list[Note]
    petitions: list[Petition]
    summons: list[Summons]
    split_into: list[int]


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
    split = Case.objects.filter(county=found.county, part_of=number).order_by("number")
    return Whole(
        found,
        steps=list(Step.objects.filter(number=number, county=found.county).order_by("seq")),
        parts=list(Assignment.objects.filter(**of_it).order_by("pk")),
        notes=list(Note.objects.filter(**of_it).order_by("pk")),
        petitions=list(Petition.objects.filter(**of_it).order_by("pk")),
        summons=list(Summons.objects.filter(**of_it).order_by("pk")),
        split_into=list(split.values_list("number", flat=True)),
    )


def moves_open_to(actor: Actor, found: Case) -> Iterator[str]:
    """Names of the moves that the table has for the actor now; the act itself may still refuse."""
    held = capacities(actor, found)
    return (move.name for move in LIFE.open_moves(State(found.state), duties=held))
