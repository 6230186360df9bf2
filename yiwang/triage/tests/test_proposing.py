"""What is proposed for a report, what goes by itself, and what is kept of it; told with the cast of the town."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.access import reporter
from yiwang.cases.models import Case, Step
from yiwang.cases.rules import State, Told
from yiwang.cases.tests.make import MONDAY, as_, at, make_lamp, refused, reported
from yiwang.catalogue.models import Item
from yiwang.catalogue.rules import Alarm, Secrecy, Urgency
from yiwang.catalogue.tests.make import make_item, make_responsibility
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.triage import actions
from yiwang.triage.actions.proposing import FORGOTTEN_AFTER
from yiwang.triage.models import Fate, Proposal, Version
from yiwang.triage.queries import TOPIC, learned, propose, trust_at
from yiwang.triage.rules import to_bytes
from yiwang.triage.rules.choosing import goes_by_itself, is_better, rank_of, worth_learning

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
TOLD = {
    "LAMP": ["路灯不亮", "巷口的灯坏了三天", "晚上没有灯，很黑", "灯一闪一闪的", "灯杆歪了", "小区门口黑漆漆的"],
    "PIPE": ["水管漏水", "家里停水两天了", "自来水发黄", "管子爆了，路上全是水", "水压太小", "井盖下面一直冒水"],
}


@pytest.fixture(autouse=True)
def lamp(town: Town) -> Item:
    item = make_lamp()
    make_responsibility(item, town.water_post, place=town.county)
    return item


@pytest.fixture
def pipe() -> Item:
    return make_item("PIPE", name="水管破裂", keywords=("水管",), examples=("水管爆了",))


def make_fire() -> Item:
    return make_item("FIRE", name="火灾", keywords=("着火",), examples=("楼里着火了",), urgency=Urgency.EMERGENCY)


def learn_this(lamp: Item, pipe: Item) -> int:
    """A version that knows lamps from pipes, in use."""
    from yiwang.triage.learning import Decided, learn
    from yiwang.triage.rules import Words

    items = {"LAMP": lamp.pk, "PIPE": pipe.pk}
    model = learn([Decided(Words(text), str(items[code])) for code, some in TOLD.items() for text in some * 3])
    version = Version.objects.create(
        made_at=MONDAY, examples=36, items=2, held_back=5, right=1, right_before=0.5, content=to_bytes(model)
    )
    return actions.go_back(version.pk, by="test")


def decide(town: Town, lamp: Item, pipe: Item, *, times: int, since: int = 0, **columns: Any) -> None:
    """Cases that were brought to their end as what they are."""
    told = [(text, item) for code, item in (("LAMP", lamp), ("PIPE", pipe)) for text in TOLD[code]] * times
    Case.objects.bulk_create(
        Case(
            **{
                "number": 9901012600000000 + since + count, "county": "990101", "state": State.CLOSED,
                "place": town.lane_grid.code, "desk": town.two_wells.code, "item": item, "text": f"{text}，{count}号",
                "urgency": "routine", "told": "resident", "teller": "reporter", "channel": "web",
                "reported_at": MONDAY, "opened_at": at(hours=count), "steps": 5, "head": b"",
            } | columns
        )
        for count, (text, item) in enumerate(told, start=1)
    )  # fmt: skip


def test_without_anything_learned_the_words_of_the_catalogue_propose(town: Town, lamp: Item, pipe: Item) -> None:
    said = propose("巷口的路灯不亮了", place=town.lane_grid.code, on=TODAY)
    assert said.items[0].item.id == lamp.pk
    assert said.items[0].likely is None
    assert said.items[0].words == ("路灯不亮",)
    assert (said.version, said.alarm, said.emergency, said.sealed, said.confidential) == (0, None, False, False, False)


def test_what_was_learned_proposes_with_likelihoods_and_words(town: Town, lamp: Item, pipe: Item) -> None:
    version = learn_this(lamp, pipe)
    said = propose("门口冒水，水压很小", place=town.lane_grid.code, on=TODAY)
    # What is hardly likely is not proposed at all.
    assert [one.item.id for one in said.items] == [pipe.pk]
    assert said.version == version
    assert 0.9 < (said.items[0].likely or 0) <= 1
    assert said.items[0].percent in range(90, 100)
    assert any("水" in word for word in said.items[0].words)


def test_proposing_asks_the_database_nothing(town: Town, lamp: Item, pipe: Item) -> None:
    learn_this(lamp, pipe)
    propose("灯坏了", place=town.lane_grid.code, on=TODAY)
    trust_at(town.lane_grid.code)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        propose("水管漏水", place=town.lane_grid.code, on=TODAY)
        trust_at(town.lane_grid.code)
    assert len(asked) == 0


def test_an_item_that_could_not_be_learned_is_still_found_by_its_words(town: Town, lamp: Item, pipe: Item) -> None:
    learn_this(lamp, pipe)
    hornets = make_item("WASP", name="马蜂窝", keywords=("马蜂",), examples=("屋后有马蜂窝",))
    assert propose("屋后面有个马蜂窝", place=town.lane_grid.code, on=TODAY).items[0].item.id == hornets.pk


def test_a_danger_comes_before_what_was_learned(town: Town, lamp: Item, pipe: Item) -> None:
    learn_this(lamp, pipe)
    fire = make_fire()
    said = propose("水管井着火了，路灯也烧了", place=town.lane_grid.code, on=TODAY)
    assert said.items[0].item.id == fire.pk
    assert (said.alarm, said.emergency) == (Alarm.FIRE, True)


def test_a_danger_is_taken_in_as_an_emergency_also_where_no_item_is_for_it(town: Town) -> None:
    case = Case.objects.get(number=reported(town, text="三楼起火了"))
    assert case.urgency == Urgency.EMERGENCY
    assert case.next_due_at == MONDAY + timedelta(minutes=30)


def test_an_accusation_is_sealed_when_it_is_taken_in(town: Town) -> None:
    bribe = make_item("BRIBE", name="吃拿卡要", keywords=("好处费",), secrecy=Secrecy.SEALED)
    case = Case.objects.get(number=reported(town, text="路灯的事村主任收了红包"))
    assert (case.item_id, case.secrecy) == (bribe.pk, Secrecy.SEALED)
    actions.propose_waiting(now=MONDAY)
    assert Proposal.objects.get().sealed


_MAY_DROWN = "几个学生下河摸鱼，有个没上岸"
_MAY_ACCUSE = "修水渠的钱拨了好几回，渠没见着，当官的倒换了新车"


def test_what_may_be_a_danger_is_looked_at_first_and_alarms_no_level(town: Town) -> None:
    drowned = make_item("DROWN", name="溺水", keywords=("落水",), examples=(), urgency=Urgency.EMERGENCY)
    case = Case.objects.get(number=reported(town, text=_MAY_DROWN))
    assert (case.urgency, case.next_due_at) == (Urgency.ROUTINE, MONDAY + timedelta(minutes=30))
    said = propose(_MAY_DROWN, place=town.lane_grid.code, on=TODAY)
    assert (said.alarm, said.suspected, said.emergency, said.decided) == (None, Alarm.DROWNING, False, False)
    # One press makes it an emergency.
    assert drowned.pk in [one.item.id for one in said.items]


def test_what_may_accuse_is_confidential_and_told_to_no_post_but_not_sealed(town: Town, lamp: Item) -> None:
    bribe = make_item("BRIBE", name="吃拿卡要", keywords=("当官的", "贪污"), secrecy=Secrecy.SEALED)
    number = reported(town, text=_MAY_ACCUSE)
    case = Case.objects.get(number=number)
    assert (case.secrecy, case.lead_id, case.item_id) == (Secrecy.CONFIDENTIAL, None, None)
    said = propose(_MAY_ACCUSE, place=town.lane_grid.code, on=TODAY)
    assert (said.suspected, said.sealed) == (Alarm.ACCUSED, False)
    assert bribe.pk in [one.item.id for one in said.items]
    # Whoever reads it decides: open again as what it is, or sealed at once.
    cases.accept(number, item="LAMP", place=town.lane_grid.code, by=as_(town.mei), now=MONDAY)
    assert Case.objects.get(number=number).secrecy == Secrecy.OPEN
    other = reported(town, text=_MAY_ACCUSE)
    cases.accept(other, item="BRIBE", place=town.lane_grid.code, by=as_(town.mei), now=MONDAY)
    assert Case.objects.get(number=other).secrecy == Secrecy.SEALED


def test_what_may_alarm_never_goes_by_itself(town: Town, lamp: Item, pipe: Item) -> None:
    learn_this(lamp, pipe)
    actions.trust(town.two_wells.code, likely=0.5, by="test")
    reported(town, text=f"路灯不亮，{_MAY_DROWN}")
    assert actions.propose_waiting(now=MONDAY).by_itself == 0


def test_a_proposal_is_kept_once_for_every_report_that_waits(town: Town, lamp: Item) -> None:
    number = reported(town)
    assert actions.propose_waiting(now=MONDAY) == actions.Swept(1, 0, more=False)
    assert actions.propose_waiting(now=MONDAY).proposed == 0
    kept = Proposal.objects.get()
    assert (kept.number, kept.version, kept.items[0], kept.by_itself) == (number, 0, [lamp.pk, None], False)
    assert Case.objects.get(number=number).state == State.REPORTED


def test_what_is_likely_enough_for_its_town_goes_by_itself(town: Town, lamp: Item, pipe: Item) -> None:
    learn_this(lamp, pipe)
    actions.trust(town.two_wells.code, likely=0.6, by="test")
    here, there = reported(town), reported(town, place=town.bridge_grid.code)
    assert actions.propose_waiting(now=MONDAY).by_itself == 1
    case = Case.objects.get(number=here)
    assert (case.state, case.lead_id) == (State.DISPATCHED, town.water_post.pk)
    assert [(step.move, step.actor) for step in Step.objects.filter(number=here).order_by("seq")][1:] == [
        ("accept", "clock"), ("dispatch", "clock"),
    ]  # fmt: skip
    assert Case.objects.get(number=there).state == State.REPORTED
    assert {one.number: one.by_itself for one in Proposal.objects.all()} == {here: True, there: False}


def test_what_nobody_answers_for_waits_for_a_person(town: Town, lamp: Item, pipe: Item) -> None:
    learn_this(lamp, pipe)
    actions.trust(town.county.code, likely=0.6, by="test")
    number = reported(town, text="水管漏水")
    assert actions.propose_waiting(now=MONDAY).by_itself == 0
    assert Case.objects.get(number=number).state == State.REPORTED
    assert Proposal.objects.get(number=number).by_itself is False


def test_what_is_learned_by_words_alone_never_goes_by_itself(town: Town) -> None:
    actions.trust(town.two_wells.code, likely=0.5, by="test")
    reported(town)
    assert actions.propose_waiting(now=MONDAY).by_itself == 0


def test_the_fate_is_what_a_post_has_signed_for(town: Town, lamp: Item, pipe: Item) -> None:
    version = learn_this(lamp, pipe)
    number = reported(town)
    actions.propose_waiting(now=MONDAY)
    assert actions.keep_fates(now=MONDAY) == 0
    cases.accept_and_dispatch(
        number, item="LAMP", place=town.lane_grid.code, lead=town.water_post.pk, by=as_(town.mei), now=MONDAY
    )
    assert actions.keep_fates(now=MONDAY) == 0
    cases.sign_for(number, by=as_(town.wen), now=MONDAY)
    assert actions.keep_fates(now=MONDAY) == 1
    assert actions.keep_fates(now=MONDAY) == 0
    fate = Fate.objects.get()
    assert (fate.item, fate.rank, fate.version, fate.by_itself) == (lamp.pk, 1, version, False)


def test_a_proposal_long_past_is_not_waited_for_any_more(town: Town) -> None:
    number = reported(town)
    actions.propose_waiting(now=MONDAY)
    cases.decline(number, reason="不属于本平台", by=as_(town.mei), now=MONDAY)
    assert actions.keep_fates(now=MONDAY + FORGOTTEN_AFTER + timedelta(days=1)) == 0
    assert actions.keep_fates(now=MONDAY) == 1


@pytest.mark.parametrize("table", ["triage_proposal", "triage_fate"])
def test_what_was_proposed_and_became_of_it_is_never_changed(town: Town, table: str) -> None:
    number = reported(town)
    actions.propose_waiting(now=MONDAY)
    cases.decline(number, reason="不属于本平台", by=as_(town.mei), now=MONDAY)
    actions.keep_fates(now=MONDAY)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET version = 7")  # noqa: S608 - one of the two names above


def in_use() -> int:
    """As it is after the commit."""
    forget(TOPIC)
    return learned().version


def test_the_installation_learns_from_what_was_decided_and_goes_back(town: Town, lamp: Item, pipe: Item) -> None:
    with refused("too_little_to_learn"):
        actions.train(by="test", now=MONDAY)
    decide(town, lamp, pipe, times=20)
    trained = actions.train(by="test", now=at(days=30))
    assert trained.right > trained.right_before
    assert (trained.cases, trained.held_back, trained.version) == (240, 48, in_use())
    assert propose("门口冒水，水压很小", place=town.lane_grid.code, on=TODAY).items[0].item.id == pipe.pk
    # Learned from the same again, it cannot be better than itself.
    assert actions.train(by="test", now=at(days=31)).version is None
    assert in_use() == trained.version
    assert actions.go_back(by="test") == in_use() == 0
    assert actions.go_back(trained.version, by="test") == in_use() == trained.version
    with refused("no_such_version"):
        actions.go_back(12345, by="test")


def test_what_is_sealed_or_only_proposed_is_not_learned_from(town: Town, lamp: Item, pipe: Item) -> None:
    decide(town, lamp, pipe, times=20, secrecy=Secrecy.SEALED)
    decide(town, lamp, pipe, times=20, since=1000, state=State.REPORTED)
    with refused("too_little_to_learn"):
        actions.train(by="test", now=MONDAY)


@pytest.mark.parametrize(("place", "likely", "code"), [
    ("990101001", 0.4, "trust_out_of_range"), ("990101001", 1.1, "trust_out_of_range"),
    ("990101001001", 0.9, "trust_not_a_town"), ("", 0.9, "trust_not_a_town"),
])  # fmt: skip
def test_trust_is_a_towns_and_more_than_a_guess(place: str, likely: float, code: str) -> None:
    with refused(code):
        actions.trust(place, likely=likely, by="test")


def test_a_towns_word_counts_more_than_its_countys(town: Town) -> None:
    actions.trust(town.county.code, likely=0.99, by="test")
    actions.trust(town.two_wells.code, likely=0.9, by="test")
    assert trust_at(town.lane_grid.code) == 0.9
    assert trust_at(town.bridge_grid.code) == 0.99
    assert trust_at(town.other_town.code) is None
    actions.no_longer_trust(town.two_wells.code, by="test")
    actions.no_longer_trust(town.two_wells.code, by="test")
    assert trust_at(town.lane_grid.code) == 0.99


def test_what_alarms_or_is_sealed_never_goes_by_itself() -> None:
    assert goes_by_itself(0.95, 0.95, alarmed=False, sealed=False)
    assert not goes_by_itself(0.94, 0.95, alarmed=False, sealed=False)
    assert not goes_by_itself(1.0, 0.5, alarmed=True, sealed=False)
    assert not goes_by_itself(1.0, 0.5, alarmed=False, sealed=True)
    assert not goes_by_itself(1.0, None, alarmed=False, sealed=False)
    assert not goes_by_itself(None, 0.5, alarmed=False, sealed=False)


def test_only_what_was_seen_often_enough_is_learned() -> None:
    assert worth_learning(["a"] * 150 + ["b"] * 60 + ["c"] * 4) == {"a", "b"}
    assert worth_learning(["a"] * 150 + ["b"] * 40) == frozenset()
    assert worth_learning(["a"] * 500) == frozenset()
    assert is_better(0.8, 0.7)
    assert not is_better(0.7, 0.7)
    assert [rank_of(item, [5, 6, 7, 8]) for item in (5, 7, 8, None)] == [1, 3, 0, 0]


class TestToldOnceMore:
    """What the same sender tells again is merged without a person; who takes it apart has the last word."""

    WORDS = "井巷口的路灯不亮了，晚上没人敢走"

    def again(
        self, town: Town, text: str = WORDS, *, phone: str = "13857924681", later: float = 1, **told: Any
    ) -> int:
        given = {"place": town.lane_grid.code, "phone": phone, "item": "LAMP"} | told
        return cases.report(cases.Report(text=text, **given), by=reporter(), now=at(hours=later)).number

    def merged_into(self, number: int) -> int | None:
        actions.propose_waiting(now=at(hours=2))
        return Case.objects.get(number=number).merged_into

    def test_nearly_the_same_words_of_the_same_phone(self, town: Town) -> None:
        first = self.again(town, later=0)
        second = self.again(town, "井巷口的路灯还是不亮，晚上没人敢走")
        assert self.merged_into(second) == first
        step = Step.objects.filter(number=second).latest("seq")
        assert (step.move, step.actor) == ("merge", "clock")
        assert "同一反映人" in step.reason

    def test_another_person_another_matter_and_another_spot_stay_apart(self, town: Town) -> None:
        self.again(town, later=0)
        other = self.again(town, phone="13857924682")
        matter = self.again(town, "小区的水管爆了", item="")
        spot = self.again(town, place=town.bridge_grid.code, item="", position=(106.5, 32.0))
        assert [self.merged_into(number) for number in (other, matter, spot)] == [None, None, None]

    def test_a_week_later_it_is_new(self, town: Town) -> None:
        self.again(town, later=0)
        assert self.merged_into(self.again(town, later=8 * 24)) is None

    def test_what_was_taken_apart_is_not_merged_again(self, town: Town) -> None:
        self.again(town, later=0)
        second = self.again(town)
        assert self.merged_into(second)
        cases.separate(second, reason="另一盏灯", by=as_(town.mei), now=at(hours=3))
        assert self.merged_into(second) is None

    def test_the_same_code_on_the_same_bin_tells_of_one_matter(self, town: Town) -> None:
        told: dict[str, Any] = {"phone": "", "told": Told.QR_CODE}
        first = self.again(town, "满了", later=0, address="3 号垃圾桶", **told)
        second = self.again(town, "垃圾都堆到外面来了", address="3 号垃圾桶 靠路边", **told)
        another = self.again(town, "垃圾都堆到外面来了", address="33 号垃圾桶", **told)
        assert self.merged_into(second) == first
        assert self.merged_into(another) is None

    def test_what_is_sealed_is_never_merged_by_itself(self, town: Town) -> None:
        make_item("BRIBE", name="吃拿卡要", keywords=("好处费",), examples=(), secrecy=Secrecy.SEALED)
        self.again(town, later=0, item="BRIBE")
        assert self.merged_into(self.again(town, item="BRIBE")) is None
