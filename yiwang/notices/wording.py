"""What a notice says, in the language of whoever reads it: number, matter, place, until when, and a link.

Never a name, a phone, an address, nor what was told: that is read behind the walls.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format

from yiwang.cases.rules import written
from yiwang.catalogue.queries import catalogue
from yiwang.notices.adapters import Message
from yiwang.notices.models import Notice
from yiwang.notices.rules.occasions import OF_FORMS
from yiwang.notices.words import (
    ABOUT,
    AND_MORE,
    MANY,
    MANY_FORMS,
    MANY_OF_ONE,
    OCCASIONS,
    OVER,
    OVER_SAID,
    SAID,
    SEALED_MATTER,
    SOME_MATTER,
    UNTIL,
    WHERE_TO_CHOOSE,
)
from yiwang.places.queries import tree

MOST_LISTED = 20
"""A digest lists so many, and says how many more there are."""
# Pages of `channels/web`, as they are typed: a message outlives the process that wrote it.
_CASE, _REPORT, _LIST = "/cases/{number}", "/r/{number}", "/notices"
# A form as whoever is asked sees it, and a round of a series as whoever asks does.
_THINGS = {"form": "/today/forms/{number}", "round": "/forms/{number}"}


@dataclass(frozen=True, slots=True)
class Said:
    """One notice in words; `until` as a moment in words, empty where nothing is due. Only a case has a number."""

    title: str
    matter: str
    place: str
    number: str
    until: str
    sentence: str


def said(notice: Notice) -> Said:
    """A notice in the language that is active. Of what is sealed only its number."""
    title = str(OVER if notice.over_at else OCCASIONS[notice.kind])
    sentence = str(OVER_SAID if notice.over_at else SAID[notice.kind]) % {"about": _about(notice)}
    number = written(notice.case) if notice.case else ""
    until = "" if notice.over_at else _moment(notice.until)
    if notice.sealed:
        return Said(title, str(SEALED_MATTER), "", number, until, sentence)
    matter = notice.title or _matter(notice.item)
    return Said(title, matter, _place(notice.place), number, until, sentence)


def composed(notices: Sequence[Notice], *, to: str, message: UUID, language: str, reporter: bool) -> Message:
    """The message that tells of these, one or a digest of many."""
    with translation.override(language):
        subject, text, template, parameters = _one(notices[0], reporter) if len(notices) == 1 else _many(notices)
    short = (language or settings.LANGUAGE_CODE).split("-")[0]
    return Message(message, to, subject, text, f"yiwang_{template}_{short}", parameters)


def _one(notice: Notice, reporter: bool) -> tuple[str, str, str, dict[str, str]]:  # noqa: FBT001 - of this module only
    words = said(notice)
    link = _link_of(notice, _REPORT if reporter else _CASE)
    until = str(UNTIL) % {"until": words.until} if words.until else ""
    subject = f"{words.title}: {words.matter}"
    facts = " · ".join(filter(None, (words.matter, words.place, words.number, until)))
    lines = [words.sentence, facts, link, *([] if reporter else ["", str(WHERE_TO_CHOOSE)])]
    parameters = {
        "number": words.number, "matter": words.matter, "place": words.place, "until": words.until, "link": link,
        "about": _about(notice),
    }  # fmt: skip
    return subject, "\n".join(_without_gaps(lines)), notice.occasion, parameters


def _many(notices: Sequence[Notice]) -> tuple[str, str, str, dict[str, str]]:
    count = {"count": len(notices)}
    kinds = {notice.kind for notice in notices}
    one = next(iter(kinds)) if len(kinds) == 1 else None
    of_one = MANY_FORMS if one in OF_FORMS else MANY_OF_ONE
    subject = str(of_one) % {**count, "occasion": OCCASIONS[one]} if one else str(MANY) % count
    lines = [_line(notice) for notice in notices[:MOST_LISTED]]
    left = len(notices) - len(lines)
    more = [str(AND_MORE) % {"count": left}] if left > 0 else []
    link = _link(_LIST, "")
    text = "\n".join(_without_gaps([subject, "", *lines, *more, "", link, str(WHERE_TO_CHOOSE)]))
    return subject, text, "digest", {"count": str(len(notices)), "subject": subject, "link": link}


def _about(notice: Notice) -> str:
    return " · ".join(str(ABOUT.get(word, word)) for word in notice.about.split("|"))


def _line(notice: Notice) -> str:
    words = said(notice)
    until = str(UNTIL) % {"until": words.until} if words.until else ""
    return " · ".join(filter(None, (words.title, words.matter, words.place, words.number, until)))


def _without_gaps(lines: Sequence[str]) -> list[str]:
    """The lines without an empty one beside another: where there is no link, none is missed."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return kept


def _matter(item: int | None) -> str:
    line = catalogue().get(item) if item else None
    if line is None:
        return str(SOME_MATTER)
    english = (translation.get_language() or "").startswith("en")
    return (line.content.name_en if english else "") or line.name


def _place(code: str) -> str:
    path = [spot.name for spot in tree().path(code)]
    return " ".join(path[1:] or path)


def _moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "Y-m-d H:i") if at else ""


def _link_of(notice: Notice, page: str) -> str:
    if notice.case:
        return _link(page, written(notice.case))
    kind, _colon, number = notice.subject.partition(":")
    return _link(_THINGS[kind], number)


def _link(path: str, number: str) -> str:
    return f"{settings.ADDRESS}{path.format(number=number)}" if settings.ADDRESS else ""
