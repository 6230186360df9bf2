"""Words of meetings: states, moves, reasons, refusals."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from yiwang.meetings.rules.agenda import Reason, Why
from yiwang.meetings.rules.last_items import State as Item
from yiwang.meetings.rules.meeting import State as Meeting

MEETING_STATES = {
    Meeting.CALLED: _("called"),
    Meeting.HELD: _("held"),
    Meeting.CALLED_OFF: _("called off"),
}
ITEM_STATES = {
    Item.PROPOSED: _("proposed, not decided yet"),
    Item.DECIDED: _("told of at every meeting"),
    Item.SHOWN: _("waits for strike-off"),
    Item.ENDED: _("off the agenda"),
}
MOVES = {
    "propose": _("Proposed for the committee's meeting"),
    "bring": _("Brought before the committee"),
    "decide": _("Decided by the meeting"),
    "put_aside": _("Put aside"),
    "settle": _("Ended before a meeting"),
    "hear": _("Stood on the agenda"),
    "report": _("Progress"),
    "ask_strike_off": _("Strike-off asked for"),
    "strike_off": _("Struck off"),
    "insist": _("Not done yet"),
    "call": _("Call a meeting"),
    "close": _("End the meeting"),
    "call_off": _("Call off the meeting"),
}
WHY: dict[Reason, Any] = {
    Reason.OVERDUE: ngettext_lazy("overdue once", "overdue %(n)s times", "n"),
    Reason.REOPENED: ngettext_lazy("opened again once", "opened again %(n)s times", "n"),
    Reason.HANDED_BACK: ngettext_lazy("handed back once", "handed back %(n)s times", "n"),
    Reason.OLD: ngettext_lazy("open for a day", "open for %(n)s days", "n"),
    Reason.BY_HAND: _("brought by hand"),
}


def in_words(reasons: Iterable[Why]) -> str:
    """Why something is on the agenda, in the reader's language."""
    return gettext(", ").join(str(WHY[one.reason] % {"n": one.n}) for one in reasons)


LAST_ITEM = _("Last item: %(move)s")
PROPOSED = _("Proposed for the committee's next meeting: %(why)s.")
REFUSALS = {
    "no_such_meeting": _("There is no such meeting."),
    "no_such_last_item": _("There is no such item on the agenda."),
    "meeting_not_yours": _("“%(move)s” is for whoever leads this town."),
    "meeting_day_unfit": _("A meeting is called for today or a day within a year."),
    "meeting_called_already": _("There is a meeting on that day already."),
    "meeting_too_late": _("It is too late for “%(move)s”: the meeting is “%(state)s” by now."),
    "meeting_lacks_text": _("Say why."),
    "meeting_not_met": _("The meeting has not met yet: it decides on its day."),
    "meeting_place_unfit": _("A meeting is held in a town."),
    "last_item_twice": _("This case is on the agenda already."),
    "last_item_case_unfit": _("Only what is open, lies in a town and is not sealed comes before its committee."),
    "last_item_not_yours": _("“%(move)s” is not yours to do with this item."),
    "last_item_too_late": _("It is too late for “%(move)s”: the item is “%(state)s” by now."),
    "last_item_move_unknown": _("There is no such move."),
    "last_item_lacks_text": _("Say it in words."),
    "last_item_lacks_evidence": _("Show evidence: add a photo or a document."),
    "last_item_lacks_owner": _("Name who answers for it."),
    "last_item_lacks_due": _("Say by which day."),
    "last_item_lacks_meeting": _("It is decided at a meeting: call one for today."),
    "last_item_text_too_long": _("At most %(most)s characters, please."),
    "last_item_due_unfit": _("It is to be done in the future, and within a year."),
    "last_item_owner_unfit": _("Name one of those who lead this town or its county."),
    "agenda_rule_unfit": _("A rule counts up to %(times)s times and %(days)s days."),
    "agenda_rule_asks_nothing": _("A rule asks for something, and lets between 1 and %(most)s cases wait."),
    "agenda_rule_twice": _("There is a rule for this place already: change it."),
    "agenda_rule_place_unfit": _("A rule is for a county or a town."),
}
