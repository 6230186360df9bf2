"""Dangers and accusations, as people tell of them, and what only sounds like one: `alarms.txt`."""

from pathlib import Path

import pytest

from yiwang.catalogue.rules import Alarm, alarm_in

SENTENCES = Path(__file__).with_name("alarms.txt").read_text(encoding="utf-8").splitlines()


def told(kind: str) -> list[str]:
    return [line.split(" ", 1)[1] for line in SENTENCES if line.startswith(f"{kind} ")]


@pytest.mark.parametrize("told", told("danger"))
def test_no_danger_is_overlooked(told: str) -> None:
    # Which of two dangers in one sentence is named first does not matter.
    assert alarm_in(told) not in {None, Alarm.ACCUSED}


@pytest.mark.parametrize("told", told("accused"))
def test_no_accusation_is_overlooked(told: str) -> None:
    assert alarm_in(told) is Alarm.ACCUSED


@pytest.mark.parametrize("told", told("calm"))
def test_what_is_asked_feared_or_ordinary_alarms_nobody(told: str) -> None:
    assert alarm_in(told) is None


def test_a_life_comes_before_an_accusation() -> None:
    assert alarm_in("村长贪污，房子又着火了") is Alarm.FIRE


def test_what_a_long_letter_remembers_at_its_end_is_no_danger_now() -> None:
    letter = "我们村的路一直没有修好，请领导关心。" * 30
    assert alarm_in(letter + "前年还有人落水。") is None
    assert alarm_in(letter + "村长贪污。") is Alarm.ACCUSED


@pytest.mark.parametrize("told", ["", "\ud800", "?" * 100_000, "书记" * 20_000, "路" * 100_000])
def test_no_text_is_too_strange(told: str) -> None:
    assert alarm_in(told) is None
