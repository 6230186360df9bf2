"""Labels on things."""

import string

from pytest_django.fixtures import Settings

from yiwang.catalogue.labels import Label, code_of, read_label

LAMP = Label("LAMP", "990101001001", "井巷口3号路灯")


def test_a_label_says_what_was_printed_on_it() -> None:
    assert read_label(code_of(LAMP)) == LAMP
    assert read_label(code_of(Label(place="990101"))) == Label(place="990101")


def test_a_code_can_stand_in_an_address_and_is_short_enough_to_scan() -> None:
    assert set(code_of(LAMP)) <= set(string.ascii_letters + string.digits + "-_")
    assert len(code_of(LAMP)) < 120


def test_a_code_that_is_not_ours_says_nothing() -> None:
    good = code_of(LAMP)
    swapped = good[:20] + ("A" if good[20] != "A" else "B") + good[21:]
    for wrong in (swapped, good[:-4], "", "x", "中文", "A" * 200, good + "AAAA"):
        assert read_label(wrong) is None


def test_a_label_printed_before_keys_were_changed_is_still_read(settings: Settings) -> None:
    settings.SEAL_KEYS = ["the old key"]
    printed = code_of(LAMP)
    settings.SEAL_KEYS = ["the new key", "the old key"]
    assert read_label(printed) == LAMP
    settings.SEAL_KEYS = ["the new key"]
    assert read_label(printed) is None
