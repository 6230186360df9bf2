"""Words of the catalogue: levels, urgencies, stages, evidence, refusals."""

from django.utils.translation import gettext_lazy as _

from yiwang.catalogue.rules import Alarm, Level, Secrecy, Stage, Urgency

LEVELS = {Level.TOWN: _("Town list"), Level.VILLAGE: _("Village list"), Level.GRID: _("Grid list")}
URGENCIES = {
    Urgency.ROUTINE: _("Routine"),
    Urgency.SOON: _("Soon"),
    Urgency.URGENT: _("Urgent"),
    Urgency.EMERGENCY: _("Emergency"),
}
SECRECIES = {
    Secrecy.OPEN: _("Open"),
    Secrecy.CONFIDENTIAL: _("Confidential"),
    Secrecy.SEALED: _("Sealed"),
}
ALARMS = {
    Alarm.GAS: _("May tell of gas that escapes"),
    Alarm.FIRE: _("May tell of a fire"),
    Alarm.COLLAPSE: _("May tell of something that collapses"),
    Alarm.DROWNING: _("May tell of somebody in the water"),
    Alarm.SELF_HARM: _("May tell of somebody who wants to die"),
    Alarm.LIFE: _("May tell of a life in danger"),
    Alarm.ACCUSED: _("May accuse somebody in office"),
}
LOOK_FIRST = _("Might be an emergency: look first")
READ_FIRST = _("Might accuse somebody in office: read first")
STAGES = {
    Stage.SIGN_FOR: _("Sign for"),
    Stage.HANDLE: _("Deal with"),
    Stage.CHECK: _("Look whether it is done"),
    Stage.CALL_BACK: _("Ask the reporter"),
}
EVIDENCE = {
    "photos": _("photos"),
    "photo_nearby": _("a photo taken nearby"),
    "note": _("a note"),
    "before_and_after": _("photos before and after"),
}

REFUSALS = {
    "item_code_taken": _("There is an item with the code “%(code)s” already."),
    "item_code_unfit": _("“%(code)s” is no code of an item: capital letters, digits and hyphens, 40 at most."),
    "item_twice_in_list": _("The code “%(item)s” stands in line %(first)s already."),
    "no_such_item": _("There is no item with the code “%(item)s”."),
    "item_retired": _("The item “%(item)s” is retired."),
    "item_still_has_items": _("Under “%(item)s” there are still items; retire those first."),
    "item_of_another_county": _("The item “%(item)s” belongs to another county."),
    "item_unchanged": _("This says nothing new about “%(item)s”."),
    "item_cell_missing": _("An item must say this."),
    "no_such_board": _("There is no board “%(board)s”."),
    "board_code_taken": _("There is a board with the code “%(code)s” already."),
    "not_a_limit": _("“%(text)s” is no time limit; write it like 4小时, 1天, 2紧急工作时 or 2紧急工作日."),
    "not_one_of": _("“%(text)s” is none of: %(known)s."),
    "not_a_number": _("“%(text)s” is not a whole number from 0 to %(most)s."),
    "evidence_without_a_photo": _("A photo taken nearby can only be asked for where photos are."),
    "text_too_long": _("This is longer than %(most)s characters."),
    "items_would_change": _("%(count)s items are there already and say something else; nothing was replaced."),
    "items_list_unknown": _("This is no list of items: it needs code and name, or category and sub-category."),
    "county_not_a_county": _("“%(place)s” is not a county."),
    "no_such_place": _("There is no place with the code %(code)s."),
    "no_such_post": _("There is no post “%(post)s” of “%(unit)s” that reaches over this place."),
    "post_does_not_reach": _("The post “%(post)s” does not reach over %(place)s."),
    "post_cannot_handle": _("The role of the post “%(post)s” does not let it deal with cases."),
    "responsibility_over": _("This responsibility has ended already."),
    "responsibility_later_there": _("From %(day)s on somebody else answers for this already; end that first."),
    "responsibility_ends_before_it_begins": _("It would end before it begins."),
    "not_a_calendar_day": _("“%(text)s” is no day; write it like 2026-03-02."),
}
