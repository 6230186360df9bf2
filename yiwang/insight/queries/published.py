"""What was published, for whoever may see the numbers of its ground: frozen figures, never reckoned anew here."""

from datetime import date

from yiwang.cases.access import Actor
from yiwang.insight.models import Bulletin
from yiwang.insight.queries.ground import places_of
from yiwang.insight.rules.bulletins import Kind

MOST = 24


def bulletins(actor: Actor, *, kind: Kind, place: str = "") -> list[Bulletin]:
    """The newest bulletins of a kind, of the place that is named or of all whose numbers are theirs."""
    places = places_of(actor, place)
    found = Bulletin.objects.filter(county__in={code[:6] for code in places}, place__in=places, kind=kind.value)
    return list(found.order_by("-first", "place")[:MOST])


def bulletin(actor: Actor, *, kind: Kind, place: str, first: date) -> Bulletin | None:
    """One bulletin; None where there is none, or it is not theirs to see."""
    if not places_of(actor, place):
        return None
    return Bulletin.objects.filter(county=place[:6], place=place, kind=kind.value, first=first).first()
