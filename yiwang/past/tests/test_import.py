"""The history of another system comes in whole, once, and with reasons for what cannot."""

import csv
import gzip
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.town import Town
from yiwang.cases.models import Case, Step, Words
from yiwang.cases.rules import State, closed_in_time, county_of
from yiwang.cases.tests.make import MONDAY, make_lamp
from yiwang.past import actions
from yiwang.past.actions import BroughtIn
from yiwang.past.models import Intake
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.refusals import Refused
from yiwang.proof.queries import Which, chain_flaws

LANE = "990101001001001"
LAMP = {"number": "A1", "text": "井巷口的路灯不亮了", "opened": "2026-01-05 09:00:00", "place": LANE}
REQUESTS = Path(__file__).parents[4] / "shared" / "data" / "requests_311.csv.gz"
DONE = {"due": "2026-01-12 09:00:00", "closed": "2026-01-06 17:30:00"}


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def write(path: Path, rows: Sequence[dict[str, str]], encoding: str = "utf-8") -> Path:
    headings = list(dict.fromkeys(name for row in rows for name in row))
    with (gzip.open if path.suffix == ".gz" else open)(path, "wt", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def brought(path: Path, **more: Any) -> BroughtIn:
    told: dict[str, Any] = {"by": "test", "now": MONDAY, "source": "old"} | more
    return actions.import_history(path, **told)


def one(tmp_path: Path, **row: str) -> Case:
    """The case that comes of one row."""
    done = brought(write(tmp_path / "one.csv", [LAMP | row]))
    assert (done.added, [str(refusal.refusal) for refusal in done.refusals]) == (1, [])
    return Case.objects.get(source="old")


def refusal(tmp_path: Path, **row: str) -> tuple[str, str]:
    """Because of which column, and why, one row is refused while the one beside it goes in."""
    done = brought(write(tmp_path / "one.csv", [LAMP | {"number": "B"} | DONE, LAMP | row]))
    assert (done.added, done.refused) == (1, 1)
    return done.refusals[0].column, done.refusals[0].refusal.code


def moves(case: Case) -> list[tuple[str, str]]:
    return list(Step.objects.filter(number=case.number).order_by("seq").values_list("move", "state"))


def numbered(count: int) -> list[dict[str, str]]:
    return [LAMP | DONE | {"number": f"A{number}"} for number in range(count)]


def test_a_closed_case_comes_in_with_its_times_and_the_steps_they_tell_of(tmp_path: Path, town: Town) -> None:
    case = one(tmp_path, **DONE, item="LAMP", department="云岭县自来水公司", channel="热线")
    assert (case.state, case.county, case.place, case.desk) == (State.CLOSED, "990101", LANE, "990101001")
    assert (case.opened_at, case.due_at) == (datetime(2026, 1, 5, 1, tzinfo=UTC), datetime(2026, 1, 12, 1, tzinfo=UTC))
    assert case.closed_at == case.finished_at == datetime(2026, 1, 6, 9, 30, tzinfo=UTC)
    assert (case.source, case.source_key, case.channel, case.told) == ("old", "A1", "热线", "system")
    assert (case.item.code if case.item else "", case.lead_id, case.next_due_at) == ("LAMP", town.water_post.pk, None)
    assert moves(case) == [
        ("report", "reported"), ("dispatch", "dispatched"), ("finish", "finished"), ("close", "closed"),
    ]  # fmt: skip
    assert county_of(case.number) == "990101"
    assert "'路灯'" in str(Words.objects.get(case=case.number).words)
    assert list(chain_flaws(Which())) == []


def test_chinese_headings_gb18030_and_gzip_are_read(tmp_path: Path) -> None:
    rows = [
        {"编号": "甲1", "内容": "井盖松了", "受理时间": "2026年1月5日 9:00", "地点": "云岭县/双井街道", "状态": "在办"}
    ]
    plain = write(tmp_path / "gb.csv", rows, "gb18030")
    assert brought(plain).added == 1
    packed = tmp_path / "again.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    done = brought(packed)
    assert (done.added, done.known) == (0, 1)
    case = Case.objects.get()
    assert (case.state, case.place, case.opened_at) == ("reported", "990101001", datetime(2026, 1, 5, 1, tzinfo=UTC))


def test_an_open_case_waits_to_be_dispatched_where_it_lies(tmp_path: Path, town: Town) -> None:
    case = one(tmp_path, state="办理中", item="LAMP")
    assert (case.state, case.desk, case.keeper_id) == (State.ACCEPTED, "990101001", town.meis_post.pk)
    assert case.next_due_at is not None
    assert moves(case) == [("report", "reported"), ("accept", "accepted")]


def test_steps_as_the_other_system_tells_them_are_kept(tmp_path: Path) -> None:
    told = (
        '[{"at": "2026-01-05 09:00", "move": "report"}, {"at": "2026-01-05 10:00", "move": "decline",'
        ' "reason": "私事\\t\\\\x"}]'
    )
    case = one(tmp_path, state="不予受理", closed="2026-01-05 10:00", steps=told)
    assert moves(case) == [("report", "reported"), ("decline", "declined")]
    assert Step.objects.get(number=case.number, seq=2).reason == "私事\t\\x"
    assert list(chain_flaws(Which())) == []


def test_steps_that_stop_before_the_end_are_led_to_it(tmp_path: Path) -> None:
    case = one(tmp_path, closed="2026-01-06 10:00", steps='[{"at": "2026-01-05T10:00+08:00", "move": "accept"}]')
    assert [move for move, _state in moves(case)] == ["report", "accept", "close"]


@pytest.mark.parametrize(
    "text",
    ["a\tb\\c\\N\nd", "emoji 🚰 and 'quotes' \"twice\"", "\\.", "𠮷野家", "=1+1", "'; DROP TABLE cases_case; --"],
)
def test_a_text_comes_in_as_it_is(tmp_path: Path, text: str) -> None:
    assert one(tmp_path, text=text, number="k\\t'1", department=text).text == text
    assert list(chain_flaws(Which())) == []


def test_times_are_in_the_zone_that_was_said_to_the_second(tmp_path: Path) -> None:
    path = write(tmp_path / "us.csv", [LAMP | DONE | {"due": "2026-01-06 17:30:00"}])
    brought(path, zone="America/New_York")
    case = Case.objects.get()
    assert case.opened_at == datetime(2026, 1, 5, 14, tzinfo=UTC)
    assert case.due_at
    assert case.closed_at
    assert closed_in_time(case.due_at, case.closed_at)
    assert not closed_in_time(case.opened_at, case.closed_at)


@pytest.mark.skipif(not REQUESTS.exists(), reason=f"{REQUESTS} is not here")
def test_in_time_is_what_a_real_citys_own_label_says(tmp_path: Path) -> None:
    with gzip.open(REQUESTS, "rt", encoding="utf-8", newline="") as file:
        real = list(islice(csv.DictReader(file), 3000))
    rows = [
        {"number": row["case_enquiry_id"], "text": row["case_title"], "opened": row["open_dt"],
         "due": row["target_dt"], "closed": row["closed_dt"], "place": LANE, "channel": row["source"],
         "department": row["department"]}
        for row in real
    ]  # fmt: skip
    assert brought(write(tmp_path / "311.csv", rows), zone="America/New_York", batch=1000).added == 3000
    label = {row["case_enquiry_id"]: row["ontime"] == "ONTIME" for row in real}
    found = [
        closed_in_time(due, closed) is label[key]
        for key, due, closed in Case.objects.values_list("source_key", "due_at", "closed_at")
        if due and closed
    ]
    assert len(found) > 2000
    assert sum(found) / len(found) >= 0.995
    assert list(chain_flaws(Which())) == []


def test_a_promise_for_a_day_lasts_until_its_end(tmp_path: Path) -> None:
    case = one(tmp_path, due="2026-01-06", closed="2026-01-06 23:00")
    assert case.due_at
    assert case.closed_at
    assert closed_in_time(case.due_at, case.closed_at)


def test_a_position_tells_the_place_only_inside_known_ground(tmp_path: Path) -> None:
    assert refusal(tmp_path, place="", lon="-71.07", lat="42.27") == ("place", "place_unknown")


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ({"number": ""}, "number", "past_key_unfit"),
        ({"number": "x" * 81}, "number", "past_key_unfit"),
        ({"text": "  "}, "text", "nothing_told"),
        ({"text": "x" * 5001}, "text", "report_too_long"),
        ({"text": "灯\0坏了"}, "", "past_not_text"),
        ({"opened": ""}, "opened", "past_time_unreadable"),
        ({"opened": "yesterday"}, "opened", "past_time_unreadable"),
        ({"opened": "2026-02-30"}, "opened", "past_time_unreadable"),
        ({"opened": "1900-01-01"}, "opened", "past_time_unfit"),
        ({"opened": "2999-01-01"}, "opened", "past_time_unfit"),
        ({"due": "2999-01-01"}, "due", "past_time_unfit"),
        ({"closed": "2026-01-04"}, "closed", "past_time_unfit"),
        ({"closed": "2999-01-01"}, "closed", "past_time_unfit"),
        ({"opened": "0001-01-01T00:00:00+14:00"}, "opened", "past_time_unfit"),
        ({"opened": "9999-12-31T23:59:59-14:00"}, "opened", "past_time_unfit"),
        ({"lon": "191", "lat": "42"}, "lon", "position_impossible"),
        ({"lon": "nan", "lat": "42"}, "lon", "position_impossible"),
        ({"lon": "106"}, "lon", "position_impossible"),
        ({"place": "990101009"}, "place", "past_place_unknown"),
        ({"place": "别处/双井街道"}, "place", "past_place_unknown"),
        ({"item": "NOTHING"}, "item", "past_item_unknown"),
        ({"state": "flying"}, "state", "past_state_unknown"),
        ({"state": "merged"}, "state", "past_state_unfit"),
        ({"state": "closed"}, "state", "past_ended_without_time"),
        ({"state": "open", "closed": "2026-01-06"}, "state", "past_open_with_closing_time"),
        ({"steps": "[{"}, "steps", "past_steps_unreadable"),
        ({"steps": "{}"}, "steps", "past_steps_unreadable"),
        ({"steps": '[{"at": "2026-01-05", "move": "report", "reason": "\\u0000"}]'}, "steps", "past_steps_unreadable"),
        ({"steps": '[{"at": "2026-01-05", "move": "report", "reason": "\\ud800"}]'}, "steps", "past_steps_unreadable"),
        ({"steps": '[{"at": "2026-01-05", "move": "fly"}]'}, "steps", "past_move_unknown"),
        ({"steps": '[{"at": "1900-01-05", "move": "report"}]'}, "steps", "past_time_unfit"),
        ({"steps": '[{"at": "2026-01-05", "move": "finish"}]'}, "steps", "past_steps_end_elsewhere"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_is_told_with_its_column_and_the_others_go_in(
    tmp_path: Path, row: dict[str, str], column: str, code: str
) -> None:
    assert refusal(tmp_path, **row) == (column, code)


def test_refused_rows_are_written_down_and_mended_there(tmp_path: Path) -> None:
    path = write(tmp_path / "old.csv", [LAMP, LAMP | {"number": "A2", "place": "nowhere"}])
    done = brought(path, source="")
    assert (done.source, done.refused_in) == ("old", tmp_path / "old.refused.csv")
    assert done.refused_in
    listed = done.refused_in.read_text(encoding="utf-8-sig")
    assert list(csv.reader(listed.splitlines()))[1][:2] == ["3", "place"]
    done.refused_in.write_text(
        listed.replace("nowhere,", f"{LANE},").replace(",nowhere", f",{LANE}"), encoding="utf-8-sig"
    )
    mended = brought(done.refused_in, source="")
    assert (mended.source, mended.added, mended.refused) == ("old", 1, 0)


def test_the_same_file_twice_brings_nothing_twice(tmp_path: Path) -> None:
    path = write(tmp_path / "old.csv", numbered(7))
    assert (brought(path, batch=3).added, brought(path, batch=3).before) == (7, 7)
    again = brought(write(tmp_path / "other.csv", [*numbered(8), *numbered(2)]))
    assert (again.added, again.known, Case.objects.count()) == (1, 9, 8)
    assert brought(path, source="another").added == 7


def test_an_import_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    rows = [*numbered(4), LAMP | {"number": "bad", "place": "nowhere"}, *numbered(9)[4:]]
    path = write(tmp_path / "old.csv", rows)

    def dies(done: int, _of: int | None) -> None:
        if done >= 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        brought(path, batch=3, progress=dies)
    assert (Case.objects.count(), Intake.objects.get().rows) == (5, 6)
    done = brought(path, batch=3)
    assert (done.before, done.added, done.known, Case.objects.count()) == (6, 4, 0, 9)
    assert done.refused == 1
    refused = (tmp_path / "old.refused.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (len(refused), refused[1][:2]) == (2, "6,")
    assert Intake.objects.get().brought == 9
    assert list(chain_flaws(Which())) == []


def test_what_a_killed_run_refused_but_had_not_committed_is_refused_once(tmp_path: Path) -> None:
    path = write(tmp_path / "old.csv", [*numbered(1), LAMP | {"number": "bad", "place": "nowhere"}])
    brought(path)
    Intake.objects.update(rows=1)
    brought(path)
    assert len((tmp_path / "old.refused.csv").read_text(encoding="utf-8-sig").splitlines()) == 2


@pytest.mark.parametrize("content", [b"a,b,c\n1,2,3\n", b"", b"number,text\nA,b\n", b"number,text,opened,opened\n"])
def test_a_list_without_the_headings_is_refused_whole(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(Refused) as why:
        brought(path)
    assert why.value.code in {"sheet_lacks_columns", "sheet_heading_twice"}
    assert not Intake.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"), [("x.csv.gz", b"no gzip"), ("y.csv.gz", gzip.compress(b"number" * 99, mtime=0)[:-9])]
)
def test_a_broken_archive_is_refused_whole(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused, match=name):
        brought(path)


def test_a_quotation_mark_left_open_is_told_with_the_line_before_it(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f'number,text,opened,place\nA,b,2026-01-05,{LANE}\nB,"' + "x" * 200_000, encoding="utf-8")
    with pytest.raises(Refused) as why:
        brought(path)
    assert (why.value.code, why.value.figures["line"]) == ("sheet_unreadable_behind", 2)


def test_a_row_with_too_many_cells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"number,text,opened,place\nA,b,2026-01-05,{LANE}\nB,c,2026-01-05,{LANE},d\n", encoding="utf-8")
    done = brought(path)
    assert (done.added, [one.refusal.code for one in done.refusals]) == (1, ["past_row_too_wide"])


def test_sources_and_zones_that_cannot_be_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", [LAMP])
    for more, code in (({"source": "x" * 41}, "past_source_too_long"), ({"zone": "Mars/North"}, "past_zone_unknown")):
        with pytest.raises(Refused) as why:
            brought(path, **more)
        assert why.value.code == code


def test_the_trail_tells_of_the_import_and_the_role_is_the_applications_again(tmp_path: Path) -> None:
    brought(write(tmp_path / "x.csv", numbered(2)))
    assert Entry.objects.get(act="import_cases").details["added"] == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("yiwang_app",)
