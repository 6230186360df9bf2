"""Good and bad replies, as they are written."""

import pytest

from yiwang.replies.rules import Flaw, flaws_of

LAMP = "井巷口三号路灯不亮了，晚上老人出门看不见"


def flaws(reply: str, asked: str = LAMP, *recent: str) -> list[Flaw]:
    return [one.flaw for one in flaws_of(reply, asked=asked, recent=recent, elsewhere=True)]


GOOD = [
    (LAMP, "您好，11月26日我们更换了三号路灯的灯泡，当晚试亮正常。感谢您的反映。"),
    (LAMP, "路灯线路被挖断，供电所已于昨天接好，现在亮了"),
    ("楼上天天漏水，天花板都发霉了", "经社区调解，楼上住户昨天换了水管，并赔偿您家粉刷费用，双方签了协议"),
    ("医保卡丢了怎么补办", "带身份证到镇便民中心二楼三号窗口，当场就可以补办医保卡"),
    ("工地半夜打桩，吵得睡不着", "执法队当晚到现场责令停工，并按噪声条例罚款；工地书面保证夜间不再打桩"),
    ("村里垃圾没人清运", "环卫站昨天下午清运完毕，今后每天早上六点清一次"),
    ("路上有个大坑", "已用沥青补平路面"),
    ("我的低保为什么停了", "经核实，您家今年人均收入超过标准，不符合低保条件；可以申请临时救助，材料见附件"),
    ("路面坑洼", "因下雨不能铺沥青，先用碎石垫平，12月5日前完成路面修补"),
    (LAMP, "该路灯已转供电所，供电所今早已更换灯泡，路灯已亮"),
]
BAD = [
    ("已转相关部门处理", Flaw.PASSED_ON),
    ("您好，您反映的问题已转交有关单位，请耐心等待。", Flaw.PASSED_ON),
    ("正在处理", Flaw.PASSED_ON),
    ("正在协调供电所，会尽快解决，感谢您的理解与支持", Flaw.PASSED_ON),
    ("已收悉，我们将高度重视", Flaw.PASSED_ON),
    ("已联系社区", Flaw.PASSED_ON),
    ("已处理完毕", Flaw.VAGUE),
    ("问题已解决，并向反映人说明了情况。", Flaw.VAGUE),
    ("已办结", Flaw.VAGUE),
    ("路灯的事情我们不清楚", Flaw.NOTHING_DONE),
    ("路灯坏掉的原因是线路老化", Flaw.NOTHING_DONE),
    ("到现场看了路灯，下一步将更换线路", Flaw.NO_DATE),
    ("路灯已列入改造计划，待资金到位后更换", Flaw.NO_DATE),
    ("摊贩占道经营，城管执法队员劝离摊贩，恢复道路畅通", Flaw.BESIDE),
    ("已更换路灯灯泡，有事打13812345678", Flaw.PERSONAL),
    ("已更换路灯灯泡，并告知住户王小明（3栋2单元501室）", Flaw.PERSONAL),
]


@pytest.mark.parametrize(("asked", "reply"), GOOD)
def test_a_good_reply_is_let_alone(asked: str, reply: str) -> None:
    assert flaws(reply, asked) == []


@pytest.mark.parametrize(("reply", "flaw"), BAD)
def test_a_bad_reply_is_warned_of(reply: str, flaw: Flaw) -> None:
    assert flaw in flaws(reply)


def test_a_long_reply_sent_to_another_reporter_already_is_a_copy_and_a_short_one_is_not() -> None:
    long = "经查，该路段路灯线路老化，已更换电缆二十米和灯泡三只，昨晚试亮正常。"
    assert flaws(long, LAMP, "别的", long) == [Flaw.COPY]
    assert flaws(long, LAMP, "已清运垃圾") == []
    assert flaws("已更换灯泡，路灯亮了", LAMP, "已更换灯泡，路灯亮了") == []


def test_a_name_alone_or_a_door_alone_may_be_needed() -> None:
    assert flaws("维修工王师傅已更换3栋门前路灯") == [Flaw.PERSONAL]
    assert flaws("维修工王师傅已更换门前路灯") == []
    assert flaws("3栋门前路灯已更换灯泡") == []


@pytest.mark.parametrize("reply", ["", "   ", "。。。", "\ud800", "已" * 10_000, "ok"])
def test_no_reply_is_too_strange(reply: str) -> None:
    flaws(reply)


def test_what_shares_no_word_is_beside_only_where_it_speaks_of_another_kind_of_matter() -> None:
    reply = "摊贩占道经营，城管执法队员劝离摊贩，恢复道路畅通"
    assert flaws_of(reply, asked=LAMP) == []
