"""Say when a case comes before the committee: by whoever administers the place."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from yiwang.catalogue.actions.asking import administers
from yiwang.meetings.access import COUNTY
from yiwang.meetings.models import TOWN, AgendaRule
from yiwang.meetings.rules.agenda import MOST_DAYS, MOST_PROPOSED, MOST_TIMES, Rule, rule_fault
from yiwang.people.models import Person
from yiwang.places.models import Place
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.refusals import Refused


@transaction.atomic
def set_rule(
    rule: Rule, *, place: Place | None, by: Person, today: date, change: AgendaRule | None = None
) -> AgendaRule:  # fmt: skip
    """Say from what on cases are proposed in a county or town, or everywhere; `change`: the rule that is there.

    Refuses a rule that asks for nothing, figures that make no sense, and a second rule for the same place.
    """
    administers(by, place, today=today)
    if place is not None and len(place.code) not in {COUNTY, TOWN}:
        raise Refused("agenda_rule_place_unfit")
    if fault := rule_fault(rule):
        raise Refused(fault, times=MOST_TIMES, days=MOST_DAYS, most=MOST_PROPOSED)
    kept = change or AgendaRule(place=place)
    if AgendaRule.objects.filter(place=place).exclude(pk=kept.pk).exists():
        raise Refused("agenda_rule_twice")
    kept.overdue, kept.reopened, kept.handed_back = rule.overdue, rule.reopened, rule.handed_back
    kept.days, kept.most = rule.days, rule.most
    kept.save()
    ground = kept.place_id or ""
    note("set_agenda_rule", f"agenda_rule:{kept.pk}", by=f"person:{by.pk}", ground=ground, **asdict(rule))
    return kept
