"""Open matters like the one being written, shown before it is sent: whoever finds theirs among them joins it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.utils import timezone

from yiwang.catalogue.queries import catalogue, recognise
from yiwang.plumbing.limiting import has_room
from yiwang.plumbing.sealing import BrokenSeal, seal, unseal
from yiwang.triage.queries import Alike, alike

# What was shown may be joined as long; the number of another's case is sealed: none is told, none can be guessed.
_GOOD_FOR = timedelta(hours=2)
_OF = "the same matter"
_signer = TimestampSigner(salt=_OF)
OTHER = "other"
"""What is sent by whoever looked and found theirs to be another matter."""


def found(
    request: HttpRequest, text: str, item: str, place: str, position: tuple[float, float] | None
) -> list[Alike]:  # fmt: skip
    """The open matters like this one; none while nobody knows what it is, or for whoever asks too often."""
    known = item or _recognised(text, place)
    if not known or not has_room(f"similar:{request.META.get('REMOTE_ADDR', '')}"):
        return []
    return alike(known, place, position)


def shown(like_it: Iterable[Alike], sent: Mapping[str, str]) -> dict[str, Any]:
    """What the template takes: each matter with what is sent back to join it, and what was chosen before."""
    chosen = _number(sent.get("same", ""))
    lines = [(one, _sealed(one.number), one.number == chosen) for one in like_it]
    return {"similar": lines, "joins": any(line[2] for line in lines), "now": timezone.now()}


def were_shown(sent: Mapping[str, str]) -> bool:
    """Whether the sender saw such matters, and chose among them or none."""
    return bool(sent.get("same"))


def joined(sent: Mapping[str, str]) -> int | None:
    """The case that the sender joins; none where it is another matter, or was not offered lately."""
    return _number(sent.get("same", ""))


def _sealed(number: int) -> str:
    return urlsafe_b64encode(seal(_signer.sign(str(number)), of=_OF)).decode()


def _number(sealed: str) -> int | None:
    try:
        return int(_signer.unsign(unseal(urlsafe_b64decode(sealed), of=_OF), max_age=_GOOD_FOR))
    except (BadSignature, BrokenSeal, ValueError):
        return None


def _recognised(text: str, place: str) -> str:
    item = recognise(text, place, on=timezone.localdate()).item_id if text.strip() else None
    line = catalogue().get(item) if item else None
    return line.code if line else ""
