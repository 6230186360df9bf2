"""Everything that can be done with people, units, posts and roles, and with what people sign in with.

Each act asks whether `by` administers the ground in question, writes the audit trail, and tells every process that
grants changed. Nobody administers themselves; nobody gives what lies outside their own ground.
"""

from yiwang.people.actions.accounts import (
    change_account,
    choose_password,
    close_account,
    open_account,
    reopen_account,
    reset_password,
)
from yiwang.people.actions.exports import export_people
from yiwang.people.actions.founding import found_installation
from yiwang.people.actions.holdings import appoint, end_holding
from yiwang.people.actions.imports import Imported, import_people
from yiwang.people.actions.posts import abolish_post, change_post, establish_post
from yiwang.people.actions.redrawing import decide_ground, follow_redrawing
from yiwang.people.actions.roles import change_role, define_role
from yiwang.people.actions.second_factor import (
    Enrolment,
    begin_second_factor,
    check_second_factor,
    confirm_second_factor,
    remove_second_factor,
    resume_second_factor,
)
from yiwang.people.actions.sessions import clear_expired_sessions, sign_out, sign_out_everywhere
from yiwang.people.actions.templates import template
from yiwang.people.actions.tokens import USE_NOTED_EVERY, issue_token, note_token_use, revoke_token
from yiwang.people.actions.units import change_unit, close_unit, establish_unit

__all__ = [
    "USE_NOTED_EVERY",
    "Enrolment",
    "Imported",
    "abolish_post",
    "appoint",
    "begin_second_factor",
    "change_account",
    "change_post",
    "change_role",
    "change_unit",
    "check_second_factor",
    "choose_password",
    "clear_expired_sessions",
    "close_account",
    "close_unit",
    "confirm_second_factor",
    "decide_ground",
    "define_role",
    "end_holding",
    "establish_post",
    "establish_unit",
    "export_people",
    "follow_redrawing",
    "found_installation",
    "import_people",
    "issue_token",
    "note_token_use",
    "open_account",
    "remove_second_factor",
    "reopen_account",
    "reset_password",
    "resume_second_factor",
    "revoke_token",
    "sign_out",
    "sign_out_everywhere",
    "template",
]
