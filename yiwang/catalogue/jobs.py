"""Background work of the catalogue."""

from typing import Any

from yiwang.catalogue import actions
from yiwang.people.facts import PostFollowed
from yiwang.places.facts import GroundRedrawn
from yiwang.plumbing.facts import heard
from yiwang.plumbing.jobs import job


@job(lock="catalogue.redrawing")
def follow_redrawing(fact: dict[str, Any]) -> None:
    """Let responsibilities follow the ground."""
    actions.follow_redrawing(heard(GroundRedrawn, fact))


@job(lock="catalogue.redrawing")
def follow_post(fact: dict[str, Any]) -> None:
    """Let responsibilities follow their post."""
    actions.follow_post(heard(PostFollowed, fact))
