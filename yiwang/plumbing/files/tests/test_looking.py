import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from yiwang.plumbing.files.looking import Ready, look
from yiwang.plumbing.files.rules import DOCX, JPEG, PDF, PNG, PPTX, TEXT, XLSX, Form, Limits, Offer, Position
from yiwang.plumbing.files.tests import make
from yiwang.plumbing.refusals import Refused

BEIJING = timezone(timedelta(hours=8))
UPRIGHT = ["red", "green", "blue", "white"]
SECRETS = (b"SECRET", b"Exif", b"http://ns.adobe.com", b"adobe:ns:meta", b"ICC_PROFILE", b"iCCP", b"eXIf", b"tEXt")


def looked(content: bytes, name: str = "x", limits: Limits | None = None) -> Ready:
    return look(content, name=name, limits=limits or Limits(), zone=BEIJING)


def seen(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def why_not(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as refused:
        looked(content, limits=limits)
    assert str(refused.value)
    return refused.value.code


@pytest.mark.parametrize("orientation", range(1, 9))
def test_however_the_phone_was_held_the_photo_is_upright(orientation: int) -> None:
    held = make.as_held(make.quarters(), orientation)
    for content in (make.jpeg(held, exif=make.exif(orientation=orientation)), make.heic(orientation=orientation)):
        ready = looked(content)
        assert ready.picture
        assert (ready.picture.width, ready.picture.height) == seen(ready.content).size == (96, 64)
        assert make.corners(seen(ready.content)) == UPRIGHT


@pytest.mark.parametrize("make_photo", [make.jpeg, make.heic])
def test_where_and_when_are_offered(make_photo: object) -> None:
    ready = looked(make_photo())  # type: ignore[operator]
    assert ready.offer == Offer(Position(27.81, 114.93), datetime(2026, 5, 1, 0, 30, 15, tzinfo=UTC))


def test_a_photo_without_exif_offers_nothing() -> None:
    assert looked(make.encoded(make.quarters())).offer == Offer()


def test_a_broken_position_does_not_refuse_the_photo() -> None:
    broken = make.exif(position=((1.0, 2.0), "N", (1.0, 2.0, 3.0), "E"), taken="once")
    assert looked(make.jpeg(exif=broken)).offer == Offer()


def test_a_receiver_without_a_fix_offers_no_position() -> None:
    written = make.exif()
    written.get_ifd(0x8825)[9] = "V"
    assert looked(make.jpeg(exif=written)).offer.position is None


@pytest.mark.parametrize(
    "content",
    [
        make.talkative_jpeg(),
        make.talkative_png(),
        make.heic(),
        make.jpeg(comment=b"SECRETCOMMENT"),
        make.jpeg(icc_profile=b"SECRETPROFILE"),
        make.encoded(make.see_through(), "PNG", icc_profile=b"SECRETPROFILE"),
        make.encoded(make.quarters(), "GIF", comment=b"SECRETCOMMENT"),
        make.encoded(make.see_through(), "WEBP", exif=make.exif(), xmp=b"SECRETXMP", icc_profile=b"SECRETPROFILE"),
    ],
)
def test_nothing_but_the_picture_is_kept(content: bytes) -> None:
    ready = looked(content)
    assert ready.thumbnail
    for kept in (ready.content, ready.thumbnail.content):
        assert not [secret for secret in SECRETS if secret in kept]
        assert not set(seen(kept).info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not seen(kept).getexif()


def test_the_test_photos_do_carry_what_must_go() -> None:
    assert [s for s in SECRETS if s in make.talkative_jpeg()][:1] == [b"SECRET"]
    assert Image.open(BytesIO(make.talkative_png())).getexif()


def test_a_large_photo_is_made_smaller_and_gets_a_thumbnail() -> None:
    ready = looked(make.jpeg(make.quarters(5200, 3900)))
    assert ready.picture
    assert ready.thumbnail
    assert seen(ready.content).size == (2560, 1920)
    assert seen(ready.thumbnail.content).size == (480, 360)
    assert make.corners(seen(ready.thumbnail.content)) == UPRIGHT


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (make.encoded(make.quarters(), "WEBP"), JPEG),
        (make.encoded(make.quarters(), "PNG"), JPEG),
        (make.encoded(make.quarters(), "GIF"), JPEG),
        (make.encoded(make.quarters().convert("P"), "PNG"), JPEG),
        (make.encoded(make.quarters().convert("CMYK"), "JPEG"), JPEG),
        (make.encoded(make.quarters(), "MPO", save_all=True, append_images=[Image.new("RGB", (96, 64))]), JPEG),
        (make.talkative_png(), PNG),
    ],
)
def test_every_kind_of_picture_is_kept_in_one_of_two_forms(content: bytes, form: Form) -> None:
    ready = looked(content)
    assert ready.form == form
    assert make.corners(seen(ready.content)) == UPRIGHT


def test_a_grey_photo_stays_grey() -> None:
    levels = seen(looked(make.encoded(Image.new("L", (40, 40), 130))).content).convert("RGB").getpixel((20, 20))
    assert levels == (130, 130, 130)


def test_sixteen_bits_become_eight_without_being_cut_off() -> None:
    content = make.encoded(Image.fromarray(np.full((40, 40), 0x8000, dtype=np.uint16)), "PNG")
    assert seen(looked(content).content).convert("L").getpixel((20, 20)) == pytest.approx(128, abs=1)


def test_of_an_animation_the_first_picture_is_kept() -> None:
    black, grey = Image.new("RGB", (96, 64), "black"), Image.new("RGB", (96, 64), "grey")
    for form in ("GIF", "WEBP", "PNG"):
        content = make.encoded(make.quarters(), form, save_all=True, append_images=[black, grey], duration=100)
        assert seen(content).n_frames == 3  # type: ignore[attr-defined]
        assert make.corners(seen(looked(content).content)) == UPRIGHT


def test_what_is_transparent_stays_transparent() -> None:
    kept = seen(looked(make.talkative_png()).content)
    assert kept.getpixel((0, 0)) == (0, 0, 0, 0)
    palette = Image.new("P", (8, 8), 0)
    ready = looked(make.encoded(palette, "GIF", transparency=0))
    assert seen(ready.content).convert("RGBA").getchannel("A").getextrema() == (0, 0)


def test_foreign_colours_become_those_of_a_screen() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"tmp!").replace(b"bXYZ", b"rXYZ").replace(b"tmp!", b"bXYZ")
    red = Image.new("RGB", (40, 40), "red")
    for form in ("JPEG", "PNG", "WEBP"):
        red_there, _, blue_there = pixel(looked(make.encoded(red, form, icc_profile=swapped)).content)
        assert (red_there, blue_there) == pytest.approx((0, 255), abs=4)
        red_here, _, blue_here = pixel(looked(make.encoded(red, form, icc_profile=b"no profile")).content)
        assert (red_here, blue_here) == pytest.approx((255, 0), abs=4)


def pixel(content: bytes) -> tuple[int, int, int]:
    red, green, blue = (level for level in np.asarray(seen(content).convert("RGB"))[20, 20])
    return int(red), int(green), int(blue)


def test_sixteen_bits_with_transparency_are_a_photo_too() -> None:
    for mode, transparent in (("I;16", 65_535), ("L", 3), ("RGB", (1, 2, 3))):
        content = make.encoded(Image.new(mode, (40, 40)), "PNG", transparency=transparent)
        assert looked(content).picture


def test_one_pixel_is_a_photo() -> None:
    ready = looked(make.encoded(Image.new("RGB", (1, 1), "red"), "PNG"))
    assert (ready.picture, ready.content) == (ready.thumbnail, ready.picture.content if ready.picture else b"")


def test_a_thread_of_pixels_keeps_both_sides() -> None:
    assert seen(looked(make.encoded(Image.new("RGB", (9000, 1)), "PNG")).content).size == (2560, 1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (make.SVG, "file_is_markup"),
        (make.HTML, "file_is_markup"),
        ("\ufeff \n<svg>".encode(), "file_is_markup"),
        (b"<?php echo 1;", "file_is_markup"),
        (b"#!/bin/sh\nrm -rf /\n", "file_is_markup"),
        (make.PROGRAM, "file_kind_not_taken"),
        (b"\x7fELF" + b"\0" * 300, "file_kind_not_taken"),
        (make.package("hello.txt"), "file_kind_not_taken"),
        (make.package("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"), "file_kind_not_taken"),
        (make.package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "file_has_macros"),
        (make.package("[Content_Types].xml", "word/document.xml")[:-9], "file_damaged"),
        (make.encoded(make.quarters(), "TIFF"), "file_kind_not_taken"),
        (make.encoded(make.quarters(), "AVIF"), "file_kind_not_taken"),
        (make.jpeg(make.quarters(900, 600))[:-900], "file_damaged"),
        (make.jpeg()[:300], "file_damaged"),
        (make.encoded(make.quarters(900, 600), "PNG")[:-40], "file_damaged"),
        (make.heic()[:-200], "file_damaged"),
        (make.png_header(100, 100), "file_damaged"),
        (make.png_header(50_001, 1000), "photo_has_too_many_pixels"),
        (make.png_header(2_000_000_000, 2_000_000_000), "photo_has_too_many_pixels"),
        (make.encoded(Image.new("1", (10_000, 5_001)), "PNG"), "photo_has_too_many_pixels"),
        (b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xff\xff\xff\x0f\0\0\0\0", "photo_has_too_many_pixels"),
        (b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;", "photo_has_too_many_pixels"),
        (make.heic().replace(struct.pack(">II", 96, 64), struct.pack(">II", 9000, 9000)), "photo_has_too_many_pixels"),
        (make.pdf()[:-9], "file_damaged"),
        (make.pdf() + make.package("a.txt"), "file_is_two_things"),
        (b"%PDF-", "file_damaged"),
    ],
)
def test_what_is_not_taken_is_refused_in_words(content: bytes, code: str) -> None:
    assert why_not(content) == code


def test_a_photo_of_exactly_the_limit_is_taken() -> None:
    wide = make.encoded(Image.new("1", (100, 100)), "PNG")
    assert looked(wide, limits=Limits(pixels=10_000)).picture
    assert why_not(wide, Limits(pixels=9_999)) == "photo_has_too_many_pixels"


def test_each_kind_has_its_own_size_limit() -> None:
    photo, words = make.jpeg(), b"x" * 4000
    limits = Limits(photo=500, document=8000)
    assert why_not(photo, limits) == "file_too_large"
    assert looked(words, limits=limits).form == TEXT
    assert why_not(words, Limits(photo=8000, document=3999)) == "file_too_large"
    assert why_not(b"x" * 8001, limits) == "file_too_large"


def test_more_than_the_limit_is_not_even_read() -> None:
    stream = BytesIO(b"x" * 5000)
    with pytest.raises(Refused):
        look(stream, name="x", limits=Limits(photo=1000, document=1000), zone=BEIJING)
    assert stream.tell() == 1001


def test_a_photo_that_asks_for_endless_passes_is_refused() -> None:
    content = make.jpeg(make.quarters(400, 300), progressive=True)
    last = content[content.rindex(b"\xff\xda") : -2]
    assert looked(content[:-2] + last * 3 + b"\xff\xd9").picture
    assert why_not(content[:-2] + last * 200 + b"\xff\xd9") == "file_damaged"
    assert why_not(content[:-2] + b"\xff\x01\x60\x00" + last * 200 + b"\xff\xd9") == "file_damaged"
    assert why_not(content[:2] + b"\xff\xfe\x00\x02" * 6000 + content[2:]) == "file_damaged"


def test_a_document_that_unpacks_without_end_is_refused() -> None:
    bomb = make.package("[Content_Types].xml", "word/document.xml", content=b"\0" * 1_000_000)
    assert len(bomb) < 5_000
    assert why_not(bomb, Limits(unpacked=1_500_000)) == "file_unpacks_too_large"
    many = make.package("[Content_Types].xml", "word/document.xml", *map(str, range(50)))
    assert why_not(many, Limits(parts=50)) == "file_unpacks_too_large"


def test_a_document_with_a_damaged_part_is_refused() -> None:
    content = bytearray(make.package("[Content_Types].xml", "word/document.xml", content=b"well" * 500))
    content[60] ^= 0xFF
    assert why_not(bytes(content)) == "file_damaged"


@pytest.mark.parametrize(
    ("content", "name", "form", "kept_as"),
    [
        (make.pdf(), "plan.jpg", PDF, "plan.jpg.pdf"),
        (make.package("[Content_Types].xml", "word/document.xml"), "a.docx", DOCX, "a.docx"),
        (make.package("[Content_Types].xml", "xl/workbook.xml"), "a.zip", XLSX, "a.zip.xlsx"),
        (make.package("[Content_Types].xml", "ppt/presentation.xml"), "a.pptx", PPTX, "a.pptx"),
        ("姓名,电话\r\n兰,1\r\n".encode("gb18030"), "名单.csv", TEXT, "名单.csv"),
        ("﻿灯坏了".encode(), "note.txt", TEXT, "note.txt"),
        (b"BM and MZ are letters too", "page.html", TEXT, "page.html.txt"),
    ],
)
def test_documents_are_kept_as_they_came(content: bytes, name: str, form: Form, kept_as: str) -> None:
    ready = looked(content, name)
    assert (ready.form, ready.name, ready.content, ready.picture) == (form, kept_as, content, None)


def test_real_office_files_are_known() -> None:
    from openpyxl import Workbook

    written = BytesIO()
    Workbook().save(written)
    assert looked(written.getvalue()).form == XLSX


def test_the_name_says_nothing_about_what_a_file_is() -> None:
    assert looked(make.jpeg(), "report.pdf").form == JPEG
    for name in ("photo.jpg", "photo.png"):
        with pytest.raises(Refused):
            looked(make.SVG, name)


SEEDS = [
    make.jpeg(make.quarters(24, 16)),
    make.talkative_jpeg(),
    make.talkative_png(),
    make.encoded(make.quarters(24, 16), "GIF"),
    make.encoded(make.quarters(24, 16), "WEBP", exif=make.exif()),
    make.heic(orientation=6),
    make.encoded(make.quarters(24, 16), "JPEG", progressive=True),
    make.pdf(),
    make.package("[Content_Types].xml", "word/document.xml"),
    make.HTML,
]
SPOILING = st.lists(
    st.tuples(
        st.floats(0, 1), st.sampled_from(["change", "cut", "repeat", "insert"]), st.binary(min_size=1, max_size=8)
    ),
    min_size=1,
    max_size=6,
)


def spoiled(content: bytes, spoiling: list[tuple[float, str, bytes]]) -> bytes:
    for where, how, what in spoiling:
        at = int(where * len(content))
        head, tail = content[:at], content[at:]
        content = {
            "change": head + what + tail[len(what) :],
            "cut": head + tail[len(what) * 16 :],
            "repeat": head + tail[:64] * len(what) + tail,
            "insert": head + what + tail,
        }[how]
    return content


def outcome(content: bytes, name: str = "x") -> Ready | str:
    """Kept, or refused in words; anything else breaks the test."""
    try:
        return looked(content, name, replace(Limits(), pixels=1_000_000))
    except Refused as refused:
        return str(refused)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(SEEDS), SPOILING, st.text(max_size=20))
def test_spoiled_files_are_refused_or_kept_but_nothing_breaks(
    seed: bytes, spoiling: list[tuple[float, str, bytes]], name: str
) -> None:
    came_out = outcome(spoiled(seed, spoiling), name)
    assert came_out
    if isinstance(came_out, Ready) and came_out.picture:
        assert seen(came_out.content).size == (came_out.picture.width, came_out.picture.height)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([*(seed[:24] for seed in SEEDS), b""]), st.binary(max_size=400))
def test_noise_behind_an_honest_beginning_breaks_nothing(head: bytes, noise: bytes) -> None:
    assert outcome(head + noise)
