"""All posts by number, kept in memory: title, unit, ground and validity are answered without a query."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from yiwang.people import access
from yiwang.people.models import Post
from yiwang.people.rules import WHOLE
from yiwang.plumbing.freshness.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as it is kept in memory; `since` and `until` are also its unit's."""

    id: int
    title: str
    unit: int
    unit_name: str
    role: str
    duties: frozenset[str]
    ground: str
    since: date
    until: date

    def serves(self, place: str, on: date) -> bool:
        """Whether the post is there on that day and answers for this place (its code)."""
        return self.since <= on < self.until and place.startswith(self.ground)


class Roster:
    """The posts of this installation, those that ended too."""

    def __init__(self, lines: Iterable[PostLine]) -> None:
        self._lines = {line.id: line for line in lines}
        units: defaultdict[int, set[int]] = defaultdict(set)
        for line in self._lines.values():
            units[line.unit].add(line.id)
        self._units = {unit: frozenset(posts) for unit, posts in units.items()}
        self._over: defaultdict[str, list[PostLine]] = defaultdict(list)
        for line in self._lines.values():
            self._over[line.ground].append(line)
        self._called: defaultdict[str, list[PostLine]] = defaultdict(list)
        for line in self._lines.values():
            # A unit's name stands for a post only where there is no other in it.
            for name in {line.title, *((line.unit_name,) if len(units[line.unit]) == 1 else ())}:
                self._called[name].append(line)

    def get(self, post: int | None) -> PostLine | None:
        """The post with this number, None where there is none."""
        return self._lines.get(post) if post is not None else None

    def beside(self, post: int | None) -> frozenset[int]:
        """The posts of the same unit, itself among them."""
        line = self.get(post)
        return self._units[line.unit] if line else frozenset()

    def of_unit(self, unit: int) -> frozenset[int]:
        """The posts of a unit (its id); none where there is no such unit."""
        return self._units.get(unit, frozenset())

    def serving(self, place: str, on: date) -> Iterator[PostLine]:
        """The posts that are there on that day and answer for this place (its code), the innermost first."""
        for length in range(len(place), -1, -1):
            yield from (line for line in self._over.get(place[:length], ()) if line.serves(place, on))

    def like(self, words: str, *, grounds: Sequence[str], on: date, most: int) -> list[PostLine]:
        """Posts that are there on that day, in or around one of these grounds, whose title or unit holds the words."""
        found = (
            line
            for line in self._lines.values()
            if (words in line.title or words in line.unit_name)
            and line.since <= on < line.until
            and any(
                ground == "*" or line.ground.startswith(ground) or ground.startswith(line.ground) for ground in grounds
            )
        )
        return list(islice(found, most))

    def called(self, name: str) -> Sequence[PostLine]:
        """The posts with this title, and those that are the only one of the unit of this name."""
        return self._called.get(name, ())


def _load() -> Roster:
    return Roster(_line(post) for post in Post.objects.select_related("unit", "role"))


def _line(post: Post) -> PostLine:
    unit = post.unit
    return PostLine(
        id=post.pk, title=post.title, unit=unit.pk, unit_name=unit.name, role=post.role.code,
        duties=frozenset(post.role.duties), ground=post.ground_id or WHOLE,
        since=max(post.valid_from or date.min, unit.valid_from or date.min),
        until=min(post.valid_to or date.max, unit.valid_to or date.max),
    )  # fmt: skip


_roster = Snapshot(access.TOPIC, _load)


def roster() -> Roster:
    """The posts as this process knows them."""
    return _roster.get()
