"""Boards: the posts of a town sorted by what they care for."""

from datetime import date

from django.db import transaction

from yiwang.catalogue.actions.asking import administers, record, refuse_what_is_no_county
from yiwang.catalogue.models import Board
from yiwang.people.models import Person
from yiwang.people.rules import WHOLE
from yiwang.places.models import Place
from yiwang.plumbing.refusals import Refused


@transaction.atomic
def define_board(
    code: str, *, name: str, name_en: str, position: int, county: Place | None, by: Person, today: date
) -> Board:
    """Add a board, for a county or for all. Refuses a code that is taken there."""
    refuse_what_is_no_county(county)
    administers(by, county, today=today)
    if Board.objects.filter(code=code, county=county).exists():
        raise Refused("board_code_taken", code=code)
    board = Board.objects.create(code=code, name=name, name_en=name_en, position=position, county=county)
    record("define_board", f"board:{board.pk}", by=f"person:{by.pk}", ground=board.county_id or WHOLE, code=code)
    return board


@transaction.atomic
def change_board(board: Board, *, name: str, name_en: str, position: int, by: Person, today: date) -> Board:
    """Call a board otherwise, or put it elsewhere among the others."""
    administers(by, board.county, today=today)  # before the lock, which the wall would not find
    board = Board.objects.select_for_update(of=("self",)).get(pk=board.pk)
    was = board.name
    board.name, board.name_en, board.position = name, name_en, position
    board.save(update_fields=["name", "name_en", "position"])
    record(
        "change_board", f"board:{board.pk}", by=f"person:{by.pk}", ground=board.county_id or WHOLE, was=was, name=name
    )
    return board
