from collections.abc import Iterator

import pytest

from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@pytest.fixture
def whole_ground(db: None) -> Iterator[None]:
    """The test stands on every ground, as the command line does."""
    with standing_on(EVERYWHERE):
        yield
