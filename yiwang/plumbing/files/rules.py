"""What is taken, how large it may be, what it is called, and what a browser may show. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from hashlib import sha256
from math import isfinite

MEGABYTE = 1024 * 1024
_NAME_LENGTH = 120
_GRACE = timedelta(days=1)


class Kind(StrEnum):
    """What a file is to the people who look at it."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which content is kept: how a browser is told of it, and the endings its name may have."""

    kind: Kind
    mime: str
    endings: tuple[str, ...]


JPEG = Form(Kind.PHOTO, "image/jpeg", (".jpg", ".jpeg"))
PNG = Form(Kind.PHOTO, "image/png", (".png",))
PDF = Form(Kind.DOCUMENT, "application/pdf", (".pdf",))
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = Form(Kind.DOCUMENT, f"{_OFFICE}.wordprocessingml.document", (".docx",))
XLSX = Form(Kind.DOCUMENT, f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",))
PPTX = Form(Kind.DOCUMENT, f"{_OFFICE}.presentationml.presentation", (".pptx",))
TEXT = Form(Kind.DOCUMENT, "text/plain", (".txt", ".csv"))

# A part that must lie in the package, by the form it makes of it (ECMA-376).
OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
PHOTO_MIMES = frozenset({"image/jpeg", "image/png", "image/apng", "image/webp", "image/heic", "image/gif"})
_PHOTO_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif")
# Only what we have encoded ourselves: whatever a stranger wrote is downloaded, never opened inside our pages.
_SHOWN_INLINE = frozenset({JPEG.mime, PNG.mime})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken (bytes, pixels) and how large a photo is kept (pixels on its longest side)."""

    photo: int = 20 * MEGABYTE
    document: int = 20 * MEGABYTE
    pixels: int = 50_000_000
    side: int = 2560
    thumbnail_side: int = 480
    unpacked: int = 200 * MEGABYTE
    parts: int = 5_000
    jpeg_scans: int = 100
    jpeg_markers: int = 5_000

    @property
    def largest(self) -> int:
        return max(self.photo, self.document)


@dataclass(frozen=True, slots=True)
class Picture:
    """One encoded picture; width and height in pixels, upright."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees, WGS 84, as the camera wrote them."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Offer:
    """What a photo said about itself before that was removed: offered to the reporter, kept only if they agree."""

    position: Position | None = None
    taken_at: datetime | None = None


def shows_inline(mime: str) -> bool:
    """Whether a browser may show it inside a page; everything else is downloaded."""
    return mime in _SHOWN_INLINE


def content_path(sha256: str) -> str:
    """Where content lies in the store."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def is_content_path(path: str) -> bool:
    """Whether a path in the store is one that `content_path` gives: anything else there is not ours to sweep."""
    return bool(re.fullmatch(r"([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{60}", path))


def cleaned_name(name: str, form: Form) -> str:
    """The name to show and to download under: no folders, no invisible characters, the ending of what it is."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Cc, Cf: a right-to-left override makes “gpj.exe” of “exe.jpg”; Cs cannot be written as UTF-8.
    visible = "".join(c for c in last if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    stem, ending = _split(re.sub(r'["*:<>?|]', "_", " ".join(visible.split())).rstrip(". "), form)
    return (stem.strip(". ")[:_NAME_LENGTH].rstrip(". ") or form.kind.value) + ending


def _split(name: str, form: Form) -> tuple[str, str]:
    lower = name.lower()
    for ending in (*form.endings, *(_PHOTO_ENDINGS if form.kind is Kind.PHOTO else ())):
        if lower.endswith(ending):
            return name[: -len(ending)], ending if ending in form.endings else form.endings[0]
    return name, form.endings[0]


def fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The size (width, height) with its longest side at most `side`; nothing is ever enlarged."""
    longest = max(size)
    if longest <= side:
        return size
    width, height = (max(1, round(length * side / longest)) for length in size)
    return width, height


def position(lat: Sequence[float], north: str, lon: Sequence[float], east: str) -> Position | None:
    """The position from degrees, minutes and seconds and their references (Exif 2.32, tags 1 to 4).

    Nothing for what is no position: missing or impossible figures, and 0° 0°, which cameras write without a fix.
    """
    if len(lat) != 3 or len(lon) != 3 or north not in {"N", "S"} or east not in {"E", "W"}:
        return None
    found = Position(
        _degrees(lat) * (-1 if north == "S" else 1),
        _degrees(lon) * (-1 if east == "W" else 1),
    )
    sound = isfinite(found.lat) and isfinite(found.lon) and abs(found.lat) <= 90 and abs(found.lon) <= 180
    return found if sound and (found.lat, found.lon) != (0, 0) else None


def _degrees(parts: Sequence[float]) -> float:
    return round(parts[0] + parts[1] / 60 + parts[2] / 3600, 7)


def taken_at(written: str, offset: str, zone: tzinfo) -> datetime | None:
    """The moment a camera wrote (“2026:05:01 08:30:00”), in its own offset (“+08:00”) or else in `zone`."""
    try:
        moment = datetime.strptime(written.strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - its zone comes next
        return moment.replace(tzinfo=_offset(offset) or zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _offset(text: str) -> tzinfo | None:
    if not re.fullmatch(r"[+-]\d\d:\d\d", text):
        return None
    return datetime.strptime(text, "%z").tzinfo


def link_ends(now: int, valid_for: int) -> int:
    """When a link made now ends, in seconds since 1970: after `valid_for`, at most a quarter later.

    Links made shortly after one another are equal, so that a browser knows the picture again.
    """
    step = max(1, valid_for // 4)
    return -(-(now + valid_for) // step) * step


def is_orphan(*, modified: datetime, now: datetime) -> bool:
    """Whether content without a row may be swept: only after a day, since somebody may be about to write its row."""
    return now - modified > _GRACE
