"""For search engines: an index of site maps of at most MOST addresses each, and robots.txt.

Documents are divided by ranges of their keys, so that a map is one range scan however many there are, and one that is
full never changes its name.
"""

from __future__ import annotations

from datetime import datetime
from xml.sax.saxutils import escape

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from gongkai.accounts.gate import public
from gongkai.agencies.models import Agency
from gongkai.annual_reports.queries import published_reports
from gongkai.portal import site
from gongkai.portal.keeping import kept
from gongkai.publications.models import Publication

MOST = 10_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@public
@kept
def index(request: HttpRequest) -> HttpResponse:
    """The maps there are: `pages` for platforms and reports, then the documents by their keys."""
    last = Publication.objects.published().aggregate(last=Max("pk"))["last"] or 0
    organs = -(-Agency.objects.count() // (MOST // 2)) or 1
    names = [f"agencies-{n}" for n in range(organs)]
    names += [f"documents-{n}" for n in range(last // MOST + 1 if last else 0)]
    base = escape(site.base(request))
    maps = "".join(f"<sitemap><loc>{base}/sitemaps/{name}.xml</loc></sitemap>\n" for name in names)
    return _xml(f"{_HEAD}<sitemapindex {_SPACE}>\n{maps}</sitemapindex>\n")


@public
@kept
def part(request: HttpRequest, of: str, number: int) -> HttpResponse:
    """One map. 404 for one that the index does not name."""
    base = site.base(request)
    if of == "documents":
        rows = (
            Publication.objects.published().filter(pk__gte=number * MOST, pk__lt=(number + 1) * MOST).order_by("pk")
            .values_list("pk", "updated_at")
        )
        found = [_url(f"{base}/documents/{pk}/", changed) for pk, changed in rows]
    elif of == "agencies":
        half = MOST // 2
        organs = Agency.objects.order_by("pk").values_list("pk", flat=True)[number * half:(number + 1) * half]
        found = [_url(f"{base}/agencies/{pk}/", None) for pk in organs]
        if number == 0:
            reports = published_reports().select_related(None).order_by("pk").values_list("pk", "published_at")[:half]
            found += [_url(f"{base}/annual-reports/{pk}/", changed) for pk, changed in reports]
    else:
        raise Http404
    if not found and number and not (of == "documents" and _later(number)):
        raise Http404
    return _xml(f"{_HEAD}<urlset {_SPACE}>\n{''.join(found)}</urlset>\n")


def _later(number: int) -> bool:
    """Whether a map that is empty, since all of it was withdrawn, lies before one that is not: the index names it."""
    return Publication.objects.published().filter(pk__gte=number * MOST).exists()


@public
@kept
def robots(request: HttpRequest) -> HttpResponse:
    """What is published may be found; forms, tracking and the desk have nothing to find."""
    closed = "".join(f"Disallow: {path}\n" for path in ("/desk/", "/accounts/", "/apply/", "/track/", "/search/"))
    return HttpResponse(
        f"User-agent: *\n{closed}Sitemap: {site.base(request)}/sitemap.xml\n",
        content_type="text/plain; charset=utf-8",
    )


def _url(address: str, changed: datetime | None) -> str:
    when = f"<lastmod>{timezone.localtime(changed).isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<url><loc>{escape(address)}</loc>{when}</url>\n"


def _xml(body: str) -> HttpResponse:
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
