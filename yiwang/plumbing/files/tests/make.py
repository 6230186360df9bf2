"""Files as people bring them in: real encoders, and the same bytes bent the way attackers and bad lines bend them."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

import pillow_heif
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

pillow_heif.register_heif_opener()

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 60), (30, 60, 220), (240, 240, 240)


def quarters(width: int = 96, height: int = 64) -> Image.Image:
    """A picture whose four quarters differ, so that one sees which way is up: red, green above blue, white."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    image.paste(WHITE, (width // 2, height // 2, width, height))
    return image


def corners(image: Image.Image) -> list[str]:
    """The colour of each quarter, row by row."""
    plain = image.convert("RGB")
    width, height = plain.size
    points = [(width // 4, height // 4), (3 * width // 4, height // 4)]
    points += [(width // 4, 3 * height // 4), (3 * width // 4, 3 * height // 4)]
    names = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}

    def nearest(seen: Any) -> str:
        return min(names, key=lambda name: sum(abs(a - b) for a, b in zip(names[name], seen, strict=True)))

    return [nearest(plain.getpixel(point)) for point in points]


# How a camera held that way stores an upright picture: the inverse of what Exif tag 274 asks a viewer to do.
_STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def as_held(image: Image.Image, orientation: int) -> Image.Image:
    return image.transpose(_STORED[orientation]) if orientation in _STORED else image.copy()


def exif(
    *,
    orientation: int = 1,
    position: tuple[Any, str, Any, str] | None = ((27.0, 48.0, 36.0), "N", (114.0, 55.0, 48.0), "E"),
    taken: str = "2026:05:01 08:30:15",
    offset: str = "",
) -> Image.Exif:
    """What a phone writes: maker, orientation, moment and position (27.81, 114.93 unless told)."""
    written = Image.Exif()
    written[ExifTags.Base.Make] = "SECRETPHONE"
    written[ExifTags.Base.Orientation] = orientation
    shot = written.get_ifd(ExifTags.IFD.Exif)
    shot[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        shot[ExifTags.Base.OffsetTimeOriginal] = offset
    if position:
        gps = written.get_ifd(ExifTags.IFD.GPSInfo)
        lat, north, lon, east = position
        gps |= {
            ExifTags.GPS.GPSLatitude: lat,
            ExifTags.GPS.GPSLatitudeRef: north,
            ExifTags.GPS.GPSLongitude: lon,
            ExifTags.GPS.GPSLongitudeRef: east,
        }
    return written


def encoded(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    written = BytesIO()
    image.save(written, form, **options)
    return written.getvalue()


def jpeg(image: Image.Image | None = None, **options: Any) -> bytes:
    return encoded(image or quarters(), "JPEG", **{"quality": 90, "exif": exif(), **options})


def heic(*, orientation: int = 1) -> bytes:
    """As an iPhone writes it: the turn is in the file's structure, and again in its Exif."""
    held = as_held(quarters(), orientation)
    held.info["exif"] = exif(orientation=orientation).tobytes()
    return encoded(held, "HEIF", quality=80)


def talkative_jpeg() -> bytes:
    """A JPEG with everything that could betray somebody: Exif, XMP, a comment, a colour profile, a second file."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRETXMP</x:xmpmeta>"
    return jpeg(xmp=xmp, comment=b"SECRETCOMMENT", icc_profile=profile) + b"<script>SECRETTAIL</script>"


def see_through() -> Image.Image:
    image = quarters().convert("RGBA")
    image.putpixel((0, 0), (0, 0, 0, 0))
    return image


def talkative_png() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "SECRETCOMMENT")
    told.add_itxt("XML:com.adobe.xmp", "<x>SECRETXMP</x>", zip=True)
    return encoded(see_through(), "PNG", pnginfo=told, exif=exif())


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises so many pixels, and has a few bytes of them."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def pdf() -> bytes:
    """The smallest honest PDF: one empty page."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 4\n0000000000 65535 f \n" + table + trailer


def package(*names: str, content: bytes = b"<x/>") -> bytes:
    """A zip with these parts."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in names:
            zipped.writestr(name, content)
    return written.getvalue()


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
PROGRAM = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + b"\0" * 400
