"""The house keeps itself in shape: what house.md asks for and neither ruff, mypy nor import-linter sees."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models

from tests import house
from tests.sources import PACKAGE, ROOT, Source, all_sources, as_list, committed, rooms
from yiwang.plumbing import refusals

# House.md, section 1, from the ground up. Rooms of one floor are strangers to each other.
FLOORS = (
    {"plumbing"},
    {"places"},
    {"people"},
    {"figures"},
    {"catalogue"},
    {"cases"},
    {"proof"},
    {
        "fieldwork",
        "council",
        "mediation",
        "matching",
        "oversight",
        "courtyard",
        "care",
        "counter",
        "callbacks",
        "formalism",
        "notices",
        "past",
        "opinions",
        "repeats",
        "replies",
        "retiming",
        "shifts",
        "supervision",
        "triage",
        "trial",
        "workload",
    },
    {"forms", "meetings"},
    {"insight"},
    {"bulletins", "lists", "topics"},
    {"spots"},
    {"demo"},
    {"channels"},
    {"project"},
)
# Tables that name a ground or a person and stand without a wall, each with the reason.
WITHOUT_A_WALL: dict[str, str] = {}
GROUND_COLUMNS = {"ground", "ground_id", "county", "county_id", "place", "place_id"}
DRAWERS = {"utils", "helpers", "common", "services", "managers"}
ANOTHERS = re.compile(r"@l[i]cense|\bCopyr[i]ght\b|\(c\) [12]\d\d\d", re.IGNORECASE)


def floor_of(room: str) -> int:
    return next(height for height, floor in enumerate(FLOORS) if room.split(".", maxsplit=1)[0] in floor)


def room_of(model: type[models.Model]) -> str:
    return Source(model.__module__.replace(".", "/"), "").room


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("yiwang.")]


def relations(model: type[models.Model]) -> Iterator[tuple[str, type[models.Model]]]:
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        target = field.related_model
        if isinstance(target, type) and issubclass(target, models.Model):
            yield field.name, target


def points_downstairs(room: str, target: str) -> bool:
    return room == target or floor_of(target) < floor_of(room)


def test_every_relation_points_downstairs() -> None:
    upward = [
        f"{model._meta.label}.{name} -> {target._meta.label}"
        for model in our_models()
        for name, target in relations(model)
        if target.__module__.startswith("yiwang.") and not points_downstairs(room_of(model), room_of(target))
    ]
    assert not upward, as_list(upward)


def test_the_trail_keeps_no_relations() -> None:
    entry = apps.get_model("audit", "Entry")
    assert not list(relations(entry))


@pytest.mark.parametrize(
    ("room", "target", "allowed"),
    [("people", "places", True), ("people", "people", True), ("places", "people", False), ("care", "council", False),
     ("plumbing.audit", "plumbing.files", False), ("channels.web", "cases", True)],
)  # fmt: skip
def test_the_floors_are_in_order(room: str, target: str, *, allowed: bool) -> None:
    assert points_downstairs(room, target) is allowed


def test_every_room_stands_on_a_floor_that_the_import_linter_knows() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    known = {room.strip(" ()") for layer in layers for room in re.split(r"[|:]", layer)}
    standing = {folder.name for folder in rooms() if folder.parent == PACKAGE}
    assert standing <= known
    assert standing <= set().union(*FLOORS)


def test_channels_write_nothing_themselves() -> None:
    found = [place for source in all_sources() if source.room.startswith("channels") for place in house.writes(source)]
    assert not found, as_list(found)


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        ("case.save()", True),
        ("Case.objects.filter(pk=1).update(state='x')", True),
        ("def page(case):\n    case.steps.create()", True),
        ("def page(seen):\n    seen.update(a=1)", True),
        ("def page():\n    seen = {}\n    seen.update(a=1)", False),
        ("def page():\n    seen: dict[str, int] = start()\n    seen.update(a=1)", False),
        ("def page(seen: set[str]):\n    seen.update('a')", False),
        ("def page():\n    seen = {}\n    seen = Case()\n    seen.update(a=1)", True),
        ("def page(cases):\n    seen = {}\n    for seen in cases:\n        seen.save()", True),
        ("def outer():\n    seen = {}\ndef page():\n    seen.delete()", True),
        ("actions.update_name(case)", False),
        ("# case.save()", False),
        ("text = 'case.save()'", False),
    ],
)
def test_a_write_is_told_from_what_only_looks_like_one(code: str, *, forbidden: bool) -> None:
    assert bool(list(house.writes(Source("yiwang/channels/web/page.py", code)))) is forbidden


def test_every_refusal_has_words_and_gives_the_figures_they_name() -> None:
    silent = []
    for source in all_sources():
        for place, code, figures in house.refusals(source):
            if not refusals.is_worded(code):
                silent.append(f"{place} {code} has no words")
            elif figures is not None and (lacking := named_figures(code) - figures):
                silent.append(f"{place} {code} lacks {', '.join(sorted(lacking))}")
    assert not silent, as_list(silent)


def named_figures(code: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", str(refusals._wordings[code])))


def test_a_refusal_is_read_with_its_figures() -> None:
    code = (
        "raise Refused('quorum', present=7)\nreport.reject(3, 'code', 'twice', **figures)\nraise Refused(verdict.code)"
    )
    found = list(house.refusals(Source("yiwang/x.py", code)))
    assert found == [("yiwang/x.py:1", "quorum", {"present"}), ("yiwang/x.py:2", "twice", None)]


def test_public_rules_actions_and_queries_say_what_they_do() -> None:
    silent = [place for source in all_sources() for place in house.without_docstring(source)]
    assert not silent, as_list(silent)


def test_a_silent_function_is_found() -> None:
    code = (
        "def hand_back(case): ...\nclass Life:\n    '''A life.'''\n    def decide(self): ...\n    def _draw(self): ..."
    )
    places = list(house.without_docstring(Source("yiwang/cases/actions/closing.py", code)))
    assert places == ["yiwang/cases/actions/closing.py:1 hand_back", "yiwang/cases/actions/closing.py:4 Life.decide"]
    assert not list(house.without_docstring(Source("yiwang/cases/models.py", code)))


def test_only_rules_decide_by_state() -> None:
    found = [place for source in all_sources() for place in house.decides_by_state(source)]
    assert not found, as_list(found)


@pytest.mark.parametrize("code", ["if case.state == 1: ...", "x = 1 in state", "match case.state:\n    case 1: ..."])
def test_a_decision_by_state_is_found_outside_the_rules(code: str) -> None:
    assert list(house.decides_by_state(Source("yiwang/cases/actions.py", code)))
    assert not list(house.decides_by_state(Source("yiwang/cases/rules.py", code)))


def test_only_one_file_reads_the_environment() -> None:
    readers = [place for source in all_sources() for place in house.reads_environment(source)]
    elsewhere = [place for place in readers if not place.startswith("yiwang/project/environment.py:")]
    assert readers
    assert not elsewhere, as_list(elsewhere)


@pytest.mark.parametrize(
    ("code", "reads"),
    [("import os\nos.environ['A']", True), ("from os import environ", True), ("os.getenv('A')", True),
     ("env = {**os.environ, 'TZ': 'UTC'}", False), ("environ = {}\nenviron['A']", False)],
)  # fmt: skip
def test_reading_the_environment_is_told_from_handing_it_on(code: str, *, reads: bool) -> None:
    assert bool(list(house.reads_environment(Source("yiwang/x.py", code)))) is reads


def test_every_room_says_what_it_is_for() -> None:
    silent = []
    for room in rooms():
        said = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
        if said is None or "." not in said:
            silent.append(str(room.relative_to(ROOT)))
    assert not silent, as_list(silent)


def test_no_drawer_takes_what_has_no_place() -> None:
    found = [path for path in git_files() if DRAWERS & set(path.removesuffix(".py").split("/"))]
    assert not found, as_list(found)


def test_nothing_is_left_for_later() -> None:
    texts = (path for path in git_files() if path.endswith((".py", ".html", ".css", ".js", ".toml", "Makefile")))
    found = [place for path in texts for place in house.unfinished(path, (ROOT / path).read_text(encoding="utf-8"))]
    assert not found, as_list(found)


def test_a_note_of_unfinished_work_is_found() -> None:
    note = "TODO: later"
    assert list(house.unfinished("yiwang/x.py", f"a = 1  # {note}")) == ["yiwang/x.py:1"]
    assert not list(house.unfinished("yiwang/x.py", f"a = '{note}'"))
    assert list(house.unfinished("yiwang/x.html", f"<!-- {note} -->")) == ["yiwang/x.html:1"]


def test_no_file_is_somebody_elses() -> None:
    elsewhere = {"vendor", "node_modules", "third_party", "site-packages"}
    found = [path for path in git_files() if elsewhere & set(path.split("/")) or ".min." in path]
    for path in git_files():
        if path.endswith((".py", ".js", ".css", ".html", ".svg")):
            text = (ROOT / path).read_text(encoding="utf-8")
            found += [path] if ANOTHERS.search(text) or max(map(len, text.splitlines()), default=0) > 2000 else []
    assert not found, as_list(found)


def test_lock_files_hold_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    found = [name for name, entry in packages.items() if "resolved" in entry]
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        found += [
            line for line in lines if "://" in line or re.match(r"\s*(-i|-f|--\S*index\S*|--find-links)\b", line)
        ]
    assert not found, as_list(found)


def git_files() -> tuple[str, ...]:
    return committed() or pytest.skip("not a git checkout: cannot tell our files from what was put beside them")


@pytest.mark.django_db
def test_migrations_say_everything_the_models_say() -> None:
    ours = {model._meta.app_label for model in our_models()}
    call_command("makemigrations", *sorted(ours), check=True, dry_run=True, verbosity=1)


def test_migrations_are_named_by_purpose() -> None:
    nameless = [
        path for path in git_files() if re.search(r"/migrations/\d+_(auto|alter_\w+_and_more|.*_and_more)", path)
    ]
    assert not nameless, as_list(nameless)


@pytest.mark.django_db
def test_what_belongs_to_a_ground_or_a_person_stands_behind_the_wall() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relrowsecurity")
        walled = {name for (name,) in cursor.fetchall()}
    person = apps.get_model(settings.AUTH_USER_MODEL)
    bound = {
        model._meta.db_table
        for model in our_models()
        if GROUND_COLUMNS & {field.column for field in model._meta.local_concrete_fields}
        or person in {target for _, target in relations(model)}
    }
    assert bound - walled == set(WITHOUT_A_WALL)
