"""Words of meetings, for templates."""

from django import template

from yiwang.cases.models import Case
from yiwang.cases.rules import State, has_it
from yiwang.cases.words import MOVES as CASE_MOVES
from yiwang.channels.web.naming import post_name
from yiwang.meetings.models import LastItem
from yiwang.meetings.rules.agenda import Rule
from yiwang.meetings.words import MOVES, in_words

register = template.Library()


@register.filter
def why_words(item: LastItem) -> str:
    """For which reasons it is on the agenda."""
    return in_words(item.reasons)


@register.filter
def rule_words(rule: Rule) -> str:
    """From what on a case comes before the committee: one of these is enough."""
    return in_words(rule.least)


@register.filter
def entry_words(move: str) -> str:
    """What became of an item, in a word."""
    return str(MOVES[move])


@register.filter
def step_words(move: str) -> str:
    """What happened to a case, in a word."""
    return str(CASE_MOVES[move])


@register.filter
def whose(case: Case) -> str:
    """The post that has a case now."""
    return post_name(has_it(State(case.state), lead=case.lead_id, keeper=case.keeper_id))
