"""What a page says of the site that it belongs to: its name, its host, its mark (国办发〔2017〕47号)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _


def base(request: HttpRequest) -> str:
    """Scheme and host under which the public reads this installation, without a slash at the end."""
    given = str(settings.GONGKAI_PUBLIC_URL).rstrip("/")
    return given or f"{request.scheme}://{request.get_host()}"


def name() -> str:
    """The name of the site."""
    return str(settings.GONGKAI_SITE_NAME) or _("政府信息公开")


def domain(request: HttpRequest) -> str:
    """The host, without scheme."""
    return base(request).split("//", 1)[1]
