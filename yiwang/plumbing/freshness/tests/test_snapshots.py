"""What a process keeps in memory is what was committed, and never older than the last commit it heard of."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from tests.waiting import until
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import Snapshot, forget, touched
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db(transaction=True)
TOPIC = "bells"


def count() -> int:
    return Entry.objects.count()


@pytest.fixture
def bells() -> Iterator[Callable[[Callable[[], int]], Snapshot[int]]]:
    """Makes snapshots of a topic that only this test knows."""
    yield lambda load: Snapshot(TOPIC, load)
    del Snapshot.by_topic[TOPIC]


Bells = Callable[[Callable[[], int]], Snapshot[int]]


@transaction.atomic
def ring() -> None:
    note("rang", "bell:1", by="test")
    touched(TOPIC)


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def elsewhere(does: Callable[[], object]) -> None:
    """Do it in another thread, which has a connection and a transaction of its own."""

    def run() -> None:
        does()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def test_a_commit_is_seen_and_a_rollback_is_not(bells: Bells) -> None:
    known = bells(count)
    assert known.get() == 0
    ring()
    assert known.get() == 1
    with rolled_back():
        ring()
    assert known.get() == 1


def test_what_a_transaction_sees_of_its_own_is_not_kept_when_it_is_rolled_back(bells: Bells) -> None:
    known, seen = bells(count), list[int]()
    with rolled_back():
        ring()
        forget(TOPIC)  # another thread's commit just now
        assert known.get() == 1
        elsewhere(lambda: seen.append(known.get()))
    assert (seen, known.get()) == ([0], 0)


def test_a_savepoint_taken_back_takes_along_what_was_seen_in_it(bells: Bells) -> None:
    known = bells(count)
    with transaction.atomic():
        ring()
        forget(TOPIC)
        with rolled_back():
            ring()
            assert known.get() == 2
        assert known.get() == 1
    assert known.get() == 1


def test_a_commit_during_the_loading_is_not_missed(bells: Bells) -> None:
    commits = [ring]

    def slow_count() -> int:
        found = count()
        if commits:
            elsewhere(commits.pop())
        return found

    assert bells(slow_count).get() == 1


def test_whoever_waits_for_the_first_loading_does_not_load_again(bells: Bells) -> None:
    known, heard = bells(count), list[int]()
    waiting = threading.Thread(target=lambda: heard.append(known.get()))
    with known._loading:
        waiting.start()
        until(lambda: known.is_used)
        known._value = 7
    waiting.join()
    assert heard == [7]


def test_the_loading_sees_the_whole_ground_and_leaves_ones_own_as_it_was(bells: Bells) -> None:
    with standing_on(EVERYWHERE):
        note("rang", "bell:1", by="test", ground="990101")
    known = bells(count)
    with standing_on(["990102"]):
        assert known.get() == 1
        assert count() == 0
