import pytest
from django.db import IntegrityError, connection, transaction

from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


def test_a_line_of_the_trail_says_who_what_where_and_why() -> None:
    with standing_on(EVERYWHERE):
        note("see_phone", "person:7", by="person:12", ground="990101001", purpose="call back", case=3)
        entry = Entry.objects.get()
    assert (entry.actor, entry.act, entry.subject) == ("person:12", "see_phone", "person:7")
    assert (entry.county, entry.purpose, entry.details) == ("990101", "call back", {"case": 3})


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor = 'nobody'", "DELETE FROM audit_entry"])
@pytest.mark.parametrize("role", ["yiwang_app", "NONE"])
def test_the_trail_is_not_changed_by_anybody_not_even_its_owner(statement: str, role: str) -> None:
    with standing_on(EVERYWHERE):
        note("dispatch", "case:88", by="person:12", ground="990101001")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                cursor.execute(statement)
            cursor.execute("RESET ROLE")
            cursor.execute("SET LOCAL ROLE yiwang_app")
        assert Entry.objects.count() == 1


def test_the_trail_of_another_county_is_not_seen() -> None:
    with standing_on(EVERYWHERE):
        note("dispatch", "case:88", by="person:12", ground="990101001")
    with standing_on(["990102"]):
        assert not Entry.objects.exists()
    with standing_on(["990101"]):
        assert Entry.objects.count() == 1
