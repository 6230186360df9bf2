"""A topic keeps its number from run to run although its group is found anew each time."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

_SHARED = 0.3


def continued(groups: Sequence[AbstractSet[int]], known: Mapping[int, AbstractSet[int]]) -> list[int | None]:
    """For each group of cases the topic (of `known`, by its number) that it goes on with, None for a new one.

    Whichever share most cases find each other first, the older topic where it is equal; less than 30 % of the smaller
    of both is chance. No topic goes on in two groups.
    """
    shared = sorted(
        (-len(group & cases), topic, at)
        for at, group in enumerate(groups)
        for topic, cases in known.items()
        if len(group & cases) >= max(1, _SHARED * min(len(group), len(cases)))
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _less, topic, at in shared:
        if at not in found and topic not in taken:
            found[at] = topic
            taken.add(topic)
    return [found.get(at) for at in range(len(groups))]
