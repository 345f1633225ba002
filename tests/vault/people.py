"""One invented applicant; nothing of hers may turn up anywhere."""

from __future__ import annotations

from tests.factories import AT, SYSTEM

from gongkai.agencies.models import Agency
from gongkai.vault import actions
from gongkai.vault.models import Sealed

ZHANG = {
    "name": "张伟明", "id_type": "居民身份证", "id_number": "350481199001011234", "phone": "13801231234",
    "address": "福建省三明市永安市燕西街道江滨路12号3幢501室", "postcode": "366000", "email": "weiming@mail.example",
}


def sealed(where: Agency, **values: str) -> Sealed:
    return actions.seal(by=SYSTEM, agency=where, values=ZHANG | values, at=AT)
