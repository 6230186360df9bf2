"""What forms ask of people in a week, as `workload` counts it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from yiwang.forms.models import Addressee, Form
from yiwang.workload.rules import Asking, Kind


def asked_in(county: str, week: date) -> Iterator[Asking]:
    """Each form that was asked in the week from this Monday on, once for everybody of whom it was asked.

    What was withdrawn or stopped counts too: it was asked. Stands everywhere.
    """
    begin = datetime.combine(week, time.min, timezone.get_default_timezone())
    forms = {
        one.pk: one
        for one in Form.objects.filter(county=county, asked_at__gte=begin, asked_at__lt=begin + timedelta(days=7))
    }
    for number, person in Addressee.objects.filter(county=county, form__in=forms).values_list("form_id", "person"):
        form = forms[number]
        yield Asking(person, Kind.FORM, form.unit, case=form.pk, minutes=form.minutes)
