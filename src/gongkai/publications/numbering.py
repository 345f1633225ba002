"""Index numbers (索引号): given once, at the first publication, never twice and never changed (Art. 12).

What a number looks like; `actions.numbers` gives it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings

from gongkai.agencies.models import Agency
from gongkai.core.catalogue.index_numbers import IndexTemplate, template
from gongkai.publications.practices import practice_of


def template_of(agency: Agency, text: str = "") -> IndexTemplate:
    """The template of an agency: its own, else that of the installation. Raises Refused, see `template`."""
    return template(text or practice_of(agency).index_template or settings.GONGKAI_INDEX_TEMPLATE)


def values_of(agency: Agency, item_code: str = "") -> Mapping[str, str]:
    """The words of a template. An agency without a credit code stands with its key, padded to as many digits."""
    code = "".join(character for character in item_code if character.isalnum())
    return {
        "credit_code": agency.credit_code.upper() or f"{agency.pk:018d}", "area": agency.region or "000000",
        "department": f"{agency.pk:03d}", "class": code or "0", "group": "0",
    }


def example(agency: Agency, text: str, on: date) -> str:
    """What the first number of a template would look like. Raises Refused."""
    return template_of(agency, text).render(serial=1, on=on, values=values_of(agency, "20.1"))


def series_of(made: IndexTemplate, on: date, values: Mapping[str, str]) -> str:
    """What sets one series apart from another: the first number of its year."""
    return made.render(serial=1, on=on.replace(month=1, day=1), values=values)
