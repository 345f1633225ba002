"""Which addresses stay in a file that will be public."""

from __future__ import annotations

import pytest
from tests.core.screening.office.making import VALUE, mask

from gongkai.core.screening.formats.ooxml.links import may_stay


@pytest.mark.parametrize(("address", "stays"), [
    ("https://www.example.gov.cn/zfxxgk/2025/a.html", True),
    ("http://example.gov.cn/?id=20250012", True),
    ("mailto:someone@example.gov.cn", False),
    ("file:///C:/Users/zhang/a.doc", False),
    ("https://name@example.gov.cn/", False),
    ("http://192.168.1.9/oa", False),
    ("http://oa/list", False),
    (f"https://example.gov.cn/{VALUE}", False),
    ("https://example.gov.cn/" + "".join(f"%{ord(digit):02X}" for digit in VALUE), False),
    ("https://example.gov.cn/%E6%9C%BA%E5%AF%86", False),
])
def test_only_plain_pages_of_the_internet_stay(address: str, stays: bool) -> None:
    assert may_stay(address, mask) is stays
