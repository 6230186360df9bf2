"""What is told of, and by what channels. A fixed set: rules switch channels on and off, nobody invents an occasion."""

from enum import StrEnum


class Occasion(StrEnum):
    """What is told of."""

    DISPATCHED = "dispatched"  # given to your post
    HELP = "help"  # your post is asked to help
    WHISTLED = "whistled"  # come to the spot
    HANDED_BACK = "handed_back"
    TO_CHECK = "to_check"  # somebody says it is done
    REOPENED = "reopened"
    ASKED = "asked"  # more time, a pause, a track, help: you decide
    DECIDED = "decided"  # what you asked for was decided
    URGED = "urged"
    INSTRUCTED = "instructed"
    SOON = "soon"  # the time is nearly used
    OVERDUE = "overdue"
    ESCALATED = "escalated"  # somebody below lets it lie
    EMERGENCY = "emergency"
    ORDERED = "ordered"  # an order names you
    ORDER_MOVED = "order_moved"  # an order of yours was answered, accepted, struck off
    NAMED = "named"  # a committee names you
    ITEM_MOVED = "item_moved"  # something became of what stands before a committee
    FORM_ASKED = "form_asked"  # you are asked to fill something in
    FORM_DUE = "form_due"  # you have not, and it is due
    FORM_ENDED = "form_ended"  # nobody wants it any more
    SERIES_LAPSED = "series_lapsed"  # no round of it is asked any more, for nobody is there who asks or is asked
    SERIES_MOVED = "series_moved"  # its rounds are asked of the place that took the ground of another
    TAKEN_ON = "taken_on"  # to the reporter
    DONE = "done"
    ENDED = "ended"
    QUESTION = "question"


class Channel(StrEnum):
    """How somebody is told. The page always is; the others go out."""

    PAGE = "page"
    EMAIL = "email"
    SMS = "sms"


OUTGOING = (Channel.EMAIL, Channel.SMS)
# Told at once and by every channel there is, whatever somebody has chosen, day and night.
NEVER_QUIET = frozenset({Occasion.EMERGENCY})
FOR_REPORTERS = frozenset({Occasion.TAKEN_ON, Occasion.DONE, Occasion.ENDED, Occasion.QUESTION})


OF_FORMS = frozenset({
    Occasion.FORM_ASKED, Occasion.FORM_DUE, Occasion.FORM_ENDED, Occasion.SERIES_LAPSED, Occasion.SERIES_MOVED,
})  # fmt: skip


def of_rung(*, urgent: bool, silent: bool, nearest: bool, percent: int) -> Occasion:
    """What a rung of the ladder is for whoever it tells. `urgent`: lives may be at stake; `nearest`: who has it."""
    if urgent:
        return Occasion.EMERGENCY
    if silent or not nearest:
        return Occasion.ESCALATED
    return Occasion.OVERDUE if percent >= 100 else Occasion.SOON
