"""Four real counties with invented offices: who sits there, and who answers for what."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from yiwang.catalogue.actions import import_items, load_default
from yiwang.catalogue.models import Item, Responsibility
from yiwang.catalogue.queries import TOPIC
from yiwang.people import access
from yiwang.people.models import Holding, Person, Post, Role, Unit, UnitKind
from yiwang.places.actions import import_boundaries, import_places
from yiwang.places.models import Place
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.sheets.report import Report
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

# Which branches of the default catalogue a county's departments answer for.
DEPARTMENTS = {
    "党委办公室": ("DJ01", "DJ02", "DJ03", "DJ04", "DJ06"),
    "农业农村局": ("JJ01", "JJ02", "JJ03", "JJ06"),
    "市场监督管理局": ("JJ04",),
    "人力资源和社会保障局": ("JJ05", "MS10"),
    "住房和城乡建设局": ("MS01", "MS03", "MS05", "PA03"),
    "城市管理局": ("MS02", "MS04", "PA06", "PA07"),
    "民政局": ("MS06", "MS07", "PA09"),
    "教育局": ("MS08",),
    "卫生健康局": ("MS09",),
    "行政审批局": ("MS11",),
    "交通运输局": ("MS12",),
    "生态环境局": ("MS13",),
    "应急管理局": ("PA01", "PA02", "PA08", "PA11"),
    "公安局": ("PA05",),
    "司法局": ("PA04", "PA10"),
}
OF_STANDARDS = "城市管理局"
SEALED = ("DJ05", "PA10-05")


@dataclass(slots=True)
class _Crew:
    since: date
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    roles: dict[str, Role] = field(default_factory=lambda: {role.code: role for role in Role.objects.all()})

    def seat(self, unit: Unit, role: str, ground: str | None, title: str) -> Post:
        """A post and somebody in it."""
        number = next(self.numbers)
        post = Post.objects.create(unit=unit, role=self.roles[role], ground_id=ground, title=title)
        person = Person.objects.create(login=f"sim{number:04}", name=f"模拟{number}", ground_id=ground)
        Holding.objects.create(person=person, post=post, since=self.since)
        return post


def set_up(data: Path, *, today: date) -> list[tuple[str, Report]]:
    """Import ground and items, and put people in offices; gives what became of each list."""
    reports = []
    with standing_on(EVERYWHERE):
        for name in ("communities.csv", "boundaries"):
            path = data / name
            if name == "boundaries":
                report = import_boundaries(path, datum="gcj02", by="bench", today=today, keep_good=True)
            else:
                report = import_places(path, by="bench", today=today, keep_good=True)
            reports.append((name, report))
        crew = _Crew(today - timedelta(days=1))
        platform = Unit.objects.create(name="平台运维组", kind=UnitKind.CENTRE)
        operator = crew.seat(platform, "platform_operator", None, "平台运维员")
        touched(access.TOPIC)
    with standing_on(EVERYWHERE):
        by = Holding.objects.select_related("person").get(post=operator).person
        reports.append(("default items", load_default(by="bench", today=today)))
        standards = import_items(data / "standards.csv", by=by, county=None, today=today, keep_good=True)
        reports.append(("standards.csv", standards))
        for county in Place.objects.filter(kind_id="county").order_by("code"):
            _county(crew, county.code, county.name)
        touched(access.TOPIC)
        touched(TOPIC)
    return reports


def _county(crew: _Crew, code: str, name: str) -> None:
    centre = Unit.objects.create(name=f"{name}综治中心", kind=UnitKind.CENTRE, ground_id=code)
    crew.seat(centre, "county_centre_officer", code, "值守员")
    for town in Place.objects.filter(parent_id=code, kind_id="town").order_by("code"):
        office = Unit.objects.create(name=f"{town.name}指挥中心", kind=UnitKind.CENTRE, ground_id=town.code)
        crew.seat(office, "centre_clerk", town.code, "受理员")
    items = {item.code: item for item in Item.objects.filter(county=None)}
    roots = [item for item in items.values() if item.parent_id is None and item.code not in {"DJ", "JJ", "MS", "PA"}]
    given: list[tuple[Item, Post]] = []
    for department, branches in DEPARTMENTS.items():
        unit = Unit.objects.create(name=f"{name}{department}", kind=UnitKind.DEPARTMENT, ground_id=code)
        crew.seat(unit, "department_head", code, f"{department}负责人")
        handler = crew.seat(unit, "department_handler", code, f"{department}经办人")
        own = [items[branch] for branch in branches] + (roots if department == OF_STANDARDS else [])
        given += [(item, handler) for item in own]
    # Two who investigate, in units of their own: nobody checks their own work.
    for body in ("纪委监委", "派驻纪检监察组"):
        unit = Unit.objects.create(name=f"{name}{body}", kind=UnitKind.COMMITTEE, ground_id=code)
        inspector = crew.seat(unit, "discipline_inspector", code, "纪检监察员")
        if body == "纪委监委":
            given += [(items[branch], inspector) for branch in SEALED]
    since = crew.since
    Responsibility.objects.bulk_create(
        Responsibility(item=item, place_id=code, post=post, since=since) for item, post in given
    )
