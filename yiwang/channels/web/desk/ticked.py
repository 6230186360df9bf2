"""Several cases of a list dealt with in one go: what is refused stays ticked, and it is said why."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from yiwang.cases.rules import read_number, written
from yiwang.plumbing.refusals import Refused, sentence


def deal_with_ticked(
    request: HttpRequest, act: Callable[[int, int], object], *, most: int, said: Callable[[int], str], back: str
) -> HttpResponse:
    """Do this (number, steps seen) with each that was ticked; `said` words how many are done; back to the list."""
    done, refused = 0, []
    chosen = sorted(_ticked(request))[:most]
    if not chosen:
        messages.error(request, gettext("Nothing is ticked: tick the cases first."))
    # In the order of numbers: two clerks with the same ticks wait for each other and never lock each other out.
    for number, seen in chosen:
        try:
            act(number, seen)
            done += 1
        except Refused as refusal:
            refused.append(written(number))
            messages.error(request, f"{written(number)}{gettext(': ')}{sentence(refusal)}")
    if done:
        messages.success(request, said(done))
    kept = [(name, value) for name, value in request.GET.items() if name != "ticked"]
    kept += [("ticked", ".".join(refused))] if refused else []
    return redirect(f"{reverse(back)}?{urlencode(kept)}" if kept else reverse(back))


def still_ticked(request: HttpRequest) -> list[str]:
    """The numbers that were refused a moment ago."""
    return request.GET.get("ticked", "").split(".")


def _ticked(request: HttpRequest) -> Iterator[tuple[int, int]]:
    for ticked in request.POST.getlist("ticked"):
        number, _colon, seen = ticked.partition(":")
        if (read := read_number(number)) and seen.isdecimal():
            yield read, int(seen)
