"""The parts of public pages with many pieces, drawn as text: a template would spend most of the page's time on them.

`document_rows` draws a list, `turn_pages` the way through it, `facet_lists` the values to filter by, `steady` keeps
what is the same on every page.
Every word is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.template import Context, Node, NodeList
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongkai.portal.keeping import remembered
from gongkai.portal.lists import Page, validity_name
from gongkai.publications.templatetags.publishing import document_number, index_number

register = template.Library()
_steady: dict[tuple[str, str | None, str], SafeString] = {}


@register.simple_tag
def document_rows(page: Page, organs: bool = False) -> SafeString:
    """A list as a table with the columns of real platforms; one that no row fills is left out.

    A phone shows the rows as blocks, which to some browsers is no table any more: the roles say that it is one.
    """
    numbers, validities = page.with_number, page.with_validity
    # What the rows say of their validity is one of a few words: each is asked of the catalogue once, not once a row.
    names = {one: escape(validity_name(one)) for one in {row.validity for row in page.rows}} if validities else {}
    told = _("共 %(n)s 件") % {"n": page.total_text}
    drawn = [
        f'<table class="list documents" role="table" data-rows><caption>{escape(told)}</caption>',
        _heads(get_language(), numbers, organs, validities),
    ]
    for row in page.rows:
        drawn.append(
            f'<tr role="row"><td role="cell" class="wide-only small">{index_number(row.index_number)}</td>'
            f'<th scope="row" role="rowheader"><a href="/documents/{row.pk}/">{escape(row.title)}</a></th>',
        )
        if numbers:
            drawn.append(f'<td role="cell" class="hide-small">{document_number(row.document_number)}</td>')
        if organs:
            drawn.append(f'<td role="cell" class="hide-small of-organ">{escape(row.agency)}</td>')
        drawn.append(
            f'<td role="cell" class="wide-only nowrap">{row.formed_on or ""}</td>'
            f'<td role="cell" class="nowrap">{row.published_on}</td>',
        )
        drawn.append(f'<td role="cell" class="nowrap">{names[row.validity]}</td></tr>' if validities else "</tr>")
    drawn.append("</tbody></table>")
    return mark_safe("".join(drawn))  # noqa: S308 - every word above is escaped


@cache
def _heads(_language: str | None, numbers: bool, organs: bool, validities: bool) -> str:
    """The heads of a list's columns, in a language."""
    heads = [("wide-only", _("索引号")), ("", _("名称"))]
    if numbers:
        heads.append(("hide-small", _("文号")))
    if organs:
        heads.append(("hide-small", _("发布机构")))
    heads += [("wide-only", _("成文日期")), ("", _("发布日期"))]
    if validities:
        heads.append(("", _("有效性")))
    cells = "".join(f'<th scope="col" role="columnheader" class="{kind}">{escape(name)}</th>' for kind, name in heads)
    return f'<thead role="rowgroup"><tr role="row">{cells}</tr></thead><tbody role="rowgroup">'


@register.simple_tag
def facet_lists(facets: Iterable[Any]) -> SafeString:
    """The values that a reader can filter by, with their numbers; a chosen one leads back. Nothing where none is."""
    facets = [facet for facet in facets if facet.choices]
    if not facets:
        return mark_safe("")
    # Open from the beginning; on a phone a script folds it, so that the list itself is seen first.
    drawn = [
        f'<nav class="facets no-print" aria-label="{escape(_("缩小范围"))}"><details class="fold" open data-fold>'
        f'<summary>{escape(_("筛选"))}</summary><div class="folded">',
    ]
    taken, more = escape(_("（已选，点此取消）")), escape(_("更多"))
    for facet in facets:
        name = escape(facet.name)
        drawn.append(f"<section><h2>{name}</h2><ul>")
        for one in facet.choices:
            if one.chosen:
                drawn.append(
                    f'<li><a href="{escape(facet.back)}" aria-current="true">{escape(one.name)}'
                    f'<span class="visually-hidden">{taken}</span></a> <span class="n">{one.count}</span></li>',
                )
            else:
                drawn.append(_choice(one))
        drawn.append("</ul>")
        if facet.rest:
            drawn.append(f'<details><summary>{more}<span class="visually-hidden"> {name}</span></summary><ul>')
            drawn += [_choice(one) for one in facet.rest]
            drawn.append("</ul></details>")
        drawn.append("</section>")
    drawn.append("</div></details></nav>")
    return mark_safe("".join(drawn))  # noqa: S308 - every word above is escaped


@register.simple_tag(takes_context=True)
def turn_pages(context: Context, page: Page) -> SafeString:
    """The way to the pages before and after, as `components/pages.html` draws it; the rest of the address stays."""
    if page.pages < 2:
        return mark_safe("")
    rest = [(name, value) for name, values in context["request"].GET.lists() if name != "page" for value in values]

    def leads(number: int, relation: str, name: str) -> str:
        address = escape("?" + urlencode([*rest, ("page", number)]))
        return f'<a href="{address}" rel="{relation}">{escape(name)}</a>'

    where = _("第 %(n)s 页，共 %(total)s 页") % {"n": page.number, "total": page.pages}
    return mark_safe("\n".join((  # noqa: S308 - every word is escaped
        f'<nav class="pages" aria-label="{escape(_("分页"))}">',
        leads(page.number - 1, "prev", _("上一页")) if page.has_previous else "",
        f"<span>{escape(where)}</span>",
        leads(page.number + 1, "next", _("下一页")) if page.has_next else "", "</nav>",
    )))


@register.simple_tag
def order_links(query: str, order: str) -> SafeString:
    """By which day a list is ordered, and the link to the other way. `query` is what the list asks for."""
    formed = order == "formed"
    shown, other = (_("按成文日期"), _("按发布日期")) if formed else (_("按发布日期"), _("按成文日期"))
    leads = "&".join(filter(None, (query, "" if formed else "order=formed")))
    here, there = f'<span aria-current="true">{escape(shown)}</span>', f'<a href="?{escape(leads)}">{escape(other)}</a>'
    return mark_safe(f'<p class="order no-print">{there + here if formed else here + there}</p>')  # noqa: S308


@register.simple_tag
def takeaway(list_at: str, query: str) -> SafeString:
    """The list that is shown, to take along: CSV, JSON, Atom."""
    after = escape(f"?{query}") if query else ""
    return mark_safe(  # noqa: S308 - every word is escaped
        f'<p class="takeaway no-print">{escape(_("本列表："))}<a href="{list_at}.csv{after}">CSV</a>'
        f'<a href="{list_at}.json{after}">JSON</a>'
        f'<a href="{list_at}.atom{after}">{escape(_("订阅（Atom）"))}</a></p>',
    )


def _choice(one: Any) -> str:
    return f'<li><a href="{escape(one.href)}">{escape(one.name)}</a> <span class="n">{one.count}</span></li>'


class Steady(Node):
    """What depends on nothing but language, way of showing, and that nobody is signed in: drawn once in a process.

    With further values it depends on those and on what is public, and is drawn anew after each act that changes that.
    """

    def __init__(self, name: str, values: list[FilterExpression], nodes: NodeList) -> None:
        self.name, self.values, self.nodelist = name, values, nodes

    def render(self, context: Context) -> SafeString:
        request = context.get("request")
        display = getattr(request, "display", None)
        if request is None or display is None or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.nodelist.render(context)
        if self.values:
            said = tuple(value.resolve(context) for value in self.values)
            key = ("steady", self.name, get_language(), display.code, *said)
            return remembered(request, key, lambda: self.nodelist.render(context))  # type: ignore[no-any-return]
        drawn = _steady.get((self.name, get_language(), display.code))
        if drawn is None:
            drawn = _steady[self.name, get_language(), display.code] = self.nodelist.render(context)
        return drawn


@register.tag
def steady(parser: Parser, token: Token) -> Steady:
    """{% steady name [value …] %} … {% endsteady %}: never around anything else that a page or a person changes."""
    _tag, name, *values = token.split_contents()
    nodes = parser.parse(("endsteady",))
    parser.delete_first_token()
    return Steady(name, [parser.compile_filter(value) for value in values], nodes)


def forget() -> None:
    """Draw everything anew: for tests that change settings."""
    _steady.clear()
