import pytest
from django.utils.translation import gettext_lazy

from yiwang.plumbing import refusals
from yiwang.plumbing.refusals import Refused


@pytest.fixture(autouse=True)
def _words() -> None:
    refusals.register({"test_too_dark": gettext_lazy("Only %(lamps)d lamps burn.")})


def test_a_refusal_is_worded_with_its_figures() -> None:
    assert refusals.sentence(Refused("test_too_dark", lamps=3)) == "Only 3 lamps burn."


def test_a_code_without_words_is_our_own_broken_promise() -> None:
    with pytest.raises(AssertionError, match="test_nobody_worded_me"):
        refusals.sentence(Refused("test_nobody_worded_me"))


def test_a_code_is_worded_once() -> None:
    refusals.register({"test_too_dark": "Only %(lamps)d lamps burn."})
    with pytest.raises(AssertionError, match="worded twice"):
        refusals.register({"test_too_dark": "Something else."})
