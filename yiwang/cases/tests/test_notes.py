import uuid
from typing import Any

import pytest
from django.db import connection

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.models import Note
from yiwang.cases.rules import Told
from yiwang.cases.tests.make import (
    MONDAY,
    as_,
    at,
    case,
    closed,
    in_hand,
    make_file,
    make_lamp,
    refused,
    reported,
)
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.refusals import NotYours, Overtaken, Unseen

LAN: dict[str, Any] = {"name": "蓝晓雨", "phone": "13857924681"}


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def test_what_is_said_beside_the_moves_leaves_the_case_alone(town: Town) -> None:
    number = in_hand(town)
    before = case(number).steps
    actions.comment(number, text="师傅明天上门", by=as_(town.wen), now=MONDAY)
    actions.internal(number, text="缺一个灯泡", by=as_(town.wen), now=MONDAY)
    actions.urge(number, by=as_(town.mei), now=MONDAY)
    assert case(number).steps == before
    written = Note.objects.filter(case=number).order_by("pk")
    assert [(note.kind, note.reporter_reads) for note in written] == [
        ("comment", True), ("internal", False), ("urge", False),
    ]  # fmt: skip
    assert [note.post_id for note in written] == [town.water_post.pk, town.water_post.pk, town.meis_post.pk]


def test_a_stranger_says_nothing_about_the_case(town: Town) -> None:
    number = reported(town, **LAN)
    with refused("no_such_case", Unseen):
        actions.comment(number, text="x", by=as_(town.ding), now=MONDAY)
    with refused("no_such_case", Unseen):
        actions.urge(number, by=as_(town.ding), now=MONDAY)
    with refused("no_such_case", Unseen):
        actions.reveal(number, purpose="curious", by=as_(town.ding), now=MONDAY)
    with refused("no_such_case", Unseen):
        actions.comment(number, text="x", by=as_(town.wen), now=MONDAY)
    assert not Note.objects.exists()


def test_a_note_says_something_and_not_too_much(town: Town) -> None:
    number = reported(town)
    with refused("note_says_nothing"):
        actions.comment(number, text=" ", by=as_(town.mei), now=MONDAY)
    with refused("report_too_long"):
        actions.internal(number, text="灯" * 5001, by=as_(town.mei), now=MONDAY)


def test_the_reporter_adds_words_and_kept_files_and_nobody_else_does(town: Town) -> None:
    number, photo = reported(town), make_file()
    actions.add(number, text="", files=[photo.pk], by=reporter(), now=MONDAY)
    assert Note.objects.get(case=number).files == [photo.pk]
    with refused("note_says_nothing"):
        actions.add(number, text="", by=reporter(), now=MONDAY)
    with refused("photo_unknown"):
        actions.add(number, text="看图", files=[uuid.uuid4()], by=reporter(), now=MONDAY)
    with refused("move_not_yours", NotYours):
        actions.add(number, text="x", by=as_(town.mei), now=MONDAY)
    for act in (actions.comment, actions.internal):
        with refused("move_not_yours", NotYours):
            act(number, text="x", by=reporter(), now=MONDAY)


def test_the_reporter_urges_once_a_day(town: Town) -> None:
    number = in_hand(town)
    actions.urge(number, by=reporter(), now=MONDAY)
    with refused("urged_today"):
        actions.urge(number, by=reporter(), now=at(hours=14))
    # 9:30 and fifteen hours is half past midnight.
    actions.urge(number, by=reporter(), now=at(hours=15))
    for _time in range(2):
        actions.urge(number, by=as_(town.mei), now=MONDAY)


def test_what_has_ended_is_not_urged(town: Town) -> None:
    with refused("move_too_late", Overtaken):
        actions.urge(closed(town), by=reporter(), now=MONDAY)


def test_only_a_supervisor_instructs(town: Town) -> None:
    number = in_hand(town)
    actions.instruct(number, text="三日内办结", by=as_(town.gu), now=MONDAY)
    assert Note.objects.get(case=number).kind == "instruction"
    with refused("move_not_yours", NotYours):
        actions.instruct(number, text="快", by=as_(town.mei), now=MONDAY)


def test_a_reporters_details_are_uncovered_for_a_purpose_that_is_written_down(town: Town) -> None:
    number = reported(town, **LAN)
    assert actions.reveal(number, purpose="回访", by=as_(town.mei), now=MONDAY) == ("蓝晓雨", "13857924681")
    note = Note.objects.get(case=number)
    assert (note.kind, note.text, note.reporter_reads) == ("reveal", "回访", True)
    entry = Entry.objects.get(act="reveal_reporter")
    assert (entry.subject, entry.actor, entry.purpose) == (f"case:{number}", f"person:{town.mei.pk}", "回访")
    assert "13857924681" not in str(entry.details)


def test_uncovering_needs_the_duty_a_purpose_and_something_kept(town: Town) -> None:
    number = reported(town, **LAN)
    with refused("move_not_yours", NotYours):
        actions.reveal(number, purpose="回访", by=as_(town.bo), now=MONDAY)
    with refused("purpose_missing"):
        actions.reveal(number, purpose=" ", by=as_(town.mei), now=MONDAY)
    with refused("nothing_to_reveal"):
        actions.reveal(reported(town), purpose="回访", by=as_(town.mei), now=MONDAY)
    assert not Note.objects.exists()
    assert not Entry.objects.filter(act="reveal_reporter").exists()


def stored() -> str:
    """Everything that the loop's and the trail's tables keep, but the sealed contact."""
    tables = ("case", "words", "step", "assignment", "summons", "petition", "note", "receipt")
    kept = []
    with connection.cursor() as cursor:
        for table in (*(f"cases_{table}" for table in tables), "audit_entry"):
            cursor.execute(f"SELECT to_jsonb(t) - 'contact' FROM {table} AS t")  # noqa: S608 - named above
            kept += [str(row) for (row,) in cursor.fetchall()]
    return "\n".join(kept)


def test_a_reporters_name_and_phone_stand_whole_nowhere_but_in_the_seal(town: Town) -> None:
    number = closed(town, **LAN, told=Told.RESIDENT)
    actions.reveal(number, purpose="回访", by=as_(town.mei), now=MONDAY)
    kept = stored()
    assert "蓝**" in kept
    for secret in ("蓝晓雨", "晓雨", "13857924681", "57924681"):
        assert secret not in kept
    sealed = case(number).contact
    assert sealed is not None
    assert "蓝晓雨".encode() not in bytes(sealed)


def test_anonymous_keeps_nobody(town: Town) -> None:
    told = actions.Report("有人占道", told=Told.ANONYMOUS, place=town.lane_grid.code, **LAN)
    number = actions.report(told, by=as_(town.lan), now=MONDAY).number
    found = case(number)
    assert (found.contact, found.phone_mark, found.teller, found.contact_name, found.contact_phone) == (
        None, None, "", "", "",
    )  # fmt: skip
    kept = stored()
    assert f"person:{town.lan.pk}" not in kept
    for secret in ("蓝", "138579", "4681"):
        assert secret not in kept.replace(str(number), "").replace(found.place, "")
    with refused("nothing_to_reveal"):
        actions.reveal(number, purpose="谁说的", by=as_(town.mei), now=MONDAY)
