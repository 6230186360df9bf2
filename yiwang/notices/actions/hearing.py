"""What follows from what a room announced: of what is somebody told, and who. Nothing is written here.

Each asks whether what was said still holds: nobody is told today of what is over. A key names the thing that happened
(a step of a history, a note, a petition), so that a job that runs twice tells once.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from yiwang.cases import facts
from yiwang.cases.models import Case, Note, Petition, Step, Summons
from yiwang.cases.rows import open_parts
from yiwang.cases.rules import WITH_A_POST, Asked, NoteKind, State, county_of, has_it, is_passed_up, promise_counts
from yiwang.catalogue.queries import centre_at
from yiwang.catalogue.rules import Urgency
from yiwang.notices import access
from yiwang.notices.actions.occurred import Occurred
from yiwang.notices.facts import AppealNews, ItemNews, OrderNews, Rung, Rungs
from yiwang.notices.rules.occasions import Occasion, of_rung
from yiwang.notices.words import APPEAL, ENDINGS, ITEM_MOVES, ORDER_MOVES

# Who has a case is the nearest level of the ladder.
_NEAREST = "handler"


def dispatched(fact: facts.CaseDispatched) -> Iterator[Occurred]:
    """The lead and the helping posts have work, and the reporter hears that it was taken on, once."""
    case = _case(fact.case)
    if not _is_with(case, fact.lead):
        return
    step = _step(case, "dispatch", "assign_firmly")
    parts = {part.post_id: part.handle_due for part in open_parts(case)}
    yield _of_step(Occasion.DISPATCHED, case, step, posts=(fact.lead,), until=parts.get(fact.lead))
    helping = tuple(post for post in fact.assisting if post in case.assisting)
    if helping:
        yield _of_step(Occasion.HELP, case, step, posts=helping, until=parts.get(helping[0]))
    promised = case.due_at if promise_counts(State(case.state)) else None
    yield Occurred(
        Occasion.TAKEN_ON, f"taken_on:{case.number}", case, step.at, reporter=True, until=promised, by=step.actor
    )


def delegated(fact: facts.CaseDelegated) -> Iterator[Occurred]:
    """The post of the same unit that leads now has work."""
    case = _case(fact.case)
    if _is_with(case, fact.lead):
        yield _of_step(Occasion.DISPATCHED, case, _step(case, "delegate"), posts=(fact.lead,), until=case.next_due_at)


def handed_back(fact: facts.CaseHandedBack) -> Iterator[Occurred]:
    """The desk has it again."""
    case = _case(fact.case)
    if case.is_waiting:
        desk = case.keeper_id or centre_at(case.place, sealed=case.is_sealed, on=timezone.localdate())
        yield _of_step(Occasion.HANDED_BACK, case, _step(case, "hand_back"), posts=(desk,), until=case.next_due_at)


def whistled(fact: facts.WhistleBlown) -> Iterator[Occurred]:
    """Each post that was whistled for and has not come yet."""
    case = _case(fact.case)
    called = Summons.objects.filter(county=case.county, case=case, post__in=fact.posts, reported_in_at=None)
    for summons in called:
        yield Occurred(
            Occasion.WHISTLED, f"whistled:{summons.pk}", case, summons.called_at, posts=(summons.post_id,),
            until=summons.due_at, by=summons.whistler,
        )  # fmt: skip


def finished(fact: facts.CaseFinished) -> Iterator[Occurred]:
    """Somebody else looks, and the reporter hears of it."""
    case = _case(fact.case)
    if not case.takes("confirm"):
        return
    step = _step(case, "finish", "settle")
    checker = access.checker(case.lead_id, case.place, _day(step))
    yield _of_step(Occasion.TO_CHECK, case, step, posts=(checker,), until=case.next_due_at)
    yield _of_step(Occasion.DONE, case, step, reporter=True)


def ended(fact: facts.CaseEnded) -> Iterator[Occurred]:
    """The reporter hears how it ended; who took the report back knows."""
    case = _case(fact.case)
    if ENDINGS.get(fact.state):
        step = _step(case, "close", "decline")
        yield _of_step(Occasion.ENDED, case, step, reporter=True, about=fact.state)


def followed_ended(fact: facts.FollowedCaseEnded) -> Iterator[Occurred]:
    """Whoever told of the same hears that it ended."""
    whole = _case(fact.case)
    if not ENDINGS.get(whole.state) or whole.closed_at is None:
        return
    for case in Case.objects.filter(county=whole.county, merged_into=whole.number):
        key = f"followed:{whole.number}:{whole.steps}:{case.number}"
        yield Occurred(Occasion.ENDED, key, case, whole.closed_at, reporter=True, about=whole.state)


def reopened(fact: facts.CaseReopened) -> Iterator[Occurred]:
    """The lead deals with it once more."""
    case = _case(fact.case)
    if _is_with(case, case.lead_id):
        yield _of_step(Occasion.REOPENED, case, _step(case, "reopen"), posts=(case.lead_id,), until=case.next_due_at)


def asked(fact: facts.CaseAsked) -> Iterator[Occurred]:
    """A petition goes to who decides, its decision back; urging and instructions to who has the case."""
    case = _case(fact.case)
    if fact.what in {kind.value for kind in Asked}:
        petition = Petition.objects.get(pk=fact.ref, county=case.county)
        yield from _decided(case, petition) if fact.decided else _to_decide(case, petition)
    elif fact.what == "called_in":
        if fact.ref in case.assisting:
            due = {part.post_id: part.handle_due for part in open_parts(case)}
            step = _step(case, "call_in", "grant_help")
            yield _of_step(Occasion.HELP, case, step, posts=(fact.ref,), until=due.get(fact.ref))
    else:
        yield from _spoken(case, Note.objects.get(pk=fact.ref, county=case.county))


def reminded(heard: Rungs) -> Iterator[Occurred]:
    """Each post that the ladder told."""
    numbers = {rung.case for rung in heard.told}
    cases = {case.number: case for case in Case.objects.filter(county=heard.county, number__in=numbers)}
    now = timezone.now()
    for rung in heard.told:
        if case := cases.get(rung.case):
            yield _of_rung(rung, case, now)


def order_moved(heard: OrderNews) -> Iterator[Occurred]:
    """Who is named answers; what they say goes back to the post that gave it, and what that says to them.

    An order is an instruction, too: whoever has the case hears that, unless they are told of the order, once for both.
    """
    case = _case(heard.case)
    key, due, now = f"order:{heard.entry}", datetime.fromisoformat(heard.due), timezone.now()
    if heard.move in {"give", "list"}:
        yield Occurred(
            Occasion.ORDERED, key, case, now, posts=(heard.post,), people=(heard.owner,), until=due,
            about=heard.order or "order", by=heard.author,
        )  # fmt: skip
        yield from _to_holder(Occasion.INSTRUCTED, key, case, now, by=heard.author)
    elif heard.move in ORDER_MOVES:
        about = "|".join(filter(None, (heard.order, heard.move)))
        to_giver = heard.move in {"report", "answer", "ask_strike_off"}
        posts, people = ((heard.given_in,), ()) if to_giver else ((heard.post,), (heard.owner,))
        until = due if heard.move == "insist" else None
        yield Occurred(
            Occasion.ORDER_MOVED, key, case, now, posts=posts, people=people, until=until, about=about,
            by=heard.author,
        )  # fmt: skip


# What was decided about an appeal, as it is said; before that it waits for somebody.
_OF_APPEALS = {"grant": "granted", "refuse": "refused"}


def appeal_moved(heard: AppealNews) -> Iterator[Occurred]:
    """Whoever may decide about it is told once that it waits, and the post that asked what was decided.

    Nobody in the stead of a post that nobody holds: who may not decide is not asked. Once it is decided nobody is
    asked any more.
    """
    case, now, decided = _case(heard.case), timezone.now(), _OF_APPEALS.get(heard.move)
    about, waits = "|".join(filter(None, (APPEAL, decided))), f"appeal:{heard.appeal}:ask"
    if decided:
        yield Occurred(
            Occasion.DECIDED, f"appeal:{heard.appeal}:{heard.move}", case, now, posts=heard.posts, about=about,
            by=heard.author, ends=waits,
        )  # fmt: skip
        return
    held = access.holders({*heard.posts, *heard.barred}, timezone.localdate(now))
    barred = {person for post in heard.barred for person in held.get(post, ())}
    able = {person: None for post in heard.posts for person in held.get(post, ()) if person not in barred}
    posts = tuple(post for post in heard.posts if able.keys() & set(held.get(post, ())))
    without = frozenset(f"person:{person}" for person in barred)
    yield Occurred(Occasion.ASKED, waits, case, now, posts=posts, about=about, by=heard.author, without=without)


# Of these the chair hears; of all others whoever was named, and who has the case.
_TO_CHAIR = frozenset({"bring", "report", "ask_strike_off"})
_TO_HOLDER = frozenset({"propose", "bring", "decide", "put_aside", "strike_off", "insist"})


def item_moved(heard: ItemNews) -> Iterator[Occurred]:
    """Who is named for it, who has the case, and the chair, each of what is new to them."""
    about = f"item_{heard.move}"
    if about not in ITEM_MOVES:
        return
    case, now = _case(heard.case), timezone.now()
    until = datetime.fromisoformat(heard.due) if heard.due else None
    if heard.move == "decide":
        yield Occurred(
            Occasion.NAMED, f"named:{heard.entry}", case, now, people=(heard.owner,), until=until, by=heard.author
        )
    named = heard.move in {"strike_off", "insist"} and heard.owner
    posts = (
        heard.chair if heard.move in _TO_CHAIR else None,
        has_it(State(case.state), lead=case.lead_id, keeper=case.keeper_id) if heard.move in _TO_HOLDER else None,
    )
    yield Occurred(
        Occasion.ITEM_MOVED, f"item:{heard.entry}", case, now, posts=posts, people=(heard.owner,) if named else (),
        until=until, about=about, by=heard.author,
    )  # fmt: skip


def _of_rung(rung: Rung, case: Case, now: datetime) -> Occurred:
    occasion = of_rung(
        urgent=case.urgency == Urgency.EMERGENCY, silent=bool(rung.silent), nearest=rung.level == _NEAREST,
        percent=rung.percent,
    )  # fmt: skip
    until = datetime.fromisoformat(rung.due) if rung.due else None
    return Occurred(occasion, f"rung:{rung.key}", case, now, posts=(rung.post,), until=until)


def _to_decide(case: Case, petition: Petition) -> Iterator[Occurred]:
    if petition.decided_at is not None:
        return
    day = timezone.localdate(petition.asked_at)
    if petition.asked == Asked.HELP:
        post = access.dispatcher(case.desk if is_passed_up(case.desk, case.place) else case.place, day)
    else:
        # Before it is dispatched nobody leads: who is only proposed does not decide about their own limit.
        lead = None if petition.asked == Asked.TRACK else case.lead_id
        post = access.approver(lead, case.place, day)
    yield Occurred(
        Occasion.ASKED, _asked(petition), case, petition.asked_at, posts=(post,), until=case.next_due_at,
        about=petition.asked, by=petition.asked_by,
    )  # fmt: skip


def _decided(case: Case, petition: Petition) -> Iterator[Occurred]:
    if petition.decided_at is None:
        return
    answer = "granted" if petition.granted else "refused"
    people = (petition.asked_by,) if petition.post_id is None else ()
    yield Occurred(
        Occasion.DECIDED, f"decided:{petition.pk}", case, petition.decided_at, posts=(petition.post_id,),
        people=people, until=case.next_due_at, about=f"{petition.asked}|{answer}", by=petition.decided_by,
        ends=_asked(petition),
    )  # fmt: skip


def _asked(petition: Petition) -> str:
    """The key under which somebody is told that a petition waits for their decision."""
    return f"asked:{petition.pk}"


def _spoken(case: Case, note: Note) -> Iterator[Occurred]:
    key = f"note:{note.pk}"
    if note.kind == NoteKind.QUESTION:
        yield Occurred(Occasion.QUESTION, key, case, note.at, reporter=True)
        return
    occasion = Occasion.URGED if note.kind == NoteKind.URGE else Occasion.INSTRUCTED
    yield from _to_holder(occasion, key, case, note.at, by=note.author)


def _to_holder(occasion: Occasion, key: str, case: Case, at: datetime, *, by: str) -> Iterator[Occurred]:
    """Whoever has an open case."""
    holder = has_it(State(case.state), lead=case.lead_id, keeper=case.keeper_id)
    if case.is_open:
        yield Occurred(occasion, key, case, at, posts=(holder,), until=case.next_due_at, by=by)


def _of_step(
    occasion: Occasion, case: Case, step: Step, *, posts: tuple[int | None, ...] = (), reporter: bool = False,
    until: datetime | None = None, about: str = "",
) -> Occurred:  # fmt: skip
    return Occurred(
        occasion, f"{occasion.value}:{case.number}:{step.seq}", case, step.at, posts=posts, reporter=reporter,
        until=until, about=about, by=step.actor,
    )  # fmt: skip


def _case(number: int) -> Case:
    return Case.objects.get(number=number, county=county_of(number))


def _step(case: Case, *moves: str) -> Step:
    """The last time that one of these moves was made."""
    steps = Step.objects.filter(county=case.county, number=case.number, move__in=moves).order_by("-seq")
    return steps[0]


def _is_with(case: Case, post: int | None) -> bool:
    return post is not None and case.lead_id == post and State(case.state) in WITH_A_POST


def _day(step: Step) -> date:
    return timezone.localdate(step.at)
