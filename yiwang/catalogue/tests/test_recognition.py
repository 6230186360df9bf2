"""A told text finds its item, on sentences of a town as people tell them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.town import Town
from yiwang.catalogue import actions, queries
from yiwang.catalogue.rules import Secrecy, WordIndex, clear_share
from yiwang.catalogue.tests.make import LAMP, TODAY, make_item
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

TOLD = [
    ("小区门口的路灯坏了三盏，晚上黑漆漆的", "路灯不亮"),
    ("人民路口的窨井盖不见了，孩子差点掉下去", "井盖缺失破损"),
    ("井盖松了，车一过就哐当响，吵得睡不着", "井盖响动、下沉"),
    ("桥头那段路全是坑，骑车摔了一跤", "路面坑洼破损"),
    ("下水道堵了，脏水流得满街都是", "下水道堵塞、污水外溢"),
    ("一下雨巷子里就积水，鞋都湿透", "道路积水"),
    ("垃圾桶满得都溢出来了，没有人来收", "垃圾桶满溢"),
    ("有人把装修的砖头水泥倒在河边", "建筑垃圾乱倒"),
    ("楼下有人丢了一张旧沙发好几天了", "大件家具乱扔"),
    ("电线杆上贴满了办证的小广告", "乱贴乱画小广告"),
    ("从昨天晚上到现在一直没有自来水", "停水"),
    ("我们这栋楼突然停电了，冰箱里的肉要坏", "停电"),
    ("家里自来水发黄，还有怪味", "自来水浑浊异味"),
    ("马路上水管爆了，水喷得老高", "水管爆裂漏水"),
    ("三单元的电梯又停运了，八十岁老人下不来楼", "电梯故障"),
    ("外墙瓷砖往下掉，砸到车了", "外墙脱落"),
    ("想问一下低保怎么申请", "低保申请与复核"),
    ("隔壁独居的老人两天没出门，敲门没人应", "独居老人联系不上"),
    ("孩子九月要上小学，外地户口怎么入学", "入学转学咨询"),
    ("老板欠我们工地十几个农民工半年工资不给", "拖欠农民工工资"),
    ("工地半夜还在打桩，没法睡", "夜间违规施工"),
    ("楼下餐馆的油烟直往我家窗户里灌", "油烟扰民"),
    ("河里的水又黑又臭", "黑臭水体"),
    ("屋后面有个大马蜂窝，蜇了两个人", "马蜂窝"),
    ("闻到楼道里有很浓的煤气味", "燃气泄漏"),
    ("对面楼着火了，浓烟滚滚", "火灾"),
    ("有人落水了快来人", "溺水落水"),
    ("消防通道被私家车堵死了", "消防通道堵塞"),
    ("有人把电瓶车推进楼里充电，从窗户拉线下来", "电动车进楼充电、飞线"),
    ("楼道里堆满了纸箱杂物", "楼道堆物"),
    ("我家和邻居为了滴水的事天天吵架", "邻里纠纷"),
    ("隔壁男人又打老婆了，孩子在哭", "家庭暴力"),
    ("有条没拴绳的大狗把我女儿咬了", "犬只扰民伤人"),
    ("接到冒充公安的电话让我转账，是不是诈骗", "电信诈骗"),
    ("水果摊摆到人行道上，路都走不过去", "占道经营"),
    ("邻居在楼顶违建了一个阳光房", "违法搭建"),
    ("后山有裂缝，下雨怕滑坡", "滑坡、崩塌征兆"),
    ("养老金认证人脸老是通不过", "养老金待遇认证"),
    ("异地住院的费用怎么报销", "医保报销"),
    ("村主任索要好处费才给盖章", "干部吃拿卡要"),
    ("有辆面包车停在路边两年了，全是灰，轮胎都瘪了", "僵尸车"),
    ("稻田里好多稻飞虱，怎么打药", "农作物病虫害"),
    ("家里橙子卖不掉，烂在地里", "农产品滞销"),
    ("广场舞音响声音太大，吵得孩子写不了作业", "生活噪声扰民"),
    ("street lamp is out in front of our house", "路灯不亮"),
]
BRIBE = replace(LAMP, name="吃拿卡要", name_en="", keywords=("好处费",), examples=("不给钱就不给盖章",), opens_when="",
                secrecy=Secrecy.SEALED)  # fmt: skip
WORDS = WordIndex({1: LAMP, 2: BRIBE, 3: replace(LAMP, name="马蜂窝", name_en="Hornets", keywords=(), examples=())})


def named(text: str, place: str = "", *, on: date = TODAY) -> str | None:
    item = queries.recognise(text, place, on=on).item_id
    line = queries.catalogue().get(item) if item else None
    return line.name if line else None


@pytest.mark.django_db
def test_four_of_five_told_sentences_find_their_item_and_hardly_one_a_wrong_one(town: Town) -> None:
    actions.load_default(by="system", today=TODAY)
    found = [(named(told), name) for told, name in TOLD]
    assert sum(is_named == name for is_named, name in found) >= len(TOLD) * 0.8
    assert sum(is_named not in (name, None) for is_named, name in found) <= len(TOLD) * 0.1


@pytest.mark.django_db
def test_a_text_is_recognised_without_a_query(town: Town) -> None:
    lamp = make_item("L1")
    queries.recognise("", on=TODAY)
    with CaptureQueriesContext(connection) as asked:
        recognised = queries.recognise("门口的路灯不亮了", town.yard.code, on=TODAY)
    assert recognised.item_id == lamp.pk
    assert not asked.captured_queries


@pytest.mark.django_db
def test_only_what_may_be_opened_there_on_that_day_is_recognised(town: Town) -> None:
    told = "门口的路灯不亮了"
    branch = make_item("L", name="路灯不亮了")
    make_item("L1", parent=branch, name="路灯不亮", valid_to=TODAY)
    assert named(told, town.yard.code, on=TODAY - timedelta(1)) == "路灯不亮"
    assert named(told, town.yard.code) is None
    make_item("L2", name="本县路灯不亮", county=town.county)
    assert named(told, town.yard.code) == "本县路灯不亮"
    assert named(told, town.other_town.code) is None
    assert named(told) is None


@pytest.mark.django_db
def test_a_county_reads_by_its_own_words_of_an_item(town: Town) -> None:
    common = make_item("L1")
    own = make_item("L1", county=town.county, name="灯火不明", keywords=("灯火",), examples=())
    assert queries.recognise("巷口灯火不明", town.yard.code, on=TODAY).item_id == own.pk
    assert queries.recognise("门口路灯不亮", town.other_town.code, on=TODAY).item_id == common.pk


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", " ", "🏮" * 10_000, "路灯" * 5_000, "\ud800\0路", "é" * 2_001, "İ" * 3_000])
def test_no_text_is_too_odd(text: str) -> None:
    with standing_on(EVERYWHERE):
        make_item("L1")
        assert 0 <= queries.recognise(text, on=TODAY).share <= 1


@given(st.text(st.characters() | st.sampled_from("路灯不亮好处费 lamp"), max_size=300))
def test_whatever_is_said_the_shares_stay_shares(text: str) -> None:
    candidates = WORDS.candidates(text)
    scores = [candidate.score for candidate in candidates]
    assert scores == sorted(scores, reverse=True)
    item, share = clear_share(candidates, length=len(text))
    assert share == 0 if not candidates else 0.5 <= share <= 1
    assert item is None or item == candidates[0].item
    if "好处费" not in text and "吃拿卡要" not in text:
        assert 2 not in [candidate.item for candidate in candidates]


def test_a_complaint_is_sealed_by_its_own_words_only() -> None:
    assert [one.item for one in WORDS.candidates("不给钱就不给盖章")] == []
    assert WORDS.candidates("不给好处费就不给盖章")[0].item == 2


def test_what_lies_beyond_two_thousand_characters_is_not_read() -> None:
    assert WORDS.candidates("。" * 1_990 + "路灯不亮")
    assert WORDS.candidates("。" * 2_000 + "路灯不亮") == []


def test_two_items_of_the_same_words_are_left_to_a_person() -> None:
    twins = WordIndex({1: LAMP, 2: LAMP})
    assert clear_share(twins.candidates("路灯不亮"), length=4) == (None, 0.5)
