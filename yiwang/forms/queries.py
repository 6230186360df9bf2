"""What can be asked of forms: which there are, what was asked already, who has returned, what came of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone

from yiwang.cases.access import Actor
from yiwang.forms.access import person_in, supervised, units_of
from yiwang.forms.models import Addressee, Draft, Form, Question, Reminder, Return, Series
from yiwang.forms.policy import likeness_in
from yiwang.forms.rules import (
    Known,
    State,
    Summed,
    Wanted,
    known_anyway,
    likeness,
    newest,
    round_days,
    summed,
)
from yiwang.people.models import Holding, Role
from yiwang.people.roster import roster
from yiwang.people.rules import WHOLE, Duty
from yiwang.plumbing.refusals import Unseen
from yiwang.plumbing.walls.ground import EVERYWHERE, lies_in
from yiwang.workload.matters import Worker, workers_in
from yiwang.workload.policy import minutes_in
from yiwang.workload.queries import minutes_asked
from yiwang.workload.rules import is_over, monday_of

MOST_LISTED = 200
ORDERS = {"": ("-asked_at", "-pk"), "pressing": ("-open", "due_at", "pk"), "place": ("place", "-asked_at", "-pk")}
"""How forms can be ordered: the newest first where nothing else is asked for."""
_REMEMBERED = 50


@dataclass(frozen=True, slots=True)
class Again:
    """A question that was asked already of some of the same people. `seen`: the asker may use its answers."""

    text: str
    question: Question
    form: Form
    people: int
    answers: int
    seen: bool


@dataclass(frozen=True, slots=True)
class Check:
    """What is to be known before a form goes out: asked again, known anyway, of whom, who is over the limit then.

    `rounds`: the days on which it is asked; `minutes`: what all of them cost all of the people; `over`: of this week.
    """

    again: list[Again]
    known: list[tuple[str, Known]]
    people: list[Worker]
    minutes: int
    over: list[int]
    rounds: list[date]

    @property
    def is_asked_already(self) -> bool:
        """Whether a reason is needed to ask nevertheless."""
        return bool(self.again or self.known)


@dataclass(frozen=True, slots=True)
class Standing:
    """A form with its questions, whom it was asked of, and the newest return of each who sent one in."""

    form: Form
    questions: list[Question]
    people: list[Addressee]
    returns: dict[int, Return]

    @property
    def missing(self) -> list[Addressee]:
        """Who has not returned it."""
        return [one for one in self.people if one.person not in self.returns]

    @property
    def sums(self) -> list[tuple[Question, Summed]]:
        """What came of each question, out of the newest returns."""
        kept = newest((one.pk, one.person, one.answers) for one in self.returns.values()).values()
        return [(one, summed(one.asks, [said.get(str(one.pk)) for said in kept])) for one in self.questions]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A form that waits for a worker, or may still be corrected; `returned`: when it was sent in."""

    form: Form
    returned: datetime | None
    reminded: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A form with how many were asked and how many have returned it."""

    form: Form
    people: int
    returned: int


@dataclass(frozen=True, slots=True)
class OfPerson:
    """A form that somebody was asked, and when they returned it. `seen`: whether the actor may look at it itself."""

    form: Form
    returned: datetime | None
    seen: bool


@dataclass(frozen=True, slots=True)
class Which:
    """Which forms are wanted: on a ground (its code), `overdue` with somebody missing, and in which of `ORDERS`."""

    place: str = ""
    overdue: bool = False
    sort: str = ""


def visible_to(actor: Actor) -> QuerySet[Form]:
    """The forms of the units for which the actor asks, and those asked on ground that they supervise."""
    grounds = supervised(actor)
    theirs = lies_in("place", EVERYWHERE if WHOLE in grounds else grounds)
    return Form.objects.filter(theirs | Q(unit__in=units_of(actor)))


def form(actor: Actor, number: int) -> Form:
    """One of them; refuses what the actor does not see."""
    found = visible_to(actor).filter(pk=number).first()
    if found is None:
        raise Unseen("no_such_form")
    return found


def listed(actor: Actor, which: Which, *, now: datetime) -> list[Counted]:
    """The first forms of these that the actor sees."""
    found = visible_to(actor).filter(lies_in("place", [which.place] if which.place else EVERYWHERE))
    if which.overdue:
        theirs = Return.objects.filter(form=OuterRef("form"), person=OuterRef("person"))
        missing = Addressee.objects.filter(~Exists(theirs), form=OuterRef("pk"))
        found = found.filter(Exists(missing), state=State.ASKED, due_at__lt=now)
    is_open = ExpressionWrapper(Q(state=State.ASKED, closes_at__gt=now), BooleanField())
    return _counted(list(found.alias(open=is_open).order_by(*ORDERS[which.sort])[:MOST_LISTED]))


def rounds_of(actor: Actor, one: Form) -> list[Counted]:
    """All rounds so far of the series of a form, the last first; none where it stands alone."""
    if one.series_id is None:
        return []
    return _counted(list(visible_to(actor).filter(county=one.county, series=one.series_id).order_by("-round")))


def running_series(one: Form) -> Series | None:
    """The series of a form while another round is to come."""
    if one.series_id is None:
        return None
    return Series.objects.filter(county=one.county, pk=one.series_id, next_on__isnull=False).first()


def _counted(forms: Sequence[Form]) -> list[Counted]:
    asked: defaultdict[int, int] = defaultdict(int)
    for one in Addressee.objects.filter(form__in=forms).values_list("form_id", flat=True):
        asked[one] += 1
    sent = set(Return.objects.filter(form__in=forms).values_list("form_id", "person"))
    returned: defaultdict[int, int] = defaultdict(int)
    for one, _person in sent:
        returned[one] += 1
    return [Counted(one, asked[one.pk], returned[one.pk]) for one in forms]


def asked_again(actor: Actor, *, week: date) -> list[Form]:
    """The forms that the actor sees, of the week from this Monday on, which were asked although they were before."""
    asked = visible_to(actor).filter(_within(week))
    return list(asked.exclude(nevertheless="").order_by("asked_at", "pk"))


def asked_of(actor: Actor, person: int, *, week: date) -> list[OfPerson]:
    """The forms of the week from this Monday on that were asked of a worker on ground that the actor supervises.

    Also those that somebody above asked: that it was asked is load; what was answered stays between the two.
    """
    grounds = supervised(actor)
    here = lies_in("place", EVERYWHERE if WHOLE in grounds else grounds)
    asked = Addressee.objects.filter(here, person=person).values("form")
    forms = list(Form.objects.filter(_within(week), pk__in=asked).order_by("asked_at", "pk"))
    sent = dict(
        Return.objects.filter(here, form__in=forms, person=person).order_by("-pk").values_list("form_id", "at")
    )
    seen = set(visible_to(actor).filter(pk__in=[one.pk for one in forms]).values_list("pk", flat=True))
    return [OfPerson(one, sent.get(one.pk), one.pk in seen) for one in forms]


def _within(week: date) -> Q:
    begin = timezone.make_aware(datetime.combine(week, time.min))
    return Q(asked_at__gte=begin, asked_at__lt=begin + timedelta(days=7))


def standing(actor: Actor, number: int) -> Standing:
    """How a form stands, for whoever sees it."""
    return standing_of(form(actor, number))


def standing_of(found: Form) -> Standing:
    """The same of a form that somebody was let see."""
    here = {"county": found.county, "form": found}
    returns = {one.person: one for one in Return.objects.filter(**here).order_by("pk")}
    questions = list(Question.objects.filter(**here).order_by("pk"))
    return Standing(found, questions, list(Addressee.objects.filter(**here).order_by("place", "person")), returns)


def waiting(actor: Actor, *, now: datetime) -> list[Waiting]:
    """The forms that are open for the actor, those not returned first, then by their due date."""
    person = person_in(actor)
    mine = Addressee.objects.filter(person=person).values("form")
    forms = list(Form.objects.filter(pk__in=mine, state=State.ASKED, closes_at__gt=now).order_by("due_at", "pk"))
    sent = dict(Return.objects.filter(form__in=forms, person=person).order_by("pk").values_list("form_id", "at"))
    reminded = set(Reminder.objects.filter(form__in=forms).values_list("form_id", flat=True))
    found = [Waiting(one, sent.get(one.pk), one.pk in reminded) for one in forms]
    return sorted(found, key=lambda one: one.returned is not None)


def to_fill(actor: Actor, number: int) -> Standing:
    """A form that the actor is asked, without what others sent in."""
    person = person_in(actor)
    asked = Addressee.objects.filter(form=number, person=person).first()
    found = Form.objects.filter(pk=number).first() if asked else None
    if found is None or asked is None:
        raise Unseen("no_such_form")
    own = Return.objects.filter(form=found, person=person).order_by("pk")
    questions = list(Question.objects.filter(form=found).order_by("pk"))
    return Standing(found, questions, [asked], {one.person: one for one in own})


def begun(actor: Actor, stands: Standing) -> Mapping[str, str]:
    """What stands in the worker's form: the draft, what was sent in, or the last answers to the same."""
    person = person_in(actor)
    draft = Draft.objects.filter(form=stands.form, person=person).first()
    if draft:
        return dict(draft.answers)
    if person in stands.returns:
        return dict(stands.returns[person].answers)
    return _last_said(person, stands.questions)


def _last_said(person: int, questions: Sequence[Question]) -> dict[str, str]:
    returns = list(Return.objects.filter(person=person).order_by("-pk")[:_REMEMBERED])
    said = {int(number): answer for one in reversed(returns) for number, answer in one.answers.items()}
    wanted = {(one.bare, one.kind, one.unit): str(one.pk) for one in questions}
    before = Question.objects.filter(pk__in=said, bare__in={one.bare for one in questions}).order_by("pk")
    return {
        number: said[one.pk] for one in before if (number := wanted.get((one.bare, one.kind, one.unit))) is not None
    }


def people_in(place: str, *, role: str, on: date) -> list[Worker]:
    """Who is asked on a ground (its code): who holds a post of this role there, without one the grid workers."""
    if not role:
        # Heads of courtyards are asked by their role.
        return [one for one in workers_in(place[:6], on=on) if one.ground.startswith(place)]
    held = Holding.objects.filter(lies_in("post__ground", [place]), since__lte=on, post__role__code=role)
    rows = held.exclude(until__lte=on).order_by("pk").values_list("person_id", "post_id")
    found = {person: post for person, post in rows if (line := roster().get(post)) and line.serves(line.ground, on)}
    return [Worker(person, post, line.ground) for person, post in found.items() if (line := roster().get(post))]


def check(wanted: Wanted, *, by: Actor, now: datetime) -> Check:
    """What is asked or known already of a form that is being written, and what it costs whom."""
    people = people_in(wanted.place, role=wanted.role, on=timezone.localdate(now))
    known = [(one.text, found) for one in wanted.questions if (found := known_anyway(one.text))]
    days = round_days(timezone.localdate(now), wanted.rounds)
    limit = minutes_in(wanted.place[:6])
    asked = minutes_asked([one.person for one in people], week=monday_of(timezone.localdate(now)))
    over = [
        one.person for one in people
        if is_over(asked.get(one.person, 0) + wanted.minutes, limit) and not is_over(asked.get(one.person, 0), limit)
    ]  # fmt: skip
    return Check(
        _asked_before(wanted, people, by, now), known, people, wanted.minutes * len(people) * len(days), over, days
    )


def _asked_before(wanted: Wanted, people: Sequence[Worker], by: Actor, now: datetime) -> list[Again]:
    """Of each question the one that is most like it, out of what was asked of the same people.

    Forms asked lately, still open, or of a series that goes on.
    """
    still = Q(state=State.ASKED, closes_at__gt=now) | Q(series__next_on__isnull=False)
    same = likeness_in(wanted.place[:6])
    lately = Q(asked_at__gte=now - timedelta(days=same.days)) | still
    asked_lately = Form.objects.filter(lately, county=wanted.place[:6]).exclude(state=State.STOPPED)
    forms = {one.pk: one for one in asked_lately.select_related("series")}
    here = {one.person for one in people}
    reached: defaultdict[int, set[int]] = defaultdict(set)
    asked = Addressee.objects.filter(form__in=forms, person__in=here).values_list("form_id", "person")
    for number, person in asked:
        reached[number].add(person)
    questions = list(Question.objects.filter(form__in=reached))
    found = [
        (one.text, best) for one in wanted.questions
        if (best := max(questions, key=lambda q: (likeness(q.text, one.text), q.pk), default=None))
        and same.is_same(best.text, one.text)
    ]  # fmt: skip
    seen = set(visible_to(by).filter(pk__in={q.form_id for _text, q in found}).values_list("pk", flat=True))
    sent = set(Return.objects.filter(form__in={q.form_id for _text, q in found}).values_list("form_id", "person"))
    return [
        Again(
            text, q, forms[q.form_id], len(reached[q.form_id]), sum(number == q.form_id for number, _p in sent),
            q.form_id in seen,
        )
        for text, q in found
    ]  # fmt: skip


def roles_outside() -> list[Role]:
    """The roles whose posts find what waits for them on the telephone, and so can be asked."""
    return list(Role.objects.filter(county=None, duties__overlap=[Duty.CHECK.value, Duty.VISIT.value]))
