"""Words of people, units and posts: duties, role sets, refusals."""

from django.utils.translation import gettext_lazy as _

from yiwang.people.rules import Duty

DUTIES = {
    Duty.REPORT: _("Report"),
    Duty.TRIAGE: _("Classify"),
    Duty.DISPATCH: _("Dispatch"),
    Duty.HANDLE: _("Handle"),
    Duty.CHECK: _("Check"),
    Duty.CALL_BACK: _("Call back"),
    Duty.WHISTLE: _("Whistle"),
    Duty.APPROVE: _("Approve"),
    Duty.SUPERVISE: _("Supervise"),
    Duty.ASSIGN_TASKS: _("Send task lists"),
    Duty.VISIT: _("Visit households"),
    Duty.CONVENE: _("Convene councils"),
    Duty.MEDIATE: _("Mediate"),
    Duty.PUBLISH: _("Publish"),
    Duty.SEE_NUMBERS: _("See statistics"),
    Duty.SEE_PERSONAL: _("Uncover personal details"),
    Duty.INVESTIGATE: _("Open sealed complaints"),
    Duty.AUDIT: _("Read the audit trail"),
    Duty.DRAW_GROUND: _("Draw the ground"),
    Duty.ADMINISTER: _("Administer people and posts"),
}

ROLE_SETS = {
    "four_level": _("Four-level crew"),
    "five_level": _("Five-level grid"),
    "boards": _("Boards of a town"),
    "command_centre": _("Command centre"),
    "departments": _("Departments"),
    "street_chiefs": _("Street chiefs"),
    "courtyard": _("Courtyard"),
    "leadership": _("Leaders and inspectors"),
    "administration": _("Administration"),
}

REFUSALS = {
    "duty_not_held_there": _("Your posts do not carry this duty on that ground (%(place)s)."),
    "administering_oneself": _("Nobody changes their own account, posts or roles; ask another administrator."),
    "account_reaches_further": _("%(name)s also serves on ground that you do not administer."),
    "only_for_the_whole_installation": _(
        "Who opens sealed complaints is looked after by the administrators of the whole installation only."
    ),
    "role_of_another_county": _("The role “%(role)s” belongs to another county."),
    "login_taken": _("Somebody has the login name “%(login)s” already."),
    "phone_taken": _("Somebody has the phone number %(phone)s already."),
    "not_the_first_account": _("There are accounts already; sign in and open further ones there."),
    "old_password_wrong": _("The old password is not right."),
    "password_not_new": _("The new password is the old one."),
    "own_password_first": _(
        "This would be the first real account: choose a password of your own before, yours stands on the sign-in page."
    ),
    "password_everybody_knows": _("This password stands on the sign-in page of every demonstration."),
    "password_too_weak": _("This password will not do. %(why)s"),
    "account_closed": _("The account of %(name)s is closed."),
    "unit_name_taken": _("There is a unit called “%(unit)s” on this ground already."),
    "parent_unit_elsewhere": _("The unit above, “%(unit)s”, does not reach over this ground."),
    "unit_above_itself": _("“%(unit)s” would stand above itself."),
    "unit_still_has_posts": _("“%(unit)s” still has posts or units; abolish those first."),
    "unit_closed": _("“%(unit)s” is closed."),
    "post_outside_its_unit": _("The post's ground lies outside that of its unit “%(unit)s”."),
    "post_abolished": _("The post “%(post)s” is abolished by then."),
    "post_not_there_then": _("The post “%(post)s” is not there on all of these days."),
    "already_in_post": _("%(name)s holds the post “%(post)s” on some of these days already."),
    "holding_ends_before_it_begins": _("The last day lies before the first."),
    "holding_over": _("This has ended already."),
    "role_code_taken": _("There is a role with the code “%(code)s” already."),
    "no_such_duty": _("There is no such duty: %(duty)s."),
    "no_such_session": _("This session has ended already."),
    "token_beyond_its_owner": _("A token carries only duties that you have yourself on all of its ground."),
    "duty_not_for_programs": _("Sealed complaints are opened by people, never by programs."),
    "token_lasts_a_year_at_most": _("A token ends in the future, within a year."),
    "second_factor_there": _("A second factor is set up already; an administrator can remove it."),
    "no_second_factor": _("No second factor is set up."),
    "code_too_soon": _("Too many wrong codes; wait a little and try again."),
    "cell_missing": _("This cell must be filled in."),
    "no_such_ground": _("There is no place with the code %(code)s."),
    "no_such_role": _("There is no role “%(role)s” that you may give."),
    "no_such_unit": _("There is no unit “%(unit)s” on this ground or above it."),
    "no_such_unit_kind": _("The unit is new; “%(kind)s” is no kind of unit."),
    "not_a_day": _("“%(text)s” is not a day; write it like 2026-03-02."),
    "row_is_two_people": _("The login name %(login)s and the phone number %(phone)s belong to two people."),
    "question_decided": _("This was decided already."),
    "not_a_successor": _("“%(place)s” does not follow the old ground."),
}
