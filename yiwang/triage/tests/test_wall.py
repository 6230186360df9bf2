"""The second wall, before proposals and what became of them."""

import pytest

from tests.town import Town
from yiwang.cases.tests.make import MONDAY, reported
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.triage import actions
from yiwang.triage.models import Proposal


@pytest.mark.django_db
def test_a_clerk_of_another_street_sees_no_proposals_here(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        reported(town)
        actions.propose_waiting(now=MONDAY)
    with standing_on((town.two_wells.code,)):
        assert Proposal.objects.count() == 1
    with standing_on((town.stone_bridge.code,)):
        assert Proposal.objects.count() == 0
