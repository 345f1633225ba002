"""What a case is about, by the numbers that people know, and whoever brought it: fields that two forms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.applications.models import Application
from gongkai.applications.numbers import typed
from gongkai.disputes.models import Dispute
from gongkai.disputes.states import Track
from gongkai.publications.models import Publication

PARTY = ("name", "organisation", "phone", "address")
LINKS = ("application", "publication", "follows")
_LONGEST_KEY = 16


def linked() -> dict[str, forms.Field]:
    """The fields of what it is about."""
    return {
        "application": forms.CharField(
            label=_("所涉申请"), required=False, max_length=100, help_text=_("填申请的登记号；与申请无关的留空"),
        ),
        "publication": forms.CharField(
            label=_("所涉公开信息"), required=False, max_length=200, help_text=_("填索引号；与公开的信息无关的留空"),
        ),
        "follows": forms.CharField(
            label=_("先行的复议"), required=False, max_length=100, help_text=_("复议后起诉的，填复议案件的登记号"),
        ),
    }


def parties() -> dict[str, forms.Field]:
    """The fields of whoever brought it."""
    return {
        "name": forms.CharField(label=_("姓名"), required=False, max_length=100),
        "organisation": forms.CharField(label=_("单位名称"), required=False, max_length=200),
        "phone": forms.CharField(label=_("联系电话"), required=False, max_length=60),
        "address": forms.CharField(label=_("通信地址"), required=False, max_length=300),
    }


def written(name: str, row: Any) -> str:
    """A row by the number that its field takes."""
    if row is None:
        return ""
    return str(row.index_number or row.pk) if name == "publication" else str(row.number)


def found(form: forms.Form, actor: Actor, agency: Agency) -> dict[str, Any]:
    """The rows that the typed numbers name, among those that this person sees; what is not there is said at its
    field. The agency's own come first: it may also answer for what it took over from another."""
    applications = Application.objects.visible_to(actor)
    publications = Publication.objects.visible_to(actor)
    disputes = Dispute.objects.visible_to(actor).filter(agency=agency, track=Track.RECONSIDERATION)
    said = {name: (form.cleaned_data.get(name) or "").strip() for name in LINKS}
    index = said["publication"]
    key = int(index) if index.isascii() and index.isdecimal() and len(index) < _LONGEST_KEY else 0
    wanted: dict[str, tuple[Any, Any]] = {
        "application": (applications.filter(number=typed(said["application"])), _("没有这个登记号的申请，请核对")),
        "publication": (
            publications.filter(Q(index_number=index) | Q(pk=key)), _("没有这个索引号的公开信息，请核对"),
        ),
        "follows": (disputes.filter(number=said["follows"]), _("没有这个登记号的复议案件，请核对")),
    }
    rows: dict[str, Any] = {}
    for name, (among, absent) in wanted.items():
        row = None
        if said[name]:
            row = among.filter(agency=agency).first() or among.order_by("pk").first()
            if row is None:
                form.add_error(name, absent)
        rows[name] = row
    return rows


def party_of(form: forms.Form) -> dict[str, str]:
    """Vault field → value of what was typed about the other side."""
    return {name: form.cleaned_data[name] for name in PARTY if form.cleaned_data[name].strip()}
