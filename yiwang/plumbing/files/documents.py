"""Documents: only looked at, never changed; what they may be is decided from their bytes."""

import re
import zipfile
import zlib
from io import BytesIO

from yiwang.plumbing.files.rules import OFFICE_PARTS, PDF, TEXT, Form, Limits
from yiwang.plumbing.refusals import Refused

# What Office means by a package with macros, whatever its name says.
_MACROS = ("vbaproject.bin", "vbadata.xml")
_TAIL = 2048
# Everything below a space that no text has; tab, line feed, form feed and carriage return are text.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"\s*(<[!?a-z/%]|#!|%!ps|\{\\rtf)", re.IGNORECASE)


def pdf(content: bytes) -> Form:
    """A PDF from its first byte to its end (ISO 32000-1, 7.5); refused: cut off, or a zip at the same time."""
    if not re.match(rb"%PDF-\d", content) or b"%%EOF" not in content[-_TAIL:] or b"startxref" not in content:
        raise Refused("file_damaged")
    if _ends_as_zip(content):
        raise Refused("file_is_two_things")
    return PDF


def _ends_as_zip(content: bytes) -> bool:
    try:
        return zipfile.is_zipfile(BytesIO(content))
    except Exception:  # noqa: BLE001 - bytes that merely look like the end of a zip
        return False


def office(content: bytes, limits: Limits) -> Form:
    """Word, Excel or PowerPoint by what lies in the package (ECMA-376); refused: any other zip, macros, bombs."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            form = _form_of(package, limits)
            if package.testzip() is not None:
                raise Refused("file_damaged")
            return form
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as broken:
        raise Refused("file_damaged") from broken


def _form_of(package: zipfile.ZipFile, limits: Limits) -> Form:
    parts = package.infolist()
    names = {part.filename for part in parts}
    forms = [form for part, form in OFFICE_PARTS.items() if part in names]
    if len(forms) != 1 or "[Content_Types].xml" not in names:
        raise Refused("file_kind_not_taken")
    if any(name.lower().endswith(_MACROS) for name in names):
        raise Refused("file_has_macros")
    if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
        raise Refused("file_unpacks_too_large")
    return forms[0]


def text(content: bytes) -> Form:
    """Plain text or a list, in UTF-8 or in GB 18030; refused: anything that a browser or a shell would run."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            read = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _MARKUP.match(read):
            raise Refused("file_is_markup")
        if not _CONTROL.search(read):
            return TEXT
    raise Refused("file_kind_not_taken")
