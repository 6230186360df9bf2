"""Words of supervision: levels, colours, refusals."""

from django.utils.translation import gettext_lazy as _

from yiwang.supervision.rules.appeals import Appeal
from yiwang.supervision.rules.clock import Colour
from yiwang.supervision.rules.ladder import Level
from yiwang.supervision.rules.orders import Kind, State

LEVELS = {
    Level.HANDLER: _("who has it"),
    Level.HEAD: _("head of their unit"),
    Level.CENTRE: _("head of the command centre"),
    Level.LEADER: _("leader of the town"),
    Level.COUNTY: _("the county"),
}
COLOURS = {
    Colour.CALM: _("in time"),
    Colour.SOON: _("half used"),
    Colour.PRESSING: _("nearly used"),
    Colour.LATE: _("overdue"),
}
ORDER_KINDS = {Kind.ORDER: _("Order"), Kind.LISTED: _("Listed order")}
ORDER_STATES = {
    State.OPEN: _("being dealt with"),
    State.ANSWERED: _("answered, waits for whoever gave it"),
    State.ENDED: _("ended"),
}
# Of a listed one it is said in the words of listing.
LISTED_STATES = {
    State.ANSWERED: _("waits for strike-off"),
    State.ENDED: _("struck off"),
}
# What a button says, and who is told that it is too late for it.
ORDER_ACTS = {
    "report": _("Report progress"),
    "visit": _("Note guidance on the spot"),
    "answer": _("Answer"),
    "accept": _("Accept the answer"),
    "ask_strike_off": _("Ask for strike-off"),
    "strike_off": _("Strike off"),
    "insist": _("Not done yet"),
}
# What was done.
ORDER_MOVES = {
    "give": _("Ordered"),
    "list": _("Listed"),
    "report": _("Progress"),
    "visit": _("Guided on the spot"),
    "answer": _("Answered"),
    "accept": _("Accepted"),
    "ask_strike_off": _("Strike-off asked for"),
    "strike_off": _("Struck off"),
    "insist": _("Not done yet"),
}
APPEAL_STATES = {
    Appeal.ASKED: _("waits for two to agree"),
    Appeal.SECONDED: _("one has agreed, waits for another"),
    Appeal.GRANTED: _("granted: left out of the statistics"),
    Appeal.REFUSED: _("refused"),
}
# What was just done, by the state that came of it.
APPEAL_DONE = {
    Appeal.ASKED: _("The appeal is made"),
    Appeal.SECONDED: _("You agree"),
    Appeal.GRANTED: _("You agree"),
    Appeal.REFUSED: _("You refuse"),
}
APPEAL_MOVES = {
    "ask": _("Appeal against the overdue mark"),
    "second": _("Agrees with the appeal"),
    "grant": _("Grants the appeal"),
    "refuse": _("Refuses the appeal"),
}


def order_state(kind: Kind, state: State) -> str:
    """Where an order of this kind stands."""
    words = LISTED_STATES if kind is Kind.LISTED else {}
    return str(words.get(state, ORDER_STATES[state]))


REMINDED = _("%(post)s was reminded: %(percent)s %% of the time is used.")
REMINDED_AT_ONCE = _("%(post)s was alarmed.")
PASSED_ON = _("%(post)s was told that nobody answered: %(silent)s.")
ACKNOWLEDGED = _("Has seen the reminder.")
REFUSALS = {
    "no_such_reminder": _("There is no such reminder."),
    "reminder_not_yours": _("This reminder went to another post."),
    "reminder_over": _("This is over: the case has gone on meanwhile."),
    "rung_percent_unfit": _("A rung lies between 0 %% and %(most)s %% of the time."),
    "rung_minutes_unfit": _("Between one minute and %(most)s minutes are given to acknowledge."),
    "rung_twice": _("There is such a rung already."),
    "shares_unfit": _("Yellow comes first, then orange, both before the time is over."),
    "shares_twice": _("The colours of this board are set already: change them there."),
    "no_such_appeal": _("There is no such appeal."),
    "appeal_not_yours": _("This appeal is for others: a unit that was overdue asks for it, another one decides."),
    "appeal_after_the_end": _("An appeal is made after the case has ended."),
    "appealed_already": _("There was an appeal in this case already: there is one, once."),
    "appeal_by_another": _("You have agreed already: somebody else must agree too."),
    "appeal_too_late": _("The appeal is “%(state)s” by now."),
    "appeal_lacks_reason": _("Give the reason in words."),
    "no_such_order": _("There is no such order."),
    "order_not_yours": _("“%(move)s” is not yours to do with this order."),
    "order_too_late": _("It is too late for “%(move)s”: the order is “%(state)s” by now."),
    "order_move_unknown": _("There is no such move."),
    "order_lacks_text": _("Say it in words."),
    "order_lacks_evidence": _("Show evidence: add a photo or a document."),
    "order_text_too_long": _("At most %(most)s characters, please."),
    "order_due_unfit": _("An order is due in the future, and within a year."),
    "order_owner_unfit": _("Name somebody who holds a post that answers for this place."),
    "listed_already": _("This case is listed already."),
    "sealed_is_not_listed": _("A sealed case is not listed."),
    "confidential_is_not_public": _("A confidential case is not shown to the public."),
    "no_such_guidance": _("There is no such record."),
    "guidance_not_yours": _("Guidance on the spot is noted by whoever supervises there."),
    "guidance_place_unfit": _("Choose the place from the list, or name the case."),
    "guidance_day_unfit": _("The day lies within the last two months."),
    "guidance_again_unfit": _("It is looked at again after the day, and within a year."),
    "guidance_lacks_text": _("Say what was found and what was agreed."),
    "guidance_text_too_long": _("At most %(most)s characters, please."),
    "board_of_another_county": _("This board belongs to another county."),
}
