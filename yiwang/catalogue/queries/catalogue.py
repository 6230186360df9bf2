"""All items with what they say now, kept in memory: answered without a query."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from yiwang.catalogue.models import Item, ItemVersion
from yiwang.catalogue.rules import Content, Limit, Stage
from yiwang.plumbing.freshness.snapshots import Snapshot
from yiwang.plumbing.worktime.rules import Promise

TOPIC = "catalogue"


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item as it is kept in memory. `county` is empty for every county; `path` is itself, then what is above."""

    id: int
    code: str
    county: str
    version: int
    number: int
    path: tuple[int, ...]
    content: Content
    limits: dict[Stage, Limit]
    valid_from: date | None
    valid_to: date | None
    is_branch: bool

    @property
    def name(self) -> str:
        return self.content.name

    def is_open(self, day: date) -> bool:
        """Whether a case may be opened under it on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)

    def holds_in(self, place: str) -> bool:
        """Whether the item is of this place's county, or of every county."""
        return place.startswith(self.county)


class Catalogue:
    """The whole catalogue of this installation."""

    def __init__(self, lines: Iterable[ItemLine]) -> None:
        self._lines = {line.id: line for line in sorted(lines, key=lambda line: line.code)}
        self._codes = {(line.county, line.code): line for line in self._lines.values()}
        self._versions = {line.version: line for line in self._lines.values()}
        self._children: defaultdict[int, list[ItemLine]] = defaultdict(list)
        for line in self._lines.values():
            self._children[line.path[1] if len(line.path) > 1 else 0].append(line)

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[ItemLine]:
        """All items in order of their codes."""
        return iter(self._lines.values())

    def get(self, item_id: int) -> ItemLine | None:
        """The item, None where there is none."""
        return self._lines.get(item_id)

    def by_code(self, code: str, place: str = "") -> ItemLine | None:
        """The item with this code at a place: the county's own before the one of every county."""
        return self._codes.get((place[:6], code)) or self._codes.get(("", code))

    def of_version(self, version: int) -> ItemLine | None:
        """The item whose present version this is."""
        return self._versions.get(version)

    def children(self, item_id: int = 0) -> list[ItemLine]:
        """What hangs directly under an item; the outermost branches without one."""
        return self._children.get(item_id, [])


def _load() -> Catalogue:
    parents = dict(Item.objects.values_list("id", "parent_id"))
    branches = set(parents.values())
    newest = ItemVersion.objects.order_by("item_id", "-number").distinct("item_id").select_related("item", "board")
    return Catalogue(_line(version, parents, branches) for version in newest)


def _line(version: ItemVersion, parents: Mapping[int, int | None], branches: Collection[int | None]) -> ItemLine:
    item = version.item
    path = [item.pk]
    while above := parents[path[-1]]:
        path.append(above)
    return ItemLine(
        id=item.pk, code=item.code, county=item.county_id or "", version=version.pk, number=version.number,
        path=tuple(path), content=version.content, limits=version.limits, valid_from=item.valid_from,
        valid_to=item.valid_to, is_branch=item.pk in branches,
    )  # fmt: skip


_catalogue = Snapshot(TOPIC, _load)


def catalogue() -> Catalogue:
    """The catalogue as this process knows it."""
    return _catalogue.get()


def promise(version_id: int, stage: Stage) -> Promise:
    """What a version of an item promises for a stage; without a query where it is the present one."""
    line = catalogue().of_version(version_id)
    limits = line.limits if line else ItemVersion.objects.get(pk=version_id).limits
    return limits[stage].promise
