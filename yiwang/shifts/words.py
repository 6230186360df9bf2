"""Words of the log: states, kinds of entries, refusals."""

from django.utils.translation import gettext_lazy as _

from yiwang.shifts.rules import Kind, State

STATES = {
    State.ON_DUTY: _("On duty"),
    State.HANDED_OVER: _("Handed over, not read yet"),
    State.TAKEN_OVER: _("Taken over"),
}
KINDS = {
    Kind.HAPPENED: _("Noted"),
    Kind.CALL: _("Call received"),
    Kind.URGENT: _("Urgent matter"),
    Kind.HANDED_OVER: _("Handing over"),
    Kind.TAKEN_OVER: _("Taking over"),
}
MOVES = {"write": _("Write into the log"), "hand_over": _("Hand over"), "take_over": _("Take over")}
REFUSALS = {
    "no_such_shift": _("There is no such shift."),
    "not_at_this_desk": _("You do not sit at this desk."),
    "desk_is_kept": _("Somebody is on duty at this desk already."),
    "take_over_first": _("The shift before was handed over: read it and take it over."),
    "shift_not_yours": _("“%(move)s” is not yours to do in this shift."),
    "shift_too_late": _("It is too late for “%(move)s”: the shift is “%(state)s” by now."),
    "shift_lacks_text": _("Say in a few words what the matter is."),
    "shift_lacks_note": _("Write the next one a note; “nothing special” will do."),
    "shift_lacks_read": _("Confirm that you have read what is handed over."),
    "entry_too_long": _("At most %(most)s characters, please."),
    "entry_kind_unknown": _("There is no such kind of entry."),
}
