"""Words of hand-over for pages."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from gongkai.handover.models import BatchItem
from gongkai.handover.periods import FREQUENCY_NAMES, Frequency

register = template.Library()


@register.filter
def frequency_name(frequency: str) -> str:
    """每半月, 每月, 每季度."""
    return _(FREQUENCY_NAMES[Frequency(frequency)])


@register.filter
def change_name(change: str) -> str:
    """新增, 修订替换, 撤下告知."""
    return str(BatchItem.Change(change).label)
