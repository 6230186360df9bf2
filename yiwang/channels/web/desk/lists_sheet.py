"""The four lists on paper and as a sheet: each problem with its measures, who answers, what came of it, in words."""

from collections.abc import Iterator, Mapping

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from yiwang.cases.rules import masked_text
from yiwang.channels.web.naming import place_name, post_name, unit_named, who
from yiwang.channels.web.templatetags.lists import period_called, problem_called
from yiwang.lists.queries import Asked, Lists, Problem
from yiwang.lists.rules import EFFECTS, MEASURES, PROBLEMS, rates_of
from yiwang.lists.words import NAMES
from yiwang.plumbing.sheets import papers

_SHARES = ("in_time", "solved", "satisfied")


def written(found: Lists, names: Mapping[str, str]) -> bytes:
    """The whole document: lying A4, a table whose head stands on every page."""
    headings = [_("No."), _("Item"), _("Problems"), _("Measures"), _("Responsible"), _("Effects")]
    lines = [
        [str(number), problem_called(one.item), *_in_words(one, names)] for number, one in enumerate(found.problems, 1)
    ]
    return papers.table(_("Four lists"), _under_the_title(found.asked), headings, lines, _WIDTHS)


_WIDTHS = (1.3, 3.6, 4.2, 7.0, 4.8, 4.4)


def headings() -> list[str]:
    """What stands above a sheet of problems: each figure in a column of its own."""
    figures = [str(NAMES[name]) for name in (*PROBLEMS, *MEASURES, *EFFECTS)]
    shares = [_("%(figure)s, per cent") % {"figure": NAMES[name]} for name in _SHARES]
    return [_("Item"), *figures, *shares, _("Written measures"), _("Responsible"), _("Named leaders")]


def rows(found: Lists, names: Mapping[str, str]) -> Iterator[list[str]]:
    """A row for each problem under these headings."""
    for one in found.problems:
        figures = [str(one.sums.get(name, 0)) for name in (*PROBLEMS, *MEASURES, *EFFECTS)]
        shares = ["" if rate.value is None else str(rate.value) for rate in rates_of(one.sums)]
        words = ("\n".join(_written(one)), "\n".join(_bearers(one)), "\n".join(_leaders(one, names)))
        yield [problem_called(one.item), *figures, *shares, *words]


def _under_the_title(asked: Asked) -> str:
    whose = [place_name(asked.place), unit_named(asked.unit), period_called(asked.period)]
    made = _("made %(day)s; confidential and sealed cases are not in it") % {"day": timezone.localdate().isoformat()}
    return " · ".join([*filter(None, whose), made])


def _in_words(one: Problem, names: Mapping[str, str]) -> list[str]:
    shares = [
        f"{NAMES[rate.name]} {number_format(rate.value, 2)}%" for rate in rates_of(one.sums) if rate.value is not None
    ]
    return [
        _(", ").join(_figures(one, PROBLEMS)),
        "\n".join([*_written(one), _(", ").join(_figures(one, MEASURES))]).strip(),
        "\n".join([*_bearers(one), *_leaders(one, names)]),
        "\n".join(filter(None, (_(", ").join(_figures(one, EFFECTS)), _(", ").join(shares)))),
    ]


def _figures(one: Problem, of: tuple[str, ...]) -> list[str]:
    return [f"{NAMES[name]} {one.sums[name]}" for name in of if one.sums.get(name)]


def _written(one: Problem) -> Iterator[str]:
    for line in one.measures:
        day = timezone.localdate(line.measure.at).isoformat()
        whose = f"{place_name(line.measure.place)}{_(': ')}" if line.around else ""
        words = f"{whose}{masked_text(line.measure.text)} ({post_name(line.measure.post_id)} {day})"
        yield (
            words
            if line.ended_at is None
            else f"{words} {_('no longer done since')} {timezone.localdate(line.ended_at)}"
        )


def _bearers(one: Problem) -> Iterator[str]:
    for bearer in one.bearers:
        name = unit_named(bearer.unit)
        yield f"{name} {bearer.told}" if bearer.told else f"{name} {NAMES['helped']} {bearer.helped}"


def _leaders(one: Problem, names: Mapping[str, str]) -> Iterator[str]:
    for leader in one.leaders:
        until = _("until %(day)s") % {"day": timezone.localdate(leader.until).isoformat()}
        yield f"{who(leader.owner, names)} {post_name(leader.post)} {until}".strip()
