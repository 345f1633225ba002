"""Meta tags of the platform, pieces of marked text, sizes."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.conf import settings
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongkai.portal import lists, site
from gongkai.publications.sheets import Sheet

register = template.Library()


@register.simple_tag(takes_context=True)
def site_meta(context: Context) -> SafeString:
    """SiteName, SiteDomain, SiteIDCode: on every public page."""
    request = context["request"]
    tags = [("SiteName", site.name()), ("SiteDomain", site.domain(request)), ("SiteIDCode", settings.GONGKAI_SITE_CODE)]
    return meta((name, value) for name, value in tags if value)


@register.simple_tag
def column_meta(name: str, kind: str, description: str = "") -> SafeString:
    """ColumnName, ColumnType and, where it says something, ColumnDescription: on the pages of a column."""
    tags = [("ColumnName", name), ("ColumnType", kind), ("ColumnDescription", description)]
    return meta((key, value) for key, value in tags if value)


def meta(tags: Iterable[tuple[str, str]]) -> SafeString:
    """Meta tags, their values escaped."""
    return mark_safe("".join(f'<meta name="{key}" content="{escape(str(value))}">' for key, value in tags))  # noqa: S308


@register.filter
def pieces(found: Iterable[tuple[str, bool]]) -> SafeString:
    """Pieces of text, those that match within <mark>; every word escaped."""
    return mark_safe("".join(  # noqa: S308
        f"<mark>{escape(text)}</mark>" if matches else escape(text) for text, matches in found
    ))


register.filter("kind_name", lists.kind_name)
register.filter("validity_name", lists.validity_name)


@register.simple_tag
def site_code() -> SafeString:
    """The mark of the site for the footer (网站标识码)."""
    if not settings.GONGKAI_SITE_CODE:
        return mark_safe("")
    return format_html("<p>{} {}</p>", _("网站标识码"), settings.GONGKAI_SITE_CODE)


def document_meta(sheet: Sheet, agency: str, url: str) -> SafeString:
    """The tags of an article (§5 of the platform's rules), PubDate to the minute; an earlier edition is not indexed."""
    organ = sheet.issuing_organ or agency
    tags = meta((key, value) for key, value in (
        ("ColumnName", sheet.item_name or ""), ("ColumnType", _("政府信息公开")),
        ("ArticleTitle", sheet.title),
        ("PubDate", timezone.localtime(sheet.published_at).strftime("%Y-%m-%d %H:%M")),
        ("ContentSource", organ), ("Keywords", sheet.keywords), ("Author", organ),
        ("Description", sheet.summary or sheet.title), ("Url", url), ("robots", "noindex" if sheet.earlier else ""),
    ) if value)
    also = "" if sheet.earlier else f'<link rel="alternate" type="application/json" href="/documents/{sheet.pk}.json">'
    return mark_safe(f'{tags}<link rel="canonical" href="{escape(url)}">{also}')  # noqa: S308 - escaped
