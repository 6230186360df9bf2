"""Whether an occasion goes by a channel: the nearest rule says so, and whoever is told may say otherwise."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from yiwang.notices.rules.occasions import NEVER_QUIET, Channel, Occasion


@dataclass(frozen=True, slots=True)
class Where:
    """For which notices a rule was set; what is empty holds for all."""

    county: str = ""
    role: str = ""
    board: int = 0
    urgency: str = ""

    def holds(self, told: "Where") -> bool:
        """Whether it was set for such a notice, or for more than it."""
        pairs = ((self.county, told.county), (self.role, told.role), (self.board, told.board))
        return all(not mine or mine == theirs for mine, theirs in (*pairs, (self.urgency, told.urgency)))

    @property
    def nearness(self) -> tuple[bool, bool, bool, bool]:
        """A county's own before everybody's; then the urgency, then the role, then the board."""
        return bool(self.county), bool(self.urgency), bool(self.role), bool(self.board)


Rules = Mapping[tuple[Occasion, Channel], Mapping[Where, bool]]


def goes_by(rules: Rules, occasion: Occasion, channel: Channel, told: Where) -> bool:
    """Whether the rules send such a notice by this channel: the nearest one decides, and without one it stays."""
    if channel is Channel.PAGE:
        return True
    fitting = {where: goes for where, goes in rules.get((occasion, channel), {}).items() if where.holds(told)}
    return bool(fitting) and fitting[max(fitting, key=lambda where: where.nearness)]


def chosen(occasion: Occasion, channel: Channel, *, rule: bool, yes: Collection[str], no: Collection[str]) -> bool:
    """The same after what the person has chosen; of an emergency, and of the page, nobody opts out."""
    if channel is Channel.PAGE or occasion in NEVER_QUIET:
        return rule
    name = choice_of(occasion, channel)
    return name not in no and (rule or name in yes)


def choice_of(occasion: Occasion, channel: Channel) -> str:
    """How a choice is kept: "dispatched.email"."""
    return f"{occasion.value}.{channel.value}"
