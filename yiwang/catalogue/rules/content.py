"""What an item says: its level, urgency, secrecy, limits and the evidence with which it is finished."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """On whose list of the three an item stands 三级事项清单."""

    TOWN = "town"
    VILLAGE = "village"
    GRID = "grid"


class Urgency(StrEnum):
    """How soon somebody must move."""

    ROUTINE = "routine"
    SOON = "soon"
    URGENT = "urgent"
    EMERGENCY = "emergency"  # lives or much property are at stake: the running clock, day and night


class Secrecy(StrEnum):
    """Who may know of a case of this item."""

    OPEN = "open"
    CONFIDENTIAL = "confidential"  # never shown to the public
    SEALED = "sealed"  # against an official: never through a command centre, only to whoever investigates


class Stage(StrEnum):
    """A part of a case's life that has a time limit of its own."""

    SIGN_FOR = "sign_for"
    HANDLE = "handle"
    CHECK = "check"
    CALL_BACK = "call_back"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What must be shown to finish. `within_metres`: how near the case one photo must be taken; 0: anywhere."""

    photos: int = 0
    within_metres: int = 0
    note: bool = False
    before_and_after: bool = False

    def __post_init__(self) -> None:
        assert self.photos >= 0, "photos are counted"
        assert self.within_metres >= 0, "a distance is not negative"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a handler brings. Each photo's distance from the case in metres, None where it has no position."""

    photos: tuple[float | None, ...] = ()
    note: str = ""
    before: bool = False
    after: bool = False


def missing(required: Evidence, shown: Shown) -> tuple[str, ...]:
    """What is still wanting, as codes: "photos", "photo_nearby", "note", "before_and_after"; empty when complete."""
    near = any(far is not None and far <= required.within_metres for far in shown.photos)
    checks = (
        ("photos", len(shown.photos) >= required.photos),
        ("photo_nearby", not required.within_metres or near),
        ("note", not required.note or bool(shown.note.strip())),
        ("before_and_after", not required.before_and_after or (shown.before and shown.after)),
    )
    return tuple(code for code, is_there in checks if not is_there)


@dataclass(frozen=True, slots=True)
class Content:
    """All that one version of an item says. Limits are written as the field writes them ("2紧急工作时")."""

    name: str
    board: str
    level: Level
    urgency: Urgency
    limits: Mapping[Stage, str]
    name_en: str = ""
    keywords: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    opens_when: str = ""
    closes_when: str = ""
    evidence: Evidence = field(default_factory=Evidence)
    on_the_spot: bool = False
    secrecy: Secrecy = Secrecy.OPEN
    # Whom a list named; responsibilities are proposed from it, never derived.
    handlers: str = ""
    regulators: str = ""
