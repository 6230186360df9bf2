"""Every move that people make: its form, its act, its key, and what it will do. The most usual stand first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yiwang.cases import actions, queries
from yiwang.cases.access import desk_above
from yiwang.cases.models import Assignment, Case
from yiwang.cases.rules import (
    Asked,
    Ending,
    Given,
    Part,
    hand_back_until,
    may_not_extend,
    may_not_hand_back,
)
from yiwang.cases.words import MOVES
from yiwang.catalogue.queries import catalogue
from yiwang.channels.web.case import forms, photos
from yiwang.channels.web.case.choices import Sitting, desks_below, posts_of, to_appraise
from yiwang.channels.web.case.forms import MoveForm
from yiwang.people.roster import roster
from yiwang.plumbing.worktime.queries import calendar_for

Occasion = Callable[[Sitting], bool]


def _always(_sitting: Sitting) -> bool:
    return True


def _asked(kind: Asked) -> Occasion:
    """Something of this kind waits for an answer."""
    return lambda sitting: any(p.asked == kind and p.decided_at is None for p in sitting.whole.petitions)


def _not_asked(kind: Asked) -> Occasion:
    waits = _asked(kind)
    return lambda sitting: not waits(sitting)


def _helped(sitting: Sitting) -> bool:
    return bool(sitting.case.assisting)


def _unsigned(sitting: Sitting) -> bool:
    own = (part for part in sitting.whole.parts if part.post_id in sitting.by.posts and part.ended_at is None)
    return any(part.signed_at is None and part.post_id in sitting.case.assisting for part in own)


def _may_be_handed_back(sitting: Sitting) -> bool:
    """A button that could only be refused is none."""
    case, part = sitting.case, _of_lead(sitting)
    if part is None:
        return False
    leads = sorted((one for one in sitting.whole.parts if one.part == Part.LEAD), key=lambda one: one.pk)
    turns = [Given(one.post_id, one.ending == Ending.HANDED_BACK) for one in leads]
    until = hand_back_until(part.given_at, part.handle_due, calendar_for(case.place))
    return not may_not_hand_back(turns, firm=case.firm, now=timezone.now(), until=until)


def _may_be_extended(sitting: Sitting) -> bool:
    part = _of_lead(sitting)
    late = part is None or may_not_extend(now=timezone.now(), due=part.handle_due, granted=sitting.case.extensions)
    return not late and _not_asked(Asked.MORE_TIME)(sitting)


def _may_be_paused(sitting: Sitting) -> bool:
    return not sitting.case.paused_before and _not_asked(Asked.PAUSE)(sitting)


def _of_lead(sitting: Sitting) -> Assignment | None:
    return next((part for part in sitting.whole.parts if part.part == Part.LEAD and part.ended_at is None), None)


def _has_colleagues(sitting: Sitting) -> bool:
    """Somebody of the unit could take it, and it is for this person to say so."""
    unit, case = roster().beside(sitting.case.lead_id), sitting.case
    ours = not unit.isdisjoint(sitting.by.posts)
    return ours and any(line.id in unit for line in posts_of(sitting, but=[case.lead_id or 0, *case.assisting]))


def _on_the_spot(sitting: Sitting) -> bool:
    line = catalogue().get(sitting.case.item_id) if sitting.case.item_id else None
    return line is None or line.content.on_the_spot


def _has_above(sitting: Sitting) -> bool:
    return bool(desk_above(sitting.case, on=sitting.on))


def _has_below(sitting: Sitting) -> bool:
    return bool(desks_below(sitting))


def _called(sitting: Sitting) -> bool:
    return any(True for _post in to_appraise(sitting))


@dataclass(frozen=True, slots=True)
class Offer:
    """A move as the page offers it. `occasion`: whether there is anything to it now; `says`: what it will do."""

    takes: type[MoveForm]
    act: Callable[..., Case]
    key: str = ""
    says: Any = ""
    occasion: Occasion = _always
    words: Any = ""


# No move of the table, and beside `call_back`: the reporter was tried in vain.
NO_ANSWER = "no_answer"

_GOES_ON = _("Whoever approves it decides; until then the clock goes on.")

OFFERS = {
    "accept": Offer(forms.Accept, actions.accept, "a"),
    "dispatch": Offer(forms.Dispatch, actions.dispatch, "d"),
    "sign_for": Offer(
        MoveForm, actions.sign_for, "s", _("Your post takes the case, and is responsible for it from now on.")
    ),
    "finish": Offer(
        photos.Finish, actions.finish, "f", _("Somebody else will look whether it is done. It leaves your list.")
    ),
    "confirm": Offer(photos.Confirm, actions.confirm, "c"),
    "send_back": Offer(photos.SendBack, actions.send_back, "b", _("It goes back to the same lead, as not done.")),
    "call_back": Offer(forms.CallBack, actions.call_back, "c"),
    NO_ANSWER: Offer(
        forms.NoAnswer, actions.no_answer, "n", _("After three attempts in vain the case may be closed."),
        words=_("Not reached"),
    ),
    "close": Offer(
        forms.MayReason, actions.close, "x",
        _("This ends the case. Within 14 days its reporter can have it reopened."),
    ),
    "sign_part": Offer(forms.InPost, actions.sign_part, "q", occasion=_unsigned),
    "finish_part": Offer(forms.FinishPart, actions.finish_part, "v", _("Your post’s part ends.")),
    "report_in": Offer(photos.ReportIn, actions.report_in, "i", _("Time and position are kept.")),
    "grant_more_time": Offer(
        MoveForm, actions.grant_more_time, "y", _("Lead, helping posts and reporter are promised the new date."),
        _asked(Asked.MORE_TIME),
    ),
    "refuse_more_time": Offer(forms.Reasoned, actions.refuse_more_time, occasion=_asked(Asked.MORE_TIME)),
    "grant_pause": Offer(
        MoveForm, actions.grant_pause, says=_("All clocks of the case stand still until then."),
        occasion=_asked(Asked.PAUSE),
    ),
    "refuse_pause": Offer(forms.Reasoned, actions.refuse_pause, occasion=_asked(Asked.PAUSE)),
    "grant_track": Offer(forms.GrantTrack, actions.grant_track, occasion=_asked(Asked.TRACK)),
    "refuse_track": Offer(forms.Reasoned, actions.refuse_track, occasion=_asked(Asked.TRACK)),
    "grant_help": Offer(
        MoveForm, actions.grant_help, "g", _("The post that was asked for helps from now on, on a clock of its own."),
        _asked(Asked.HELP),
    ),
    "refuse_help": Offer(forms.Reasoned, actions.refuse_help, occasion=_asked(Asked.HELP)),
    "hand_back": Offer(
        forms.Reasoned, actions.hand_back, "b", _("The case goes back to the centre; helping posts are released."),
        _may_be_handed_back,
    ),
    "ask_more_time": Offer(forms.AskMoreTime, actions.ask_more_time, "t", _GOES_ON, _may_be_extended),
    "ask_help": Offer(
        forms.CallIn, actions.ask_help, "h", _("The centre decides; until then you go on alone."),
        _not_asked(Asked.HELP),
    ),
    "delegate": Offer(
        forms.Delegate, actions.delegate, "z",
        _("The other post leads from now on, in the time that is left: no clock moves."), _has_colleagues,
    ),
    "reopen": Offer(
        forms.ToldToReporter, actions.reopen, "o", _("The same lead deals with it again, in half of the limit.")
    ),
    "merge": Offer(
        forms.Merge, actions.merge, "m", _("This report ends here: its reporter follows the other case from now on.")
    ),
    "decline": Offer(forms.ToldToReporter, actions.decline, "x", _("This ends the case; it is not taken on.")),
    "reclassify": Offer(forms.Reclassify, actions.reclassify, "r", _("An approved track ends with it.")),
    "assign_firmly": Offer(
        forms.AssignFirmly, actions.assign_firmly, "g", _("The post cannot hand it back any more.")
    ),
    "split": Offer(forms.Split, actions.split, "p", _("This case goes on in its parts only. That cannot be undone.")),
    "settle": Offer(
        photos.Settle, actions.settle, "e", _("It counts as dealt with by your post; somebody else will look."),
        _on_the_spot,
    ),
    "separate": Offer(forms.Reasoned, actions.separate, "s", _("The report is back in the inbox, as new.")),
    "whistle": Offer(forms.Whistle, actions.whistle, "w", _("Each post has two hours to report in on the spot.")),
    "appraise": Offer(forms.Appraise, actions.appraise, occasion=_called),
    "call_in": Offer(forms.CallIn, actions.call_in, "n"),
    "release_part": Offer(
        forms.ReleasePart, actions.release_part, says=_("The post’s part ends undone."), occasion=_helped
    ),
    "ask_pause": Offer(forms.AskPause, actions.ask_pause, says=_GOES_ON, occasion=_may_be_paused),
    "resume": Offer(forms.MayReason, actions.resume, "r"),
    "propose_track": Offer(forms.ProposeTrack, actions.propose_track, "t", occasion=_not_asked(Asked.TRACK)),
    "pass_up": Offer(
        forms.Reasoned, actions.pass_up, "u", occasion=_has_above,
        says=_("The desk above decides from now on. It stays in sight here, and comes back when it is passed down."),
    ),
    "pass_down": Offer(
        forms.PassDown, actions.pass_down, occasion=_has_below,
        says=_("The desk below answers for it from now on. It stays in sight here, and can be dealt with here too."),
    ),
    "recall": Offer(
        forms.Reasoned, actions.recall, "l", _("The case is taken from its post and is on the centre’s desk again.")
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenMove:
    """One button: the move's name, its words and its key."""

    name: str
    words: str
    key: str


def wording(name: str) -> str:
    """What a move is called."""
    return str(OFFERS[name].words or MOVES[name])


def open_now(sitting: Sitting) -> Iterator[OpenMove]:
    """The moves that the table has for this person now and that there is occasion for, the most usual first."""
    names = set(queries.moves_open_to(sitting.by, sitting.case))
    names |= {NO_ANSWER} if "call_back" in names else set()
    for name, offer in OFFERS.items():
        if name in names and offer.occasion(sitting):
            yield OpenMove(name, wording(name), offer.key)
