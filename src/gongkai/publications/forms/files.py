"""What people choose and type about attachments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gongkai.infra.fields import FilesInput

MOST = 20  # files at once


class UploadForm(forms.Form):
    """Several files; whether one may go out, the action decides and says by name."""

    class Many(forms.FileField):
        """All that were chosen, in order."""

        widget = FilesInput

        def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ARG002
            """The files themselves. Raises ValidationError: none, too many, too large."""
            chosen = [one for one in data or [] if one]
            if not chosen:
                raise forms.ValidationError(_("没有选择文件"), code="required")
            if len(chosen) > MOST:
                raise forms.ValidationError(_("一次最多上传 %(most)s 个文件"), code="many", params={"most": MOST})
            for one in chosen:
                if one.size > settings.GONGKAI_UPLOAD_MAX_BYTES:
                    raise forms.ValidationError(
                        _("“%(name)s”超过 %(most)s MB"), code="large",
                        params={"name": one.name, "most": settings.GONGKAI_UPLOAD_MAX_BYTES // 1024 // 1024},
                    )
            return chosen

    files = Many(label=_("文件"), help_text=_(
        "可以一次选几个。Word、WPS、Excel、PDF、OFD、图片都可以；公开的是清理后的文件，原件封存。",
    ))


class RenameForm(forms.Form):
    """How the public sees it called."""

    name = forms.CharField(label=_("文件名"), max_length=200)
