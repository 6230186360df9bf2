"""What can be said to have happened to a case. `case` is its number."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseReported:
    case: int
    county: str
    place: str
    item: int | None
    urgency: str
    secrecy: str


@dataclass(frozen=True, slots=True)
class CaseDispatched:
    """Given to a lead; `firmly` for the second way there is."""

    case: int
    county: str
    lead: int
    assisting: tuple[int, ...]
    firmly: bool


@dataclass(frozen=True, slots=True)
class CaseDelegated:
    """The lead went to another post of the same unit."""

    case: int
    county: str
    lead: int


@dataclass(frozen=True, slots=True)
class CaseHandedBack:
    case: int
    county: str
    post: int


@dataclass(frozen=True, slots=True)
class WhistleBlown:
    case: int
    county: str
    posts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CasePaused:
    """`until` as an ISO moment: then it goes on by itself."""

    case: int
    county: str
    until: str


@dataclass(frozen=True, slots=True)
class CaseFinished:
    case: int
    county: str


@dataclass(frozen=True, slots=True)
class CaseEnded:
    """Closed, declined or withdrawn, whichever its state says."""

    case: int
    county: str
    state: str


@dataclass(frozen=True, slots=True)
class PartEnded:
    """A part of a split case ended; `whole` is the number of that."""

    case: int
    county: str
    whole: int


@dataclass(frozen=True, slots=True)
class FollowedCaseEnded:
    """A case ended into which other reports were merged."""

    case: int
    county: str


@dataclass(frozen=True, slots=True)
class CaseReopened:
    case: int
    county: str


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """Somebody wants something: `ref` is a petition's or a note's number, or the post that was called in to help."""

    case: int
    county: str
    what: str
    ref: int
    decided: bool = False
