"""What waits for somebody, in groups under what each asks of them."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from yiwang.cases import queries


class Group(NamedTuple):
    """Turns of one kind: its name in addresses, what it asks, and the turns."""

    name: str
    asks: str
    turns: list[queries.Turn]

    @property
    def is_to_sign(self) -> bool:
        """Whether these can be signed for together."""
        return self.name == "to_sign"


def groups_of(found: queries.MineNow) -> Iterator[Group]:
    """All groups in the order in which they are looked at, the empty ones too."""
    yield Group("to_sign", _("To sign for"), found.to_sign)
    yield Group("summoned", _("Whistled for"), found.summoned)
    yield Group("in_hand", _("In hand"), found.in_hand)
    yield Group("helping", _("Helping"), found.helping)
    yield Group("to_decide", _("To decide"), found.to_decide)
    yield Group("to_check", _("To check"), found.to_check)
