"""What a picture carries beside its pixels is found, and gone after cleaning; the pixels stay."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from gongkai.core.errors import ReadError
from gongkai.core.screening.formats import rebuild, unpack
from gongkai.core.screening.formats.image import repaint
from gongkai.core.screening.formats.image.metadata import metadata

VALUE = "110101199003078515"


def drawn(mode: str = "RGB") -> Image.Image:
    picture = Image.linear_gradient("L").resize((64, 48)).convert(mode)
    picture.putpixel((3, 3), 200 if mode in ("L", "P") else (10, 200, 30, 255)[:len(mode)])
    return picture


def saved(kind: str, picture: Image.Image | None = None, **options) -> bytes:
    into = io.BytesIO()
    (picture or drawn()).save(into, kind, **options)
    return into.getvalue()


def exif(tag: int, value, group: int | None = None) -> Image.Exif:
    held = Image.Exif()
    if group is None:
        held[tag] = value
    else:
        held.get_ifd(group)[tag] = value
    return held


def png_text(key: str, *, packed: bool = False, international: bool = False) -> bytes:
    info = PngImagePlugin.PngInfo()
    if international:
        info.add_itxt(key, f"联系人 {VALUE}", zip=packed)
    else:
        info.add_text(key, f"by {VALUE}", zip=packed)
    return saved("PNG", pnginfo=info)


def png_chunk() -> bytes:
    data = saved("PNG")
    body = b"prVt" + VALUE.encode()
    return data[:33] + struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)) + data[33:]


def gif_comment() -> bytes:
    return saved("GIF", drawn("P"), comment=f"by {VALUE}".encode())


def webp_xmp() -> bytes:
    return saved("WEBP", xmp=f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{VALUE}</a></x:xmpmeta>".encode())


def bmp_gap() -> bytes:
    data = bytearray(saved("BMP"))
    start = int.from_bytes(data[10:14], "little")
    data[10:14] = (start + 18).to_bytes(4, "little")
    return bytes(data[:start]) + VALUE.encode() + bytes(data[start:])


CARRIED = {
    "jpeg exif": lambda: saved("JPEG", exif=exif(0x010E, f"photo {VALUE}")),
    "jpeg user comment": lambda: saved("JPEG", exif=exif(0x9286, b"ASCII\0\0\0" + VALUE.encode(), 0x8769)),
    "jpeg user comment, wide": lambda: saved(
        "JPEG", exif=exif(0x9286, b"UNICODE\0" + f"联系人{VALUE}".encode("utf-16-be"), 0x8769),
    ),
    "jpeg windows author": lambda: saved("JPEG", exif=exif(0x9C9D, VALUE.encode("utf-16-le"))),
    "jpeg comment": lambda: saved("JPEG", comment=f"by {VALUE}".encode()),
    "jpeg after the end": lambda: saved("JPEG") + VALUE.encode(),
    "jpeg in gbk": lambda: saved("JPEG", comment=f"联系人{VALUE}".encode("gb18030")),
    "png text": lambda: png_text("Author"), "png packed text": lambda: png_text("Author", packed=True),
    "png international text": lambda: png_text("Author", international=True, packed=True),
    "png chunk of its own": png_chunk, "png exif": lambda: saved("PNG", exif=exif(0x013B, f"by {VALUE}")),
    "png after the end": lambda: saved("PNG") + VALUE.encode(),
    "gif comment": gif_comment, "gif after the end": lambda: saved("GIF", drawn("P")) + VALUE.encode(),
    "webp xmp": webp_xmp, "webp exif": lambda: saved("WEBP", exif=exif(0x010E, f"photo {VALUE}")),
    "webp after the end": lambda: saved("WEBP") + VALUE.encode(),
    "bmp gap": bmp_gap, "bmp after the end": lambda: saved("BMP") + VALUE.encode(),
    "tiff tag": lambda: saved("TIFF", tiffinfo={270: f"scan {VALUE}"}),
    "tiff after the end": lambda: saved("TIFF") + VALUE.encode(),
    "tiff own tag": lambda: saved("TIFF", tiffinfo={65000: VALUE}),
}


@pytest.mark.parametrize("place", CARRIED)
def test_what_a_picture_carries_is_found_and_gone_after_cleaning(place):
    data = CARRIED[place]()
    found = [piece for piece in unpack(data, "a").pieces if VALUE in piece.text]
    assert found
    assert all(piece.hidden and piece.where.startswith("图片") for piece in found)
    made = rebuild(data, "a", lambda text: text).data
    assert not any(VALUE in piece.text for piece in unpack(made, "a").pieces)
    for encoding in ("ascii", "utf-16-le", "utf-16-be"):
        assert VALUE.encode(encoding) not in made
    with Image.open(io.BytesIO(made)) as after, Image.open(io.BytesIO(data)) as before:
        assert (after.format, after.size) == (before.format, before.size)
        if before.format not in ("JPEG", "WEBP"):
            assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()


def test_a_picture_is_said_not_to_be_screened():
    told = unpack(saved("PNG"), "a.png")
    assert told.pieces == ()
    assert [(finding.kind, finding.verdict) for finding in told.findings] == [("unscreened", "warn")]


def test_the_place_where_a_photo_was_taken_is_a_warning_and_goes():
    held = exif(1, "N", 0x8825)
    held.get_ifd(0x8825)[2] = (33.0, 17.0, 30.0)
    data = saved("JPEG", exif=held)
    assert any(finding.kind == "metadata" and "GPS" in finding.excerpt for finding in unpack(data, "a").findings)
    with Image.open(io.BytesIO(rebuild(data, "a", str).data)) as after:
        assert not after.getexif()


def test_a_photo_that_stood_on_its_side_is_upright_afterwards():
    with Image.open(io.BytesIO(rebuild(saved("JPEG", exif=exif(0x0112, 6)), "a", str).data)) as after:
        assert after.size == (48, 64)


def test_colours_beneath_full_transparency_are_gone():
    picture = Image.new("RGBA", (20, 20), (200, 10, 10, 0))
    with Image.open(io.BytesIO(rebuild(saved("PNG", picture), "a", str).data)) as after:
        assert after.convert("RGBA").getpixel((4, 4)) == (0, 0, 0, 0)


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "WEBP"])
def test_all_frames_stay(kind):
    frames = [Image.new("L", (16, 16), shade) for shade in (0, 128, 255)]
    data = saved(kind, frames[0], save_all=True, append_images=frames[1:])
    with Image.open(io.BytesIO(rebuild(data, "a", str).data)) as after:
        assert after.n_frames == 3


def test_a_picture_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(repaint, "MAX_PIXELS", 1000)
    with pytest.raises(ReadError) as refused:
        unpack(saved("PNG"), "a")
    assert refused.value.code == "content-too-large"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"]), st.data())
def test_a_damaged_picture_is_read_or_refused(kind, data):
    held = bytearray(saved(kind))
    if data.draw(st.booleans()):
        held = held[:data.draw(st.integers(12, len(held)))]
    for _ in range(data.draw(st.integers(0, 4))):
        held[data.draw(st.integers(8, len(held) - 1))] = data.draw(st.integers(0, 255))
    for act in (lambda: unpack(bytes(held), "a"), lambda: rebuild(bytes(held), "a", str)):
        try:
            act()
        except ReadError as refused:
            assert refused.message.endswith("。")  # noqa: PT017 - read is as good


def test_a_tag_in_utf8_is_read_as_what_it_is() -> None:
    exif = Image.Exif()
    exif[0x010E] = "小型轿车浙A·D12345".encode()
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "WEBP", exif=exif)
    assert any("浙A·D12345" in text for _, text in metadata(out.getvalue()))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("text", ["车牌号：浙B·7M432", f"作者的身份证号{VALUE}"])
def test_captions_of_the_press_are_read_field_by_field(text: str, encoding: str) -> None:
    value = text.encode(encoding)
    fields = b"\x1c\x02\x05\x00\x02ab" + b"\x1c\x02\x78" + struct.pack(">H", len(value)) + value
    body = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">L", len(fields)) + fields
    plain = saved("JPEG")
    made = plain[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + plain[2:]
    assert ("附加信息", text) in metadata(made)
    assert metadata(rebuild(made, "a.jpg", str).data) == []
