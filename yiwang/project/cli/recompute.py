"""Rebuild a month's figures from the history, and say whether what was published agrees, figure by figure."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from yiwang.plumbing.stops import CannotGoOn, gettext_noop
from yiwang.project import environment
from yiwang.project.cli.access import database
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data

if TYPE_CHECKING:
    from yiwang.insight.publishing import Compared, Proof
    from yiwang.insight.rules.bulletins import Figure

Month = Annotated[datetime, typer.Argument(formats=["%Y-%m"], help=_("The month, like 2026-10."))]
Place = Annotated[str, typer.Option("--place", help=_("Only this county or town (its code)."))]


def recompute(month: Month, place: Place = "", data: Data = None) -> None:
    with database(data):
        from django.utils import timezone, translation

        from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

        first = month.date()
        if first >= timezone.localdate().replace(day=1):
            raise CannotGoOn(gettext_noop("The month %(month)s is not over."), month=f"{first:%Y-%m}")
        with translation.override("en" if environment.language() == "en" else "zh-hans"), standing_on(EVERYWHERE):
            agree = _all_agree(first, place)
    if not agree:
        raise typer.Exit(1)


def _all_agree(first: date, place: str) -> bool:
    from django.utils import timezone

    from yiwang.insight import publishing

    agree = True
    for county in _counties(place):
        for proof in publishing.proven(county, first, now=timezone.now(), place=place):
            _tell(proof)
            agree = agree and proof.agrees
    print(_("All figures agree with the history.") if agree else _("Not all figures agree with the history."))
    return agree


def _counties(place: str) -> list[str]:
    from yiwang.places.queries import tree

    if place and (place not in tree() or len(place) not in {6, 9}):
        raise CannotGoOn(gettext_noop("“%(code)s” is no county and no town: six or nine digits."), code=place)
    return [place[:6]] if place else [code for code in tree().outermost if len(code) == 6]


def _tell(proof: "Proof") -> None:
    from django.utils import timezone

    from yiwang.places.queries import tree

    spot = tree().get(proof.place)
    print(f"{proof.place} {spot.name if spot else ''}")
    if proof.published_at is None:
        print("  " + _("Nothing was published: the figures of the pages are compared."))
    else:
        when = timezone.localtime(proof.published_at).strftime("%Y-%m-%d %H:%M")
        print("  " + _("published %(when)s") % {"when": when})
    if not proof.is_signed:
        print("  ✗ " + _("The signature does not belong to these figures, or names another history."))
    if proof.lent:
        print("  " + _("%(n)d cases of the county have a moment that is not in their steps.") % {"n": proof.lent})
    for line in proof.lines:
        _tell_line(line)


def _tell_line(line: "Compared") -> None:
    from yiwang.insight.words import NAMES

    name = f"{line.published.name} v{line.published.version} {NAMES.get(line.published.name, '')}"
    if line.agrees:
        print(f"  ✓ {name}: {_said(line.published)}")
    elif line.again is None:
        print(f"  ✗ {name}: {_said(line.published)}; " + _("the formula is another one now"))
    else:
        told = {"published": _said(line.published), "again": _said(line.again)}
        print(f"  ✗ {name}: " + _("published %(published)s, the history says %(again)s") % told)


def _said(figure: "Figure") -> str:
    value = "—" if figure.value is None else f"{figure.value:g}"
    return f"{value} ({figure.over}/{figure.of})" if figure.of else value
