"""Flaws of a reply, in words that say what to do."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from yiwang.replies.rules import Flaw

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

FLAWS: "dict[Flaw, StrPromise]" = {
    Flaw.PASSED_ON: _("It only says that somebody else has it or that it is being dealt with: say what was done."),
    Flaw.VAGUE: _("It says that something was done, but not what."),
    Flaw.NOTHING_DONE: _("It does not say what was done."),
    Flaw.NO_DATE: _("It promises something: say until when."),
    Flaw.BESIDE: _("It shares no word with what was asked: does it answer that?"),
    Flaw.PERSONAL: _("It holds personal data, and the reporter reads it: take it out."),
    Flaw.COPY: _("The same words were sent to another reporter: say what was done here."),
}
