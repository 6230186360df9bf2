import json
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from tests.town import Town
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp, reported
from yiwang.past.actions import BroughtIn
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.report import Rejection
from yiwang.plumbing.stops import CannotGoOn
from yiwang.project.cli import history, verify
from yiwang.proof.actions import make_digests
from yiwang.proof.tests.test_history import midnight, tampered


@pytest.fixture
def number(town: Town) -> int:
    make_lamp()
    number = reported(town)
    make_digests(now=midnight() + timedelta(hours=1))
    return number


def test_a_flaw_is_told_with_case_step_and_what(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    with translation.override("en"):
        assert verify._verify(None, "", "") == 0
        tampered("UPDATE cases_step SET reason = 'x' WHERE number = %s", number)
        assert verify._verify(None, "", written(number)) == 1
    said = capsys.readouterr().out
    assert written(number) in said
    assert "This step was changed after it was written." in said


def test_a_days_digest_is_printed_with_all_that_is_needed_to_check_it(
    number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    day = timezone.localdate()
    assert verify._publish(day, as_json=False) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" ")[0] for line in lines[:7]] == [
        "yiwang", "day", "steps", "digest", "before", "signature", "key",
    ]  # fmt: skip
    verify._publish(day, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["signed"].splitlines() == lines[:5]
    assert (told["day"], told["steps"]) == (day.isoformat(), 1)


def test_a_tampered_day_is_printed_and_said_to_be_flawed(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    tampered("DELETE FROM cases_step WHERE number = %s", number)
    assert verify._publish(timezone.localdate(), as_json=True) == 1
    assert "differs" in capsys.readouterr().err


@pytest.mark.parametrize(("county", "case"), [("99010", ""), ("九九", ""), ("", "12"), ("", "lamp")])
def test_what_is_no_county_or_number_cannot_be_asked_for(county: str, case: str) -> None:
    with pytest.raises(CannotGoOn):
        verify._which(None, county, case)


def test_a_day_without_a_digest_cannot_be_published(number: int) -> None:
    with pytest.raises(CannotGoOn, match="There is no digest"):
        verify._publish(midnight(5).date(), as_json=False)


def test_what_was_rejected_of_a_history_is_shown_and_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    rejection = Rejection(7, "place", Refused("past_place_unknown", place="nowhere"))
    assert history.show(BroughtIn("old", added=3, refused=1, refusals=[rejection])) is False
    said = capsys.readouterr()
    assert "nowhere" in said.err
    assert "7" in said.err
    assert "3" in said.out
    assert history.show(BroughtIn("old", added=3)) is True
