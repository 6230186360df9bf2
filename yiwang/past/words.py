"""Words for lists of other systems that cannot be taken."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "past_ended_without_time": _("An ended case needs the time when it ended."),
    "past_item_ambiguous": _("Several items are called “%(item)s”: give its code."),
    "past_item_unknown": _("There is no item “%(item)s”: leave the column empty, or bring the item in first."),
    "past_key_unfit": _("The number that the case has in the other system is missing, or longer than %(most)s."),
    "past_move_unknown": _("“%(move)s” is no step that is known here."),
    "past_not_text": _("This row holds a NUL character: it is damaged."),
    "past_open_with_closing_time": _("It says when this case was closed, and that it is open."),
    "past_place_ambiguous": _("Several places are called “%(place)s”: give its code, or the names around it."),
    "past_place_unknown": _("There is no place “%(place)s”."),
    "past_row_too_wide": _("This row has more cells than there are headings: is a quotation mark missing?"),
    "past_source_too_long": _("The name of a source has at most %(most)s characters."),
    "past_state_unfit": _("“%(state)s” cannot be taken over: bring it in as open, closed, declined or withdrawn."),
    "past_state_unknown": _("“%(state)s” is no state that is known here."),
    "past_steps_end_elsewhere": _("The steps do not end in the state in which the case is said to be."),
    "past_steps_unreadable": _("The steps cannot be read: a JSON list of {at, move, reason} is expected."),
    "past_time_unfit": _("“%(time)s” cannot be true: before 1970, in the future, or closed before it was opened."),
    "past_time_unreadable": _("“%(time)s” is no time."),
    "past_zone_unknown": _("There is no time zone “%(zone)s”: write one like Asia/Shanghai."),
}
