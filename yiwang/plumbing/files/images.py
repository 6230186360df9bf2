"""Photos: decoded within limits, set upright, written anew as nothing but the picture.

Brings the picture libraries along: loaded with the first photo, not by every web process.
"""

import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from io import BytesIO
from typing import TypeVar

from PIL import ExifTags, Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

from yiwang.plumbing.files.rules import JPEG, PNG, Form, Limits, Offer, Picture, Position, fitted, position, taken_at
from yiwang.plumbing.refusals import Refused

T = TypeVar("T")

Image.init()  # all of Pillow's readers, before threads look for one
register_heif_opener()
# Pillow's own limit stands behind ours, and should refuse rather than write to the log.
warnings.simplefilter("error", Image.DecompressionBombWarning)
# Damaged Exif is nobody's concern, and a stranger should not fill the log with it.
warnings.filterwarnings("ignore", module=r"PIL\.TiffImagePlugin")

_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "GIF")
_QUALITY = 85
# A marker with a length; in picture data FF is followed by 00 or by RST0 to RST7 (ITU-T T.81, B.1.1).
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")
_SOS, _EOI = 0xDA, 0xD9


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it is kept, its thumbnail, and what it said about itself."""

    form: Form
    picture: Picture
    thumbnail: Picture
    offer: Offer


def photo(content: bytes, limits: Limits, zone: tzinfo) -> Photo:
    """Decode and write anew. `zone` is where cameras that write no offset are thought to be.

    Refuses what has too many pixels (by its header, before anything is decoded) and what cannot be decoded whole.
    """
    _refuse_endless(content, limits)
    image, offer = _decoded(content, limits, zone)
    image = _in_srgb(_upright(_shrunk(image, limits.side)))
    see_through = image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255)
    form = PNG if see_through else JPEG
    image = image if see_through else image.convert("RGB")
    thumbnail = _shrunk(image, limits.thumbnail_side)
    return Photo(form, _encoded(image, form), _encoded(thumbnail, form), offer)


def _decoded(content: bytes, limits: Limits, zone: tzinfo) -> tuple[Image.Image, Offer]:
    try:
        image: Image.Image = Image.open(BytesIO(content), formats=_FORMATS)
        _refuse_pixels(image.size, limits)
        # A JPEG far larger than what is kept is decoded at 1/2, 1/4 or 1/8: a fraction of the time and the memory.
        image.draft(None, (limits.side, limits.side))  # type: ignore[no-untyped-call, unused-ignore]
        image.load()
        return _plain(image), _offer(image, zone)
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_many_pixels(limits) from bomb
    except Exception as broken:
        # Pillow's readers raise nearly anything on damaged bytes: OSError, SyntaxError, struct.error, KeyError …
        raise Refused("file_damaged") from broken


def _refuse_pixels(size: tuple[int, int], limits: Limits) -> None:
    if size[0] * size[1] > limits.pixels:
        raise _too_many_pixels(limits)


def _too_many_pixels(limits: Limits) -> Refused:
    return Refused("photo_has_too_many_pixels", megapixels=f"{limits.pixels / 1_000_000:g}")


def _refuse_endless(content: bytes, limits: Limits) -> None:
    """A progressive JPEG of a few kilobytes can ask for a hundred thousand passes over the whole picture."""
    if not content.startswith(b"\xff\xd8"):
        return
    at, scans = 2, 0
    for _ in range(limits.jpeg_markers):
        found = _MARKER.search(content, at)
        if found is None or content[found.end() - 1] == _EOI:
            return
        scans += content[found.end() - 1] == _SOS
        if scans > limits.jpeg_scans:
            break
        at = found.end() + int.from_bytes(content[found.end() : found.end() + 2], "big")
    raise Refused("file_damaged")


def _plain(image: Image.Image) -> Image.Image:
    """In a mode that can be resized and colour-managed; palettes and 16 bits are gone."""
    if image.mode.startswith("I"):
        image = image.point(lambda level: level * (1 / 257)).convert("L")  # converting alone would cut off at 255
        image.info.pop("transparency", None)
    mode = image.mode if image.mode in {"L", "CMYK"} else "RGB"
    return image.convert("RGBA" if image.has_transparency_data else mode)


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    size = fitted(image.size, side)
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _in_srgb(image: Image.Image) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile := image.info.get("icc_profile"):
        try:
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            turned = None  # a broken or foreign profile: the colours are taken as they are
        image = turned or image
    return image.convert(mode)


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - damaged Exif, which is no reason to refuse the picture
        return image


def _encoded(image: Image.Image, form: Form) -> Picture:
    plain = image.copy()
    plain.info = {}  # the encoders take comments, profiles and Exif from here
    written = BytesIO()
    if form is PNG:
        plain.save(written, "PNG", optimize=True)
    else:
        plain.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(written.getvalue(), *image.size)


def _offer(image: Image.Image, zone: tzinfo) -> Offer:
    exif = _attempt(image.getexif)
    if exif is None:
        return Offer()
    gps = _attempt(lambda: exif.get_ifd(ExifTags.IFD.GPSInfo)) or {}
    shot = _attempt(lambda: exif.get_ifd(ExifTags.IFD.Exif)) or {}
    written = shot.get(ExifTags.Base.DateTimeOriginal) or shot.get(ExifTags.Base.DateTimeDigitized) or ""
    offset = shot.get(ExifTags.Base.OffsetTimeOriginal) or ""
    return Offer(_position(gps), taken_at(str(written), str(offset).strip("\0 "), zone))


def _position(gps: dict[int, object]) -> Position | None:
    tag = ExifTags.GPS
    if str(gps.get(tag.GPSStatus, "A")).strip("\0 ") == "V":  # void: the receiver had no fix
        return None
    lat, lon = _figures(gps.get(tag.GPSLatitude)), _figures(gps.get(tag.GPSLongitude))
    north, east = (str(gps.get(ref, "")).strip("\0 ").upper() for ref in (tag.GPSLatitudeRef, tag.GPSLongitudeRef))
    return position(lat, north, lon, east)


def _figures(rationals: object) -> Sequence[float]:
    return _attempt(lambda: [float(part) for part in rationals]) or []  # type: ignore[attr-defined]


def _attempt(read: Callable[[], T]) -> T | None:
    try:
        return read()
    except Exception:  # noqa: BLE001 - damaged Exif, which is no reason to refuse the picture
        return None
