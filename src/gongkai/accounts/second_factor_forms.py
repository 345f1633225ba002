"""allauth's forms of the second factor, in the office's words and for a telephone's number keys."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _


class _InOurWords(forms.Form):
    """The one field of all three."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("验证码")
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class Activate(_InOurWords, ActivateTOTPForm):
    """The first code of a new authenticator."""


class Authenticate(_InOurWords, AuthenticateForm):
    """The code at sign-in."""


class Reauthenticate(_InOurWords, ReauthenticateForm):
    """The code before something grave."""
