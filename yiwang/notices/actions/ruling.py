"""Change the rules: by whoever administers the county, or for every county the installation."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from yiwang.catalogue.actions.asking import administers, refuse_what_is_no_county
from yiwang.catalogue.models import Board
from yiwang.catalogue.rules import Urgency
from yiwang.notices.models import Rule
from yiwang.notices.policy import TOPIC
from yiwang.notices.rules.occasions import Channel, Occasion
from yiwang.people.models import Person, Role
from yiwang.places.models import Place
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused


@dataclass(frozen=True, slots=True)
class WantedRule:
    """A rule as it shall be; what is empty holds for all."""

    occasion: Occasion
    channel: Channel
    goes: bool
    role: Role | None = None
    board: Board | None = None
    urgency: Urgency | None = None


@transaction.atomic
def add_rule(wanted: WantedRule, *, county: Place | None, by: Person, today: date) -> Rule:
    """Add a rule for a county, or for all. Refuses one that is there already."""
    rule = _put(Rule(county=county), wanted, by=by, today=today)
    note("add_notice_rule", f"notice_rule:{rule.pk}", by=f"person:{by.pk}", ground=rule.county_id or "", **_said(rule))
    return rule


@transaction.atomic
def change_rule(rule: Rule, wanted: WantedRule, *, by: Person, today: date) -> Rule:
    """Change a rule. What was written by it already goes as it was."""
    kept = Rule.objects.select_for_update().get(pk=rule.pk)
    kept = _put(kept, wanted, by=by, today=today)
    subject, ground = f"notice_rule:{kept.pk}", kept.county_id or ""
    note("change_notice_rule", subject, by=f"person:{by.pk}", ground=ground, **_said(kept))
    return kept


@transaction.atomic
def remove_rule(rule: Rule, *, by: Person, today: date) -> None:
    """Take a rule away: the next nearest one holds, and without one nothing is sent."""
    administers(by, rule.county, today=today)
    note("remove_notice_rule", f"notice_rule:{rule.pk}", by=f"person:{by.pk}", ground=rule.county_id or "",
         **_said(rule))  # fmt: skip
    rule.delete()
    touched(TOPIC)


def _put(rule: Rule, wanted: WantedRule, *, by: Person, today: date) -> Rule:
    administers(by, rule.county, today=today)
    refuse_what_is_no_county(rule.county)
    if wanted.board and wanted.board.county_id not in {None, rule.county_id}:
        raise Refused("board_of_another_county")
    if wanted.role and wanted.role.county_id not in {None, rule.county_id}:
        raise Refused("role_of_another_county", role=wanted.role.name)
    rule.occasion, rule.channel, rule.goes = wanted.occasion.value, wanted.channel.value, wanted.goes
    rule.role, rule.board, rule.urgency = wanted.role, wanted.board, wanted.urgency or ""
    same = Rule.objects.filter(
        county=rule.county, occasion=rule.occasion, channel=rule.channel, role=rule.role, board=rule.board,
        urgency=rule.urgency,
    )  # fmt: skip
    if same.exclude(pk=rule.pk).exists():
        raise Refused("notice_rule_twice")
    rule.save()
    touched(TOPIC)
    return rule


def _said(rule: Rule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in ("occasion", "channel", "goes", "role_id", "board_id", "urgency")}
