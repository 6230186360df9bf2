"""The small forms of the moves: what each asks."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from yiwang.cases import actions
from yiwang.cases.models import Case
from yiwang.cases.rules import APPROVED_TRACKS, Asked, Track, read_number
from yiwang.cases.words import TRACKS
from yiwang.catalogue.queries import answers_for
from yiwang.channels.web.allowed import MOMENT, between
from yiwang.channels.web.case.choices import (
    NO_POST,
    Choices,
    Sitting,
    by_unit,
    desks_below,
    items_of,
    named,
    places_of,
    posts_of,
    to_appraise,
)
from yiwang.channels.web.case.long_lists import LongSelect, LongTicks
from yiwang.channels.web.naming import place_name
from yiwang.people.roster import roster
from yiwang.people.rules import Duty

LONGEST_REASON = 2000
MOST_PARTS = 20
LEAST_HOURS, MOST_HOURS = 0.1, 100_000
COMES = frozenset({Duty.HANDLE, Duty.CHECK, Duty.MEDIATE, Duty.SUPERVISE})
_YES_NO = [("yes", _("Yes")), ("no", _("No"))]
# Django's own words, for the catalogue: it says them as a person would.
gettext_noop("This field is required.")


class MoveForm(forms.Form):
    """A move's inputs. `seen` is how many steps the case had when its reader opened the form."""

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, sitting: Sitting, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="move_%s", initial={"seen": sitting.case.steps})
        self.sitting = sitting
        self.offer()

    def offer(self) -> None:
        """Fill the lists from which is chosen."""

    def inputs(self) -> dict[str, Any]:
        """What was given, as the act takes it; what was left empty is not given."""
        given = ((name, value) for name, value in self.cleaned_data.items() if name != "seen")
        return {name: value for name, value in given if value not in (None, "", [])}

    def choose(self, name: str, choices: Choices, first: object = None) -> None:
        """Offer these in a list, one of them chosen already."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if first is not None:
            self.initial[name] = first


def words(label: Any, *, required: bool = True, help_text: Any = "", most: int = LONGEST_REASON) -> forms.CharField:
    shown = forms.Textarea(attrs={"class": "form-control", "rows": 3})
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text, widget=shown)


def choice(label: Any, *, required: bool = True, help_text: Any = "", filtered: bool = False) -> forms.ChoiceField:
    attrs = {"class": "form-select"} | ({"data-filtered": "yes"} if filtered else {})
    return forms.ChoiceField(label=label, required=required, help_text=help_text, widget=LongSelect(attrs=attrs))


def post_choice(label: Any, *, required: bool = True, help_text: Any = "") -> forms.TypedChoiceField:
    shown = LongSelect(attrs={"class": "form-select", "data-filtered": "yes"})
    return forms.TypedChoiceField(
        label=label, coerce=int, empty_value=None, required=required, help_text=help_text, widget=shown
    )


def several_posts(label: Any, *, required: bool) -> forms.TypedMultipleChoiceField:
    shown = LongTicks()
    return forms.TypedMultipleChoiceField(label=label, coerce=int, required=required, widget=shown)


def hours(label: Any, *, required: bool = True, help_text: Any = "") -> forms.FloatField:
    shown = forms.NumberInput(attrs={"class": "form-control", "step": "any"})
    return forms.FloatField(
        label=label, min_value=LEAST_HOURS, max_value=MOST_HOURS, required=required, help_text=help_text, widget=shown,
        error_messages=between(LEAST_HOURS, MOST_HOURS, 1.5),
    )  # fmt: skip


def yes_no(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=_YES_NO, coerce=lambda said: said == "yes", widget=forms.RadioSelect
    )


# One form a kind of move


class Reasoned(MoveForm):
    """A move that says why."""

    reason = words(_("Reason"))


class ToldToReporter(MoveForm):
    """A move whose reason the reporter reads."""

    reason = words(_("Reason"), help_text=_("The reporter reads this."))


class MayReason(MoveForm):
    """A move that may say why."""

    reason = words(_("Remark"), required=False)


class Accept(MoveForm):
    """What it is and where."""

    item = choice(_("Item"), filtered=True)
    place = choice(_("Place"), filtered=True)

    def offer(self) -> None:
        items, proposed = items_of(self.sitting)
        self.choose("item", items, proposed)
        self.choose("place", places_of(self.sitting), self.sitting.case.place)


class Reclassify(Accept):
    """What it is and where, said anew, and why."""

    reason = words(_("Reason"))


class Merge(MoveForm):
    """Into which case."""

    into = forms.CharField(
        label=_("Number of the other case"), max_length=30,
        widget=forms.TextInput(attrs={"class": "form-control", "inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    reason = words(_("Remark"), required=False)

    def clean_into(self) -> int:
        number = read_number(self.cleaned_data["into"])
        if number is None:
            raise forms.ValidationError(_("A case has a number of sixteen digits."))
        return number


class Split(MoveForm):
    """Into which parts."""

    parts = words(
        _("Parts, each on a line of its own"), help_text=_("Each line becomes a case of its own."), most=5000
    )
    reason = words(_("Remark"), required=False)

    def clean_parts(self) -> list[actions.PartTold]:
        lines = [line.strip() for line in self.cleaned_data["parts"].splitlines() if line.strip()]
        if len(lines) > MOST_PARTS:
            raise forms.ValidationError(_("At most %(most)s parts."), params={"most": MOST_PARTS})
        return [actions.PartTold(line) for line in lines]


class PassDown(Reasoned):
    """To which desk further down."""

    to = choice(_("To which desk"))
    field_order = ("to", "reason")

    def offer(self) -> None:
        self.choose("to", [(spot.code, place_name(spot.code)) for spot in desks_below(self.sitting)])


class ProposeTrack(Reasoned):
    """Which track, with which limit."""

    track = choice(_("Track"))
    hours = hours(_("Limit in hours, on the item’s own clock"))
    field_order = ("track", "hours", "reason")

    def offer(self) -> None:
        self.choose("track", [(track.value, TRACKS[track]) for track in Track if track in APPROVED_TRACKS])

    def clean_track(self) -> Track:
        return Track(self.cleaned_data["track"])


class GrantTrack(MoveForm):
    """As proposed, or with another limit."""

    hours = hours(_("Another limit in hours"), required=False, help_text=_("Left empty: as proposed."))


class Dispatch(MoveForm):
    """To which post, helped by which, on which track."""

    lead = post_choice(_("Lead"))
    assisting = several_posts(_("Helping posts"), required=False)
    track = choice(_("Track"), required=False)

    def offer(self) -> None:
        sitting, case = self.sitting, self.sitting.case
        able = posts_of(sitting)
        answers = answers_for(case.item_id, case.place, on=sitting.on).post_id if case.item_id else None
        proposed = [line for line in able if line.id == answers]
        others = by_unit(line for line in able if line.id != answers)
        first = (gettext("Answers for it"), named(line.id for line in proposed)) if proposed else NO_POST
        self.choose("lead", [first, *others], answers if proposed else None)
        self.choose("assisting", named(line.id for line in able))
        # What needs an approval is offered once it was approved.
        granted = {one.track for one in sitting.whole.petitions if one.asked == Asked.TRACK and one.granted}
        open_now = [track for track in Track if track not in APPROVED_TRACKS or track.value in granted]
        tracks = [(track.value, TRACKS[track]) for track in open_now]
        self.choose("track", [("", gettext("As the helping posts make it")), *tracks])

    def clean_track(self) -> Track | None:
        return Track(self.cleaned_data["track"]) if self.cleaned_data["track"] else None


class AssignFirmly(Dispatch):
    """To which post for good, and why."""

    reason = words(_("Reason"))


class CallIn(Reasoned):
    """Which post is called in to help."""

    post = post_choice(_("Post"))
    field_order = ("post", "reason")

    def offer(self) -> None:
        case = self.sitting.case
        free = posts_of(self.sitting, but=[*case.assisting, *([case.lead_id] if case.lead_id else [])])
        self.choose("post", [NO_POST, *by_unit(free)])


class Delegate(MoveForm):
    """To which post of the same unit."""

    post = post_choice(_("Post"))
    reason = words(_("Remark"), required=False)

    def offer(self) -> None:
        case = self.sitting.case
        unit = roster().beside(case.lead_id)
        able = posts_of(self.sitting, but=[case.lead_id or 0, *case.assisting])
        self.choose("post", [NO_POST, *by_unit(line for line in able if line.id in unit)])


class ReleasePart(Reasoned):
    """Which helping post may go."""

    post = post_choice(_("Post"))
    field_order = ("post", "reason")

    def offer(self) -> None:
        self.choose("post", named(self.sitting.case.assisting))


class InPost(MoveForm):
    """In which of one's posts; asked only of whoever has several of them in the case."""

    post = post_choice(_("In which post"), required=False)
    having: Callable[[Case], list[int]] = staticmethod(lambda case: case.assisting)

    def offer(self) -> None:
        mine = [post for post in self.having(self.sitting.case) if post in self.sitting.by.posts]
        if len(mine) < 2:
            del self.fields["post"]
        else:
            self.choose("post", named(mine))


class FinishPart(InPost):
    """What was done."""

    note = words(_("What was done"))


class Whistle(Reasoned):
    """For which posts."""

    posts = several_posts(_("Posts"), required=True)
    field_order = ("posts", "reason")

    def offer(self) -> None:
        called = [*self.sitting.case.summoned, *self.sitting.by.posts]
        self.choose("posts", named(line.id for line in posts_of(self.sitting, COMES, but=called)))


class Appraise(MoveForm):
    """How the post that came did."""

    post = post_choice(_("Post"))
    score = forms.TypedChoiceField(
        label=_("Score"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[(n, str(n)) for n in range(5, 0, -1)],
        help_text=_("Five is the best."),
    )
    words = words(_("In words"), required=False, most=500)

    def offer(self) -> None:
        self.choose("post", named(dict.fromkeys(to_appraise(self.sitting))))


class AskMoreTime(Reasoned):
    """How many hours more."""

    hours = hours(_("How many hours more"), help_text=_("On the limit’s own clock; at most one original limit."))
    field_order = ("hours", "reason")


class AskPause(ToldToReporter):
    """Until when, in the installation's zone."""

    until = forms.DateTimeField(
        label=_("Stand still until"),
        error_messages=MOMENT,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"class": "form-control", "type": "datetime-local"}),
    )
    field_order = ("until", "reason")


class CallBack(MoveForm):
    """What the reporter says."""

    solved = yes_no(_("Is it solved?"))
    satisfied = yes_no(_("Is the reporter satisfied?"))
    words = words(_("In the reporter’s words"), required=False)
    way = forms.ChoiceField(
        label=_("How they were asked"), choices=[("phone", _("By phone")), ("message", _("By message"))],
        widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip

    def clean_way(self) -> actions.Way:
        return actions.Way(self.cleaned_data["way"])


class NoAnswer(MoveForm):
    """How it was tried."""

    words = words(_("How it was tried"), required=False)

    def inputs(self) -> dict[str, Any]:
        return {"words": self.cleaned_data["words"]}
