"""A file that is damaged anywhere is read or refused by name; nothing else comes out of it."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date

import pytest

from gongkai.core.errors import ReadError
from gongkai.core.registers.entry import Entry
from gongkai.core.registers.parse import parse
from gongkai.core.registers.read import read
from gongkai.core.registers.write import write_csv, write_xlsx

_TODAY = date(2026, 11, 21)
_ENTRIES = [Entry(row, f"A{row}", date(2026, 1, 5), content="低保名单") for row in range(2, 10)]
_PIECES = [b"<", b">", b'"', b",", b"99999999999", b'r="A5"', b"\x00", b"\xff\xfe", b'<c r="A1">']


def _damage(data: bytes, random_: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(random_.choice([1, 1, 3, 20])):
        at = random_.randrange(len(damaged))
        match random_.randrange(3):
            case 0:
                damaged[at] = random_.randrange(256)
            case 1:
                del damaged[at:at + random_.randrange(1, 40)]
            case _:
                damaged[at:at] = random_.choice(_PIECES)
    return bytes(damaged)


def _inside(data: bytes, random_: random.Random) -> bytes:
    """The damage within one part of the workbook, where no checksum shows it."""
    source = zipfile.ZipFile(io.BytesIO(data))
    chosen = random_.choice([name for name in source.namelist() if name.endswith(".xml")])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, _damage(part, random_) if name == chosen else part)
    return packed.getvalue()


@pytest.mark.parametrize(("write", "damage"), [(write_xlsx, _damage), (write_xlsx, _inside), (write_csv, _damage)])
def test_damage(write, damage):
    random_ = random.Random(19)
    whole = write(_ENTRIES)
    ends, said = set(), []
    for _ in range(300):
        try:
            parse(read(damage(whole, random_), "台账"), _TODAY)
            ends.add("read")
        except ReadError as refused:
            ends.add(refused.code)
            said.append(refused.message)
    assert len(ends) > 2
    assert all(message.endswith("。") for message in said)
