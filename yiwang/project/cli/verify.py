"""Prove the history: every chain of steps, and the daily digests that are published."""

import base64
import json
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yiwang.plumbing.stops import CannotGoOn, gettext_noop
from yiwang.project import environment
from yiwang.project.cli.access import database
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data
from yiwang.project.cli.progress import showing

if TYPE_CHECKING:
    from yiwang.proof.models import Digest
    from yiwang.proof.queries import FoundInDigest, Which
    from yiwang.proof.rules import Found

_DAY = ["%Y-%m-%d"]
Since = Annotated[
    datetime | None,
    typer.Option("--since", formats=_DAY, help=_("Only cases with a step recorded on this day or later.")),
]
County = Annotated[str, typer.Option("--county", help=_("Only the cases of this county (its code)."))]
Number = Annotated[str, typer.Option("--case", help=_("Only the case with this number."))]
OfDay = Annotated[
    datetime | None, typer.Option("--digest", formats=_DAY, help=_("Print the signed digest of this day, to publish."))
]
AsJson = Annotated[bool, typer.Option("--json", help=_("With --digest: as JSON."))]


def verify_history(
    since: Since = None,
    county: County = "",
    case: Number = "",
    digest: OfDay = None,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    with database(data):
        from django.utils import translation

        from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

        with (
            translation.override("en" if environment.language() == "en" else "zh-hans"),
            standing_on(EVERYWHERE),
        ):
            if digest is not None:
                found = _publish(digest.date(), as_json=as_json)
            else:
                found = _verify(since.date() if since else None, county, case)
    if found:
        raise typer.Exit(1)


def _verify(since: date | None, county: str, case: str) -> int:
    """Check all that was asked for; gives how many flaws were found."""
    from yiwang.proof import queries as history

    found = _chains(_which(since, county, case))
    if county or case:
        print(_("The daily digests were not checked: they are over all cases."))
    else:
        with showing(_("Daily digests")) as progress:
            for flaw in history.digests_flawed(since, progress=progress):
                found += 1
                _tell_digest(flaw)
    print(_("The history is whole.") if not found else _("%(count)d flaws found.") % {"count": found})
    return found


def _chains(which: "Which") -> int:
    from yiwang.proof import queries as history

    found = 0
    with showing(_("Steps")) as progress:
        for flaw in history.chain_flaws(which, progress=progress):
            found += 1
            _tell_step(flaw)
    return found


def _which(since: date | None, county: str, case: str) -> "Which":
    from yiwang.cases.rules import read_number
    from yiwang.proof.queries import Which

    if county and not (len(county) == 6 and county.isascii() and county.isdigit()):
        raise CannotGoOn(gettext_noop("“%(code)s” is no county's code: six digits, please."), code=county)
    number = read_number(case) if case else None
    if case and number is None:
        raise CannotGoOn(gettext_noop("“%(number)s” is no case number: sixteen digits, please."), number=case)
    return Which(county, number, since)


def _tell_step(flaw: "Found") -> None:
    from yiwang.cases.rules import written
    from yiwang.proof.words import FLAWS

    where = _("case %(number)s, step %(step)d") % {"number": written(flaw.number), "step": flaw.seq}
    print(f"✗ {where}: {FLAWS[flaw.flaw]}")


def _tell_digest(flaw: "FoundInDigest") -> None:
    from yiwang.proof.words import DIGEST_FLAWS

    where = _("digest of %(day)s") % {"day": flaw.day.isoformat()}
    print(f"✗ {where}: {DIGEST_FLAWS[flaw.flaw] % {'then': flaw.then, 'now': flaw.now}}")


def _publish(day: date, *, as_json: bool) -> int:
    """Print a day's digest; gives how many flaws it has, each told on standard error."""
    from yiwang.proof import queries as history

    kept = history.digest_on(day)
    if kept is None:
        raise CannotGoOn(
            gettext_noop("There is no digest of %(day)s: it is made an hour after the day's end, by the worker."),
            day=day.isoformat(),
        )
    lines = _lines(kept)
    if as_json:
        print(json.dumps(lines, ensure_ascii=False))
    else:
        print(f"{lines['signed']}signature {lines['signature']}\nkey {lines['public_key']}\n\n{lines['how']}")
    flaws = [flaw for flaw in history.digests_flawed(day) if flaw.day == day]
    for flaw in flaws:
        print(f"{flaw.day}: {flaw.flaw.value}", file=sys.stderr)
    return len(flaws)


def _lines(kept: "Digest") -> dict[str, Any]:
    from yiwang.plumbing.signing import key_text
    from yiwang.proof.queries import digested
    from yiwang.proof.rules import published

    return {
        "day": kept.day.isoformat(),
        "steps": kept.steps,
        "digest": bytes(kept.digest).hex(),
        "before": bytes(kept.before).hex(),
        "signed": published(digested(kept)),
        "signature": base64.b64encode(bytes(kept.signature)).decode(),
        "public_key": key_text(bytes(kept.public_key)),
        "how": _(
            "To check: write the five lines above “signature” into lines.txt, each with its line end, and decode "
            "signature and key from base64 into sig.bin and key.der. Then: openssl pkeyutl -verify -pubin "
            "-keyform DER -inkey key.der -rawin -in lines.txt -sigfile sig.bin"
        ),
    }
