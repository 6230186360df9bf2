"""Labels on things: a code that names an item, a place and the thing, and needs no table.

It is marked with the installation's seal keys, so that nobody prints labels in our name, and a label on a lamp post
outlives the change of a key.
"""

import base64
import binascii
import hmac
import json
from dataclasses import dataclass

from yiwang.plumbing.sealing import mark, marks

_OF_LABEL = "label"
_MARK = 9
LONGEST_THING = 40


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says. `item` and `place` are codes and may be empty; `thing` is in words: "3号路灯"."""

    item: str = ""
    place: str = ""
    thing: str = ""


def code_of(label: Label) -> str:
    """The code that is printed: letters, digits, hyphens and underlines."""
    said = json.dumps([label.item, label.place, label.thing], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(mark(said, of=_OF_LABEL)[:_MARK] + said.encode()).decode().rstrip("=")


def read_label(code: str) -> Label | None:
    """What the code says, also one printed before keys were changed; None for one that is not ours."""
    try:
        read = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
        given, said = read[:_MARK], read[_MARK:].decode()
    except (binascii.Error, ValueError):
        return None
    if not any(hmac.compare_digest(given, known[:_MARK]) for known in marks(said, of=_OF_LABEL)):
        return None
    return Label(*json.loads(said))
