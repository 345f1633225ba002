"""An organ with a guide, and an applicant who fills in its form."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests import factories

from gongkai.agencies import actions as agencies
from gongkai.agencies.models import Agency

JPG = b"\xff\xd8\xff\xe0" + b"0" * 2000
CONTENT = "2025 年和平水库除险加固工程的初步设计批复"
FORM = {
    "content": CONTENT, "features": "青水〔2025〕12号", "wanted": "electronic", "delivery": "online", "kind": "natural",
    "name": "赵晓梅", "id_type": "居民身份证", "id_number": "11010519491231002X", "phone": "13800138000",
    "address": "青澜县和平街道民主路8号2幢301室", "postcode": "", "email": "", "fax": "", "organisation": "",
    "credit_code": "", "legal_representative": "", "contact_name": "",
}
PERSONAL = ("赵晓梅", "11010519491231002X", "13800138000", "民主路8号")


def photo(name: str = "身份证.jpg", data: bytes = JPG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.fixture
def county(db: None) -> Agency:
    return factories.agency()


@pytest.fixture
def bureau(county: Agency) -> Agency:
    made = factories.agency("青澜县水利局", county)
    described(made, channels=["online"])
    return made


def described(agency: Agency, **values: Any) -> None:
    agencies.describe_office(
        by=factories.SYSTEM, agency=agency, on=date(2026, 11, 2), at=timezone.now(), **({
            "name": f"{agency.name}办公室", "address": "青澜县和平路 12 号 301 室", "hours": "工作日 8:00–17:30",
            "phone": "0598-8123456", "review_organ": "青澜县人民政府", "court": "青澜县人民法院",
            "classification": "按职能编排", "obtaining": "本网页",
        } | values),
    )


def begun(client: Client, agency: Agency, content: str = CONTENT) -> str:
    """The address of the form, after the first step."""
    answer = client.post(f"/agencies/{agency.pk}/apply/", {"content": content, "features": ""})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"].removesuffix("found/")


def filled(client: Client, agency: Agency, **values: Any) -> str:
    """The address of a form that is ready to be reviewed."""
    at = begun(client, agency)
    answer = client.post(at, FORM | {"proofs": photo()} | values)
    assert answer.status_code == 302, answer.content.decode()
    assert answer.headers["Location"] == f"{at}review/"
    return at


def sent(client: Client, agency: Agency, **values: Any) -> tuple[str, str]:
    """Number and code of an application that went in."""
    at = filled(client, agency, **values)
    answer = client.post(f"{at}send/", follow=True)
    assert answer.redirect_chain == [(f"{at}received/", 302)]
    receipt = answer.context["receipt"]
    return receipt.application.number, receipt.code
