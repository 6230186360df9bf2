"""A redrawing as offices write it: a sheet that says, line by line, which old place goes into which new one."""

from collections.abc import Iterable
from pathlib import Path

from django.db.models import QuerySet

from yiwang.places.models import Place, Redrawing
from yiwang.places.rules.redrawing import Established, Plan, Retired
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.reading import Column, Row, read
from yiwang.plumbing.walls.ground import lies_in

COLUMNS = (
    Column("old", ("原区划代码", "old code"), required=True),
    Column("new", ("新区划代码", "new code"), required=True),
    Column("name", ("新名称", "new name")),
    Column("kind", ("类型", "kind")),
    Column("because", ("无承接原因", "because")),
)


def plan_of_list(path: Path) -> Plan:
    """The plan that a CSV or Excel list describes, for `plan_redrawing` to judge.

    A line names an old place and the new one that follows it, or only an old one with the reason why nothing
    does. A new code that is no present place is established under its name, as the kind named or the kind of the
    old one. An old place that also stands among the new ones stays: others go into it. Refuses a new place without a
    name.
    """
    rows = read(path, COLUMNS)
    new = {row["new"] for row in rows if row["new"]}
    known = dict(Place.objects.filter(pk__in=new | {row["old"] for row in rows}).values_list("pk", "kind_id"))
    retired = {row["old"]: Retired(row["old"], row["because"]) for row in rows if row["old"] not in new}
    pairs = {(row["old"], row["new"]) for row in rows if row["new"] and row["old"] != row["new"]}
    return Plan(tuple(retired.values()), _established(rows, known), tuple(sorted(pairs)))


def redrawings_on(grounds: Iterable[str]) -> QuerySet[Redrawing]:
    """Redrawings that lie on this ground, the latest first."""
    return Redrawing.objects.filter(lies_in("ground", grounds)).order_by("-effective", "-pk")


def _established(rows: list[Row], known: dict[str, str]) -> tuple[Established, ...]:
    found: dict[str, Established] = {}
    for row in rows:
        code = row["new"]
        if not code or code in known or (code in found and not row["name"]):
            continue
        if not row["name"]:
            raise Refused("new_place_without_name", line=row.line, code=code)
        found[code] = Established(code, row["name"], row["kind"] or known.get(row["old"], ""))
    return tuple(found.values())
