"""Items one by one: added, given a new version, retired."""

import re
from datetime import date

from django.db import transaction

from yiwang.catalogue.actions.asking import (
    administers,
    board_of,
    plain,
    record,
    refuse_what_is_no_county,
)
from yiwang.catalogue.models import CODE, Item, ItemVersion
from yiwang.catalogue.rules import Content
from yiwang.people.models import Person
from yiwang.people.rules import WHOLE
from yiwang.places.models import Place
from yiwang.plumbing.refusals import Refused


@transaction.atomic
def add_item(
    code: str, content: Content, *, county: Place | None, parent: Item | None, by: Person, today: date
) -> ItemVersion:
    """Add an item or branch, for a county or for all, with its first version.

    Refuses a code that is unfit or taken there, a retired parent or one of another county, an unknown board.
    """
    refuse_what_is_no_county(county)
    administers(by, county, today=today)
    content = plain(content)
    if not re.fullmatch(CODE, code):
        raise Refused("item_code_unfit", code=code)
    if Item.objects.filter(code=code, county=county).exists():
        raise Refused("item_code_taken", code=code)
    if parent is not None:
        _refuse_parent(parent, county, today)
    item = Item.objects.create(code=code, parent=parent, county=county, valid_from=today)
    version = _write(item, content, number=1, today=today)
    record("add_item", f"item:{item.pk}", by=f"person:{by.pk}", ground=item.county_id or WHOLE, code=code)
    return version


@transaction.atomic
def change_item(item: Item, content: Content, *, by: Person, today: date) -> ItemVersion:
    """Let an item say something else from today on, in a new version; cases keep the one they were opened under.

    Refuses a retired item and a content that is the present one.
    """
    administers(by, item.county, today=today)  # before the lock, which the wall would not find
    item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    content = plain(content)
    if item.valid_to is not None and item.valid_to <= today:
        raise Refused("item_retired", item=content.name)
    last = item.versions.select_related("board").order_by("-number").first()
    assert last is not None, "an item is born with a version"
    if last.content == content:
        raise Refused("item_unchanged", item=content.name)
    version = _write(item, content, number=last.number + 1, today=today)
    record(
        "change_item", f"item:{item.pk}", by=f"person:{by.pk}", ground=item.county_id or WHOLE,
        code=item.code, version=version.number,
    )  # fmt: skip
    return version


@transaction.atomic
def retire_item(item: Item, *, on: date, by: Person, today: date) -> Item:
    """Let nobody open a case under it from that day on. Refuses a branch with open items and one retired already."""
    administers(by, item.county, today=today)  # before the lock, which the wall would not find
    item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.valid_to is not None and item.valid_to <= on:
        raise Refused("item_retired", item=item.code)
    if item.children.filter(valid_to=None).exists():
        raise Refused("item_still_has_items", item=item.code)
    item.valid_to = max(on, item.valid_from) if item.valid_from else on
    item.save(update_fields=["valid_to"])
    record(
        "retire_item", f"item:{item.pk}", by=f"person:{by.pk}", ground=item.county_id or WHOLE,
        code=item.code, on=item.valid_to.isoformat(),
    )  # fmt: skip
    return item


def _refuse_parent(parent: Item, county: Place | None, today: date) -> None:
    if parent.county_id is not None and parent.county_id != (county.code if county else None):
        raise Refused("item_of_another_county", item=parent.code)
    if parent.valid_to is not None and parent.valid_to <= today:
        raise Refused("item_retired", item=parent.code)


def _write(item: Item, content: Content, *, number: int, today: date) -> ItemVersion:
    version = ItemVersion.of(item, content, number=number, since=today, board=board_of(content.board, item.county))
    version.save(force_insert=True)
    return version
