"""What is still in a file: every part inflated, in every encoding, with and without its markup."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

_TAGS = re.compile(r"<[^>]*>")


def parts(data: bytes, name: str = "") -> Iterator[tuple[str, bytes]]:
    """The file, its members and the members of packages in it."""
    yield name, data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                yield from parts(archive.read(info), f"{name}/{info.filename}")


def leaks(data: bytes, value: str) -> list[str]:
    """The names of the parts that still hold the value."""
    shortest = value[:14] if value.isdigit() and len(value) >= 18 else value  # a stored number keeps fifteen digits
    found = []
    for name, part in parts(data):
        plain = part.decode("utf-8", "ignore")
        bare = re.sub(r"\s", "", _TAGS.sub("", plain))
        dotted = f"{value[0]}.{value[1:14]}"
        forms = [value.encode("utf-8"), value.encode("utf-16-le"), value.encode("utf-16-be"), dotted.encode()]
        if any(form in part for form in forms) or shortest in bare or shortest in plain or shortest in name:
            found.append(name)
    return found
