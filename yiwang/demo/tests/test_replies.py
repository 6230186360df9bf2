"""What handlers of the demonstration write is warned of where it says nothing, and hardly anywhere else."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.utils import timezone

from yiwang.catalogue.actions import load_default
from yiwang.catalogue.queries import catalogue
from yiwang.demo.showing import SCENE_OF, done
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.replies.queries import speaks_of_another
from yiwang.replies.rules import Flaw, flaws_of


def flaws(*, with_scene: bool) -> Iterator[list[Flaw]]:
    """Of each way to tell of each item, with what a handler writes who has dealt with it."""
    for line in catalogue():
        scene = SCENE_OF.get(line.code, "")
        if not line.is_branch and bool(scene) is with_scene:
            for asked in line.content.examples:
                for reply in (done(scene), f"{done(scene)}，并向反映人说明了情况"):
                    elsewhere = speaks_of_another(reply, line.id, "")
                    yield [one.flaw for one in flaws_of(reply, asked=asked, elsewhere=elsewhere)]


@pytest.mark.django_db
def test_replies_of_the_demonstration() -> None:
    with standing_on(EVERYWHERE):
        load_default(by="test", today=timezone.localdate())
    forget()
    told = list(flaws(with_scene=True))
    wrong = [found for found in told if found]
    assert len(told) > 200
    assert len(wrong) <= 0.03 * len(told), Counter(flaw for found in wrong for flaw in found)
    # Where the demonstration has no picture of what was done, it says that something was done, and not what.
    vague = list(flaws(with_scene=False))
    assert all(Flaw.VAGUE in found for found in vague), Counter(flaw for found in vague for flaw in found)
