"""Who asks, for pages: the person, and what the bar above shows them."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from yiwang.cases.access import Actor, acting
from yiwang.channels.web import carrying
from yiwang.channels.web.gate import step_due
from yiwang.channels.web.wall.who import grounds_of
from yiwang.forms.access import grounds_to_ask
from yiwang.insight.access import OF_A_UNIT
from yiwang.insight.queries import places_of
from yiwang.lists import access as lists
from yiwang.people import access, demonstration
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.repeats import queries as repeats
from yiwang.topics import queries as topics

# Whose turn it may be: to deal with a case, to decide about a petition, to look whether it is done.
TAKES_TURNS = (Duty.HANDLE, Duty.APPROVE, Duty.CHECK)
# Who works in a unit that deals with cases.
IN_A_UNIT = tuple(sorted(OF_A_UNIT))

# Who finds a page under /today: whoever may be waited for, and whoever goes from door to door.
OUTSIDE = (*TAKES_TURNS, Duty.VISIT)


class PageLink(NamedTuple):
    """One entry of the bar."""

    name: str
    address: str
    here: bool


class Menu(NamedTuple):
    """Entries of the bar that are folded under one word."""

    name: str
    links: list[PageLink]

    @property
    def here(self) -> bool:
        """Whether one of its pages is open."""
        return any(link.here for link in self.links)


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; pages that need none are marked `login_not_required`."""
    assert isinstance(request.user, Person)
    return request.user


def actor_of(request: HttpRequest) -> Actor:
    """The person as the loop knows them, in the posts of today."""
    return acting(person_of(request), on=timezone.localdate(), channel="web")


def has_duty(request: HttpRequest, *duties: Duty) -> bool:
    """Whether the person has one of these duties anywhere today."""
    today = timezone.localdate()
    return any(access.grounds_of(person_of(request).pk, today, duty) for duty in duties)


def leads(request: HttpRequest) -> bool:
    """Whether the person leads a ground: may step in, and sees numbers of ground that has them."""
    return has_duty(request, Duty.SUPERVISE) and bool(places_of(actor_of(request)))


def only_for(request: HttpRequest, *duties: Duty) -> Person:
    """The person, or nothing here at all for whoever has none of these duties."""
    if not has_duty(request, *duties):
        raise Http404
    return person_of(request)


def first_page(request: HttpRequest) -> str:
    """The page (its URL name) of the person's seat.

    Inbox, overview, the telephone outside, what waits, calls, cases, ground. Who leads begins with the overview,
    unless the inbox is theirs to empty. Whoever looks with their own eyes whether a matter is done, or goes from door
    to door, works outside.
    """
    if not has_duty(request, Duty.TRIAGE) and leads(request):
        return "leader"
    seats = (
        ("inbox", (Duty.TRIAGE,)), ("today", (Duty.CHECK,)), ("mine", TAKES_TURNS), ("today", (Duty.VISIT,)),
        ("calls", (Duty.CALL_BACK,)),
    )  # fmt: skip
    found = (page for page, duties in seats if has_duty(request, *duties))
    return next(found, "cases" if has_duty(request, Duty.SUPERVISE, Duty.WHISTLE, Duty.DISPATCH) else "ground")


def safe_next(request: HttpRequest) -> str:
    """Where to go on: the address asked for, if it is one of ours; else to the form that is to be filled in again."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours and wanted != "/" else carrying.page_of(request) or "/"


def bar(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: its bar, and whether this is a demonstration."""
    pages = list(_pages(request)) if isinstance(getattr(request, "user", None), Person) else []
    return {
        "demonstration": demonstration.waives_second_factor(),
        "pages": pages,
        # Who has not passed the gate yet is told of nothing.
        "told_of": step_due(request) is None,
        "unsent": carrying.come_to(request),
    }


def _may(*duties: Duty) -> Callable[[HttpRequest], bool]:
    return lambda request: has_duty(request, *duties)


# Each page of the bar: what it is called, its address's name, and for whom it is there.
_BAR: tuple[tuple[str | Promise, str, Callable[[HttpRequest], object]], ...] = (
    (_("Overview"), "leader", leads),
    (_("Inbox"), "inbox", _may(Duty.TRIAGE)),
    (_("Waiting for me"), "mine", _may(*TAKES_TURNS)),
    (_("My unit"), "unit", _may(*IN_A_UNIT)),
    (_("Call-backs"), "calls", _may(Duty.CALL_BACK)),
    (_("Duty log"), "shifts", _may(Duty.TRIAGE)),
    (_("Listed orders"), "listed", _may(Duty.SUPERVISE)),
    (_("Guidance on the spot"), "guidance", _may(Duty.SUPERVISE)),
    (_("Last items"), "meetings", _may(Duty.SUPERVISE)),
    (_("Signs of formalism"), "signs", _may(Duty.SUPERVISE)),
    (_("Load of workers"), "load", _may(Duty.SUPERVISE)),
    (_("Forms"), "forms", lambda request: grounds_to_ask(actor_of(request))),
    (_("Repeated demands"), "repeats", lambda request: repeats.grounds_of(actor_of(request))),
    (_("All cases"), "cases", lambda request: access.present(person_of(request).pk, timezone.localdate())),
    (_("Four lists"), "lists", lambda request: lists.grounds(actor_of(request)) or lists.units(actor_of(request))),
    (_("Hot topics"), "topics", lambda request: topics.grounds_of(actor_of(request))),
    (_("Hot spots"), "spots", lambda request: places_of(actor_of(request))),
    (_("Ranking"), "ranking", lambda request: places_of(actor_of(request))),
    (_("Trend and outbreaks"), "trends", lambda request: places_of(actor_of(request))),
    (_("Bulletins"), "bulletins", lambda request: places_of(actor_of(request))),
    (_("The wall"), "wall", grounds_of),
    (_("Ground"), "ground", lambda _request: True),
    (_("QR labels"), "labels", _may(Duty.TRIAGE, Duty.ADMINISTER)),
    (_("Bring in lists"), "imports", _may(Duty.DRAW_GROUND, Duty.ADMINISTER)),
    (_("Administration"), "admin:index", _may(Duty.DRAW_GROUND, Duty.ADMINISTER)),
)


# What is not opened every hour is folded under a word: the names of its pages' addresses.
_MENUS: tuple[tuple[str | Promise, frozenset[str]], ...] = (
    (_("Supervision"), frozenset({"listed", "guidance", "meetings", "signs", "load", "forms", "repeats"})),
    (_("Numbers"), frozenset({"lists", "topics", "spots", "ranking", "trends", "bulletins", "wall"})),
    (_("Setting up"), frozenset({"ground", "labels", "imports", "admin:index"})),
)


def _pages(request: HttpRequest) -> Iterable[PageLink | Menu]:
    """The person's pages in their order, then the menus; a menu of one page is that page."""
    links = {view: _link(request, str(name), view) for name, view, is_there in _BAR if is_there(request)}
    menus = [(str(name), [link for view, link in links.items() if view in views]) for name, views in _MENUS]
    yield from (link for view, link in links.items() if not any(view in views for _name, views in _MENUS))
    for name, folded in menus:
        if len(folded) > 1:
            yield Menu(name, folded)
        else:
            yield from folded


def _link(request: HttpRequest, name: str, view: str) -> PageLink:
    address = reverse(view)
    return PageLink(name, address, request.path == address or request.path.startswith(f"{address.rstrip('/')}/"))
