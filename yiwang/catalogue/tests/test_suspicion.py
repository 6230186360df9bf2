"""What no pattern knows: suspected where it may alarm, sure only where patterns and what was learned agree."""

import hashlib

import numpy as np
import pytest

from yiwang.catalogue.rules import Alarm, alarm_in, heard_in
from yiwang.catalogue.rules.suspicion import EXAMPLES, KEPT, learned

_ROUNDABOUT = {
    "屋里一进去人就发软恶心，出来透透气又好些": Alarm.GAS,
    "几个学生下河摸鱼，有个没上岸": Alarm.DROWNING,
    "桌上留了信说以后不用等他，电话也关了": Alarm.SELF_HARM,
}


@pytest.mark.parametrize(("told", "alarm"), _ROUNDABOUT.items())
def test_a_danger_told_in_a_roundabout_way_is_suspected(told: str, alarm: Alarm) -> None:
    heard = heard_in(told)
    assert heard is not None
    assert (heard.alarm, heard.sure) == (alarm, alarm_in(told) is not None)


def test_an_accusation_that_only_sounds_like_one_is_not_sure() -> None:
    heard = heard_in("修水渠的钱拨了好几回，渠没见着，当官的倒换了新车")
    assert heard is not None
    assert (heard.alarm, heard.sure) == (Alarm.ACCUSED, False)


@pytest.mark.parametrize(
    ("told", "alarm"),
    [("三楼着火了，冒着浓烟", Alarm.FIRE), ("村主任把低保名额给了自己亲戚，收了钱", Alarm.ACCUSED)],
)
def test_what_patterns_and_learning_both_say_is_sure(told: str, alarm: Alarm) -> None:
    heard = heard_in(told)
    assert heard is not None
    assert (heard.alarm, heard.sure) == (alarm, True)


@pytest.mark.parametrize(
    "told",
    [
        "河边漂着死猪，没人捞", "高血压没人随访", "暖气管漏水", "打架的事对方赔多少", "村里账目一直不公开",
        "村里有流动赌场", "菜市场有人收保护费", "村霸占了大家的路",
    ],
)  # fmt: skip
def test_everyday_matters_near_an_alarm_are_never_sure(told: str) -> None:
    heard = heard_in(told)
    assert heard is None or not heard.sure


def test_a_danger_remembered_in_a_letter_is_only_suspected() -> None:
    told = "我们小区交房两年，一直用临时电。" * 9 + "去年十五栋发生起火。"
    assert alarm_in(told) is Alarm.FIRE
    heard = heard_in(told)
    assert heard is None or not heard.sure


@pytest.mark.parametrize("told", ["", "?" * 60, "\ud800", "a", "书"])
def test_no_text_is_too_strange(told: str) -> None:
    assert heard_in(told) is None


def test_what_was_learned_is_small_and_of_the_examples_as_they_stand() -> None:
    known = learned()
    assert known.judged.nbytes + known.dangers.nbytes <= 2_000_000
    with np.load(KEPT, allow_pickle=False) as kept:
        # Else: python -m yiwang.triage.suspecting
        assert str(kept["learned_from"]) == hashlib.sha256(EXAMPLES.read_bytes()).hexdigest()
