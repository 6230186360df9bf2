"""What things are called on pages: posts, places, items, whoever did something."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yiwang.catalogue.models import Board
from yiwang.catalogue.queries import ItemLine, catalogue
from yiwang.people import queries as people
from yiwang.people.roster import roster
from yiwang.places.queries import tree

_PERSON, _TOKEN = "person:", "token:"


def post_name(post: int | None) -> str:
    """A post with its unit; the unit is not said twice."""
    line = roster().get(post)
    if line is None:
        return ""
    return line.title if line.unit_name in line.title else f"{line.unit_name} {line.title}"


def unit_named(unit: int) -> str:
    """A unit (its id) that has or had a post; nothing where there is none."""
    posts = roster().of_unit(unit)
    line = roster().get(min(posts)) if posts else None
    return line.unit_name if line else ""


def board_name(board: Board) -> str:
    """A board in the reader's language."""
    return board.name_en if (get_language() or "").startswith("en") else board.name


def place_name(code: str) -> str:
    """The names of the places around and with this one below its county; the code where it is not known."""
    path = [spot.name for spot in tree().path(code)]
    return " ".join(path[1:] or path) or code


def item_name(line: ItemLine | None) -> str:
    """An item in the reader's language."""
    if line is None:
        return ""
    english = (get_language() or "").startswith("en")
    return (line.content.name_en if english else "") or line.name


def item_named(item_id: int | None) -> str:
    """The same, by the item's id."""
    return item_name(catalogue().get(item_id)) if item_id else ""


def moment(at: datetime) -> str:
    """A moment exactly, in the installation's zone."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def names_behind(subjects: Collection[str]) -> dict[str, str]:
    """By subject ("person:12") the names of the people among them, in one question."""
    numbers = {subject: int(subject.removeprefix(_PERSON)) for subject in subjects if subject.startswith(_PERSON)}
    known = people.names_of(set(numbers.values()))
    return {subject: known[number] for subject, number in numbers.items() if number in known}


def who(subject: str, names: Mapping[str, str]) -> str:
    """Whoever did something, by name where that is known; a person nobody may see here is told by their post alone."""
    if subject in names:
        return names[subject]
    if subject.startswith(_TOKEN):
        return _("A program")
    known = {"reporter": _("The reporter"), "clock": _("The platform")}
    return known.get(subject, "")
