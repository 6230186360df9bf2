"""What tells of a person is found, and only that is taken out."""

import pytest

from yiwang.plumbing.personal import Kind, personal_in, without_personal


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("请打13812345678联系", Kind.PHONE, "13812345678"),
        ("电话138 1234 5678", Kind.PHONE, "138 1234 5678"),
        ("座机0851-28223344", Kind.PHONE, "0851-28223344"),
        ("身份证520302198001011234", Kind.IDENTITY, "520302198001011234"),
        ("身份证52030219800101123X。", Kind.IDENTITY, "52030219800101123X"),
        ("卡号6222 0202 0001 1122 334", Kind.CARD, "6222 0202 0001 1122 334"),
        ("微信号：lan_2020", Kind.ACCOUNT, "微信号：lan_2020"),
        ("写信到lan@example.org", Kind.ACCOUNT, "lan@example.org"),
        ("车牌贵CD1234E乱停", Kind.PLATE, "贵CD1234E"),
        ("京A·12345占道", Kind.PLATE, "京A·12345"),
        ("家住3栋2单元501室", Kind.DOOR, "3栋2单元501室"),
        ("井巷路18号门口", Kind.DOOR, "18号"),
        ("12-3-401漏水", Kind.DOOR, "12-3-401"),
        ("我叫王小明，家里漏水", Kind.NAME, "王小明"),
        ("居民李秀英反映", Kind.NAME, "李秀英"),
        ("已和张先生说好", Kind.NAME, "张"),
        ("联系人：刘某某", Kind.NAME, "刘某某"),
    ],
)
def test_it_is_found(text: str, kind: Kind, piece: str) -> None:
    assert [(one.kind, one.piece) for one in personal_in(text)] == [(kind, piece)]
    assert piece not in without_personal(text) or kind is Kind.NAME
    assert text.replace(piece, "") != text


@pytest.mark.parametrize(
    "text",
    [
        "路灯不亮了，已更换灯具，夜间试亮正常", "2026年11月28日15时已修复", "按照[2015]53号文件", "居民反映水压不足",
        "维修师傅到现场", "业主要求退费2000元", "村民们都很高兴", "共清运垃圾12车38吨", "坐3号线到站", "",
        "邻居家的狗", "老人在家",
    ],
)  # fmt: skip
def test_what_tells_of_nobody_stays(text: str) -> None:
    assert without_personal(text) == text


def test_all_of_it_is_taken_out_and_the_rest_stays() -> None:
    told = "我叫王小明，住井巷路18号3栋2单元501室，电话13812345678，身份证520302198001011234，楼上漏水。"
    assert (
        without_personal(told) == "我叫〔某人〕，住井巷路〔门牌〕〔门牌〕，电话〔电话〕，身份证〔证件号〕，楼上漏水。"
    )
