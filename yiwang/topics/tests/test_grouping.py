"""Which texts tell of the same."""

from yiwang.topics.apart import groups_apart
from yiwang.topics.grouping import groups_of, plainly, words_of
from yiwang.topics.tests.make import BUTCHERY, OTHERS


def grouped(texts: list[str]) -> list[set[int]]:
    return [set(members) for members in groups_of([plainly(text) for text in texts])]


def test_the_same_trouble_in_other_words_is_one_group_and_nothing_else_is() -> None:
    assert grouped([*BUTCHERY, *OTHERS]) == [{0, 1, 2, 3, 4}]


def test_nothing_and_strange_things_are_no_group() -> None:
    for texts in ([], [""], ["", "!!", "\ud800", "?"] * 3, OTHERS):
        assert grouped(texts) == []


def test_addresses_and_numbers_do_not_make_a_group() -> None:
    links = [f"{text} https://example.org/a/b?c={n}" for n, text in enumerate(OTHERS)]
    assert grouped(links) == []


def test_its_words_are_those_that_many_have_and_none_of_one_alone() -> None:
    words = words_of([plainly(text) for text in BUTCHERY])
    assert "屠宰场" in "".join(words)
    assert not any("东门" in word for word in words)


def test_a_topic_is_named_by_its_trouble_and_neither_cut_off_nor_by_how_one_asks() -> None:
    told = [
        "路边水管爆了喷一人高，请帮忙看看。",
        "巡查发现：路边水管爆了喷一人高，需要处置。",
        "您好，路边水管爆了喷一人高",
    ]
    assert words_of([plainly(text) for text in told]) == ("路边水管爆了喷一人高",)
    asked = ["车撞了请帮忙协调解决", "两车相撞了请帮忙协调解决"]
    assert not any("帮忙" in word or word.startswith("了") for word in words_of([plainly(text) for text in asked]))


def test_words_are_told_for_each_part_in_a_process_of_its_own() -> None:
    parts = [("county", "east")] * 3 + [("county", "west")] * 2 + [("county",)] * len(OTHERS)
    [found] = groups_apart([*BUTCHERY, *OTHERS], parts)
    assert set(found.members) == {0, 1, 2, 3, 4}
    assert set(found.words) == {"county", "east", "west"}
