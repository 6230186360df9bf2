"""Look at what somebody brought in: what it is, whether it is taken, and what of it is kept."""

from dataclasses import dataclass
from datetime import tzinfo
from hashlib import sha256
from typing import BinaryIO

import filetype

from yiwang.plumbing.files import documents
from yiwang.plumbing.files.rules import MEGABYTE, PHOTO_MIMES, Form, Limits, Offer, Picture, cleaned_name
from yiwang.plumbing.refusals import Refused

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


@dataclass(frozen=True, slots=True)
class Ready:
    """A file as it will be kept. A photo has its size in pixels and a thumbnail."""

    form: Form
    name: str
    content: bytes
    picture: Picture | None
    thumbnail: Picture | None
    offer: Offer

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def look(brought: bytes | BinaryIO, *, name: str, limits: Limits, zone: tzinfo) -> Ready:
    """Decide from the bytes what a file is and make of it what may be kept; refuses in words everything else."""
    content = _read(brought, limits.largest)
    if _is_photo(content):
        _refuse_large(content, limits.photo)
        from yiwang.plumbing.files import images  # noqa: PLC0415 - its libraries weigh 8 MB, and few processes need them

        photo = images.photo(content, limits, zone)
        return Ready(
            form=photo.form,
            name=cleaned_name(name, photo.form),
            content=photo.picture.content,
            picture=photo.picture,
            thumbnail=photo.thumbnail,
            offer=photo.offer,
        )
    _refuse_large(content, limits.document)
    form = _document(content, limits)
    return Ready(form, cleaned_name(name, form), content, picture=None, thumbnail=None, offer=Offer())


def _read(brought: bytes | BinaryIO, largest: int) -> bytes:
    content = brought if isinstance(brought, bytes) else brought.read(largest + 1)
    if not content:
        raise Refused("file_empty")
    _refuse_large(content, largest)
    return content


def _refuse_large(content: bytes, largest: int) -> None:
    if len(content) > largest:
        raise Refused("file_too_large", megabytes=f"{largest / MEGABYTE:g}")


def _is_photo(content: bytes) -> bool:
    # The library knows one brand of HEIF only; phones write several (ISO/IEC 23008-12, B.4).
    is_heif = content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS
    return is_heif or filetype.guess_mime(content[:8192]) in PHOTO_MIMES


def _document(content: bytes, limits: Limits) -> Form:
    if content.startswith(b"%PDF"):
        return documents.pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return documents.office(content, limits)
    return documents.text(content)
