"""Learn what reports are about, and be judged for it."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from yiwang.plumbing.stops import CannotGoOn, gettext_noop
from yiwang.project import environment
from yiwang.project.cli.access import database, load_django
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data
from yiwang.project.cli.transfer import OPERATOR

if TYPE_CHECKING:
    from yiwang.triage.actions import Trained
    from yiwang.triage.evaluating import Judged

_COLUMNS = _("CSV (also .gz) with the columns id, sent_at, subject, text, category")
Train = Annotated[Path, typer.Option("--train", metavar="FILE", help=_("Learn from this file: %s.") % _COLUMNS)]
Test = Annotated[
    Path, typer.Option("--test", metavar="FILE", help=_("Be judged by this file, with the same columns."))
]
AsJson = Annotated[bool, typer.Option("--json", help=_("End with the figures in one line of JSON."))]


Back = Annotated[bool, typer.Option("--back", help=_("Learn nothing: use the version before the present one again."))]
Use = Annotated[
    int | None, typer.Option("--use", min=0, help=_("Learn nothing: use this version; 0: only the catalogue's words."))
]


def train(back: Back = False, use: Use = None, data: Data = None) -> None:
    with database(data), _worded():
        from django.utils import timezone

        from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
        from yiwang.triage import actions

        with standing_on(EVERYWHERE):
            if back or use is not None:
                _tell_version(actions.go_back(use, by=OPERATOR))
            else:
                _tell_trained(actions.train(by=OPERATOR, now=timezone.now()))


@contextmanager
def _worded() -> Iterator[None]:
    """In the operator's language; a refusal becomes its sentence and exit code 2."""
    from django.utils import translation

    from yiwang.plumbing.refusals import Refused, sentence

    translation.activate("en" if environment.language() == "en" else "zh-hans")
    try:
        yield
    except Refused as refusal:
        print(sentence(refusal), file=sys.stderr)
        raise typer.Exit(2) from refusal


def _tell_version(version: int) -> None:
    if version:
        print(_("Version %(version)d is in use.") % {"version": version})
    else:
        print(_("Nothing learned is in use: the catalogue's own words answer."))


def _tell_trained(trained: "Trained") -> None:
    print(
        _("Of %(held)d recent cases held back, %(right).1f %% are right; before: %(before).1f %%.")
        % {"held": trained.held_back, "right": 100 * trained.right, "before": 100 * trained.right_before}
    )
    if trained.version is None:
        print(_("That is no better: everything stays as it is."))
    else:
        print(
            _("Version %(version)d, learned from %(cases)d cases, is in use.")
            % {"version": trained.version, "cases": trained.cases}
        )


def evaluate_triage(train: Train, test: Test, as_json: AsJson = False) -> None:
    for path in (train, test):
        if not path.is_file():
            raise CannotGoOn(gettext_noop("There is no file %(path)s."), path=path)
    load_django()
    from yiwang.triage import evaluating

    with _worded():
        judged = evaluating.judge(evaluating.messages(train), evaluating.messages(test))
    _show(judged)
    if as_json:
        figures = ("accuracy", "macro_f1", "ms_per_message", "train_s")
        print(json.dumps({name: round(getattr(judged, name), 4) for name in figures}))


def _show(judged: "Judged") -> None:
    print(
        _("Learned from %(trained)d messages in %(seconds).1f s, judged by %(tested)d others.")
        % {"trained": judged.trained, "seconds": judged.train_s, "tested": judged.tested}
    )
    for kind, figure in judged.by_kind.items():
        print(f"  {figure:.3f}  {kind}")
    for kind, count in judged.unknown.items():
        print(_("“%(kind)s” was never seen in training: %(count)d messages.") % {"kind": kind, "count": count})
    print(
        _("Accuracy %(accuracy).3f, macro-F1 %(f1).3f, calibration error %(error).3f.")
        % {"accuracy": judged.accuracy, "f1": judged.macro_f1, "error": judged.calibration_error}
    )
    print(
        _("%(each).2f ms a message; the model takes %(size).1f MB.")
        % {"each": judged.ms_per_message, "size": judged.bytes / 1e6}
    )
