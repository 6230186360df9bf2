"""Which place a text names."""

from datetime import date
from pathlib import Path

import pytest

from yiwang.places.actions import call_no_longer, call_place, import_aliases
from yiwang.places.models import Alias
from yiwang.places.queries import named_in
from yiwang.places.rules.naming import NameIndex, forms_of, meant, spelled
from yiwang.places.tests.make import TODAY, make_list, make_place
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import standing_on

BOTH = {"990101001": "双井街道", "990101101": "石桥镇"}
GROUND = {
    "990101": "云岭县", **BOTH,
    "990101001001": "井巷社区", "990101001002": "荷花村村民委员会", "990101101001": "荷花村", "990101101002": "白鹤村",
    "990101001001001": "第一网格", "990101101001001": "第一网格", "990101001001002": "井巷第二网格",
}  # fmt: skip


def _index(places: dict[str, str] = GROUND) -> NameIndex:
    return NameIndex(
        (form, code, sure) for code, name in places.items() for form, sure in forms_of(name, governed=len(code) <= 12)
    )


def _meant(text: str, near: str = "", roads: dict[str, str] | None = None) -> tuple[tuple[str, ...], bool]:
    found = meant(_index().mentions(text), near=near, roads=roads)
    return found.codes, found.sure


@pytest.mark.parametrize(
    ("name", "sure", "unsure"),
    [
        ("荷花村村民委员会", ["荷花村村民委员会", "荷花村"], ["荷花", "荷花社区"]),
        ("莲池村民委员会", ["莲池村民委员会", "莲池村"], ["莲池", "莲池社区"]),
        ("范山村委会", ["范山村委会", "范山村"], ["范山", "范山社区"]),
        ("新荷居民委员会", ["新荷居民委员会", "新荷社区"], ["新荷", "新荷村"]),
        ("双井街道", ["双井街道"], ["双井", "双井镇", "双井乡"]),
        ("留村", [], ["留村"]),
        ("新农村", [], ["新农村", "新农", "新农社区"]),
    ],
)
def test_a_place_goes_by_its_office_its_name_and_less_surely_its_stem(
    name: str, sure: list[str], unsure: list[str]
) -> None:
    forms = list(forms_of(name, governed=True))
    assert [form for form, is_sure in forms if is_sure] == sure
    assert [form for form, is_sure in forms if not is_sure] == unsure


def test_a_yard_goes_by_its_whole_name_only() -> None:
    assert list(forms_of("老街小区", governed=False)) == [("老街小区", True)]


def test_numbers_and_full_width_are_written_in_one_way() -> None:
    assert spelled("第十二网格，第三组，Ａ座") == "第12网格，第3组，a座"
    assert spelled("第二十网格") == "第20网格"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("井巷社区的路灯不亮", (("990101001001",), True)),
        ("双井街道井巷社区第一网格有人乱倒垃圾", (("990101001001001",), True)),
        ("井巷社区第1网格有人乱倒垃圾", (("990101001001001",), True)),
        ("云岭县石桥镇停水了", (("990101101",), True)),
        ("荷花村的桥断了", (("990101001002", "990101101001"), True)),
        ("石桥镇荷花村的桥断了", (("990101101001",), True)),
        ("石桥荷花村的桥断了", (("990101101001",), True)),
        ("石桥镇的白鹤停水了", (("990101101002",), True)),
        ("石桥停水了", (("990101101",), False)),
        ("从井巷社区到白鹤村的路坏了", (("990101001001", "990101101002"), True)),
        ("荷花开了，白鹤飞走了", ((), False)),
        ("石桥镇的路，种荷花的人说", (("990101101",), True)),
        ("第一网格停水了", (("990101001001001", "990101101001001"), True)),
        ("这里什么地名也没有", ((), False)),
    ],
)
def test_the_innermost_place_with_which_the_names_agree_is_meant(
    text: str, found: tuple[tuple[str, ...], bool]
) -> None:
    assert _meant(text) == found


def test_what_is_near_decides_between_places_of_one_name_and_asks_about_a_stem() -> None:
    assert _meant("荷花村的桥断了", near="990101101") == (("990101101001",), True)
    assert _meant("荷花村的桥断了", near="990101001001") == (("990101001002",), True)
    assert _meant("白鹤停水了", near="990101101001") == (("990101101002",), False)
    assert _meant("白鹤停水了", near="990101001001") == ((), False)


def test_a_stem_that_goes_on_as_another_name_is_none() -> None:
    assert _meant("石桥路口堵车") == ((), False)
    assert _meant("石桥镇白鹤小学门口堵车") == (("990101101",), True)


def test_a_road_says_where_it_runs_and_leaves_the_place_beside_it() -> None:
    index = _index(GROUND | {"990101001R001": "文庙路"})
    roads = {"990101001R001": "990101001"}
    assert meant(index.mentions("文庙路积水"), roads=roads).codes == ("990101001",)
    assert meant(index.mentions("荷花村旁边的文庙路积水"), roads=roads).codes == ("990101001002",)


def test_a_name_of_very_many_places_needs_another_beside_it() -> None:
    grids = {f"990101001001{n:03d}": "第1网格" for n in range(1, 60)} | {"990101101002001": "第1网格"}
    index = _index(GROUND | grids)
    assert meant(index.mentions("第一网格停水")).codes == ()
    assert meant(index.mentions("白鹤村第一网格停水")).codes == ("990101101002001",)
    assert meant(index.mentions("第一网格停水"), near="990101101").codes == ("990101101001001", "990101101002001")


@pytest.fixture
def ground(db: None, whole_ground: None) -> None:
    for code, name in GROUND.items():
        make_place(code, name)
    forget("places")


@pytest.mark.usefixtures("ground")
class TestOnTheGround:
    """With the tree, its days, and the names people use."""

    def test_several_of_one_name_are_asked_about_and_lie_in_what_holds_them(self) -> None:
        found = named_in("荷花村的桥断了", on=TODAY)
        assert (found.place, found.words) == ("990101", "荷花村")
        assert found.choices == ("990101001002", "990101101001")

    def test_an_unsure_name_is_only_asked_about(self) -> None:
        assert named_in("石桥停水了", on=TODAY).place == ""
        assert named_in("石桥停水了", on=TODAY).choices == ("990101101",)

    def test_a_place_that_has_ended_is_not_meant(self) -> None:
        make_place("990101001003", "旧巷社区", valid_to=date(2026, 1, 1))
        forget("places")
        assert named_in("旧巷社区停水了", on=TODAY).place == ""
        assert named_in("旧巷社区停水了", on=date(2025, 12, 1)).place == "990101001003"

    def test_what_people_call_a_spot_is_known_at_once_until_it_is_taken_back(self) -> None:
        market = call_place("老车站菜市场", place="990101001001", by="person:1")
        assert call_place(" 老车站菜市场 ", place="990101001001", by="person:1") == market
        assert named_in("老车站菜市场很臭", on=TODAY).place == "990101001001"
        call_no_longer(market, by="person:1")
        assert named_in("老车站菜市场很臭", on=TODAY).place == ""
        assert list(Entry.objects.order_by("pk").values_list("act", flat=True)) == ["call_place", "call_no_longer"]

    @pytest.mark.parametrize(
        ("name", "place", "code"),
        [("桥", "990101", "alias_too_short"), ("老\ufffd桥", "990101", "place_name_damaged"),
         ("老" * 101, "990101", "place_name_too_long"), ("老桥", "990109", "boundary_place_unknown")],
    )  # fmt: skip
    def test_what_cannot_be_a_name_is_refused(self, name: str, place: str, code: str) -> None:
        with pytest.raises(Refused) as no:
            call_place(name, place=place, by="person:1")
        assert no.value.code == code

    def test_nobody_names_a_place_of_other_ground(self) -> None:
        alias = call_place("老桥头", place="990101001001", by="person:1")
        with standing_on(["990101101"]):
            with pytest.raises(Refused) as no:
                call_place("新桥头", place="990101001001", by="person:2")
            assert no.value.code == "place_not_your_ground"
            with pytest.raises(Refused) as no:
                call_no_longer(alias, by="person:2")
            assert no.value.code == "place_not_your_ground"

    def test_a_list_of_names_comes_in_whole_or_not_at_all(self, tmp_path: Path) -> None:
        rows = [["老车站", "990101001001"], ["桥", "990101001001"], ["大水井", "990109"]]
        path = make_list(tmp_path / "names.csv", ["俗名", "区划代码"], *rows)
        report = import_aliases(path, by="person:1")
        assert not report.kept
        assert [(one.line, one.column, one.refusal.code) for one in report.rejections] == [
            (3, "俗名", "alias_too_short"),
            (4, "区划代码", "boundary_place_unknown"),
        ]
        assert not Alias.objects.exists()
        assert import_aliases(path, by="person:1", keep_good=True).added == 1
        assert named_in("老车站堵车", on=TODAY).place == "990101001001"
        again = import_aliases(path, by="person:1", keep_good=True)
        assert (again.added, again.unchanged) == (0, 1)
