"""The table of photographed pages leaves none out."""

from tests.shown import NO_PAGE, SHOWN
from yiwang.channels.web.urls import urlpatterns


def test_every_page_is_photographed_or_says_why_not() -> None:
    pages = {pattern.name for pattern in urlpatterns}
    shown = {one.page for one in SHOWN if ":" not in one.page}
    assert pages - shown - set(NO_PAGE) == set(), "add a line to tests/shown.py"
    assert (shown | set(NO_PAGE)) - pages == set(), "these addresses are gone"
    assert not shown & set(NO_PAGE)


def test_every_picture_has_a_name_of_its_own_and_says_what_it_shows() -> None:
    names = [one.name for one in SHOWN]
    assert len(names) == len(set(names))
    assert all(one.what for one in SHOWN)
