"""How the platform says no: a code and the figures that belong to it. The sentence is chosen at the edge."""

from collections.abc import Mapping

from django.utils.functional import Promise

_wordings: dict[str, str | Promise] = {}


class Refused(Exception):  # noqa: N818 - "raise Refused(...)" reads as what happens
    """A rule of the field forbids the act. Not a fault of the program."""

    def __init__(self, code: str, /, **figures: object) -> None:
        self.code = code
        self.figures = figures
        super().__init__(code)

    def __str__(self) -> str:
        return sentence(self)


class Unseen(Refused):
    """What one may not see does not exist."""


class NotYours(Refused):
    """One sees it, and it is for somebody else to do."""


class Overtaken(Refused):
    """Somebody was faster: nothing was changed; look again."""


def register(wordings: Mapping[str, str | Promise]) -> None:
    """Take in a room's `words.REFUSALS`; a code may be worded once only."""
    for code, text in wordings.items():
        known = _wordings.setdefault(code, text)
        assert str(known) == str(text), f"refusal {code} is worded twice"


def sentence(refusal: Refused) -> str:
    """The refusal as a sentence in the reader's language."""
    wording = _wordings.get(refusal.code)
    assert wording is not None, f"refusal {refusal.code} has no words"
    return str(wording) % refusal.figures


def is_worded(code: str) -> bool:
    return code in _wordings
