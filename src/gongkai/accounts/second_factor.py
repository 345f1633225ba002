"""The second factor: what is kept of it, and who must have one before the desk opens."""

from __future__ import annotations

from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may, registered
from gongkai.core.errors import Refused
from gongkai.infra.keys import keyring

PURPOSE = "second factor"
SECRETS = {"secret", "seed"}  # of an app and of recovery codes, as allauth names them


class SealedAdapter(DefaultMFAAdapter):
    """allauth keeps the secrets of authenticators; here they are sealed with the installation's key first."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("验证码不对；请看手机时间是否准确，用应用上正在显示的六位数字再试"),
    }

    def encrypt(self, text: str) -> str:
        """What stands in the database."""
        return keyring().seal(text.encode(), purpose=PURPOSE, bound_to=b"")

    def decrypt(self, encrypted_text: str) -> str:
        """The secret. One from before sealing holds no colon and is read as it is.

        A key that is not at hand must never become an empty secret: nobody gets in then.
        """
        if ":" not in encrypted_text:
            return encrypted_text
        try:
            return keyring().open(encrypted_text, purpose=PURPOSE, bound_to=b"").decode()
        except Refused as refused:
            raise PermissionDenied(refused.message) from refused

    def get_totp_issuer(self) -> str:
        """How the entry is called in the person's app."""
        return f"政务公开 {self._get_site_name()}"

    def build_totp_svg(self, url: str) -> str:
        """The code as SVG for the page itself: no style, no script, no other address."""
        return segno.make(url, error="m").svg_inline(scale=5, border=4, light="#fff")


def asked_of(actor: Actor) -> bool:
    """Whether the settings ask this person for a second factor: everybody, or holders of the permissions named.

    A permission that nobody knows (a misspelt setting) asks everybody: a guard must not fall away by a typing error.
    """
    if settings.GONGKAI_REQUIRE_MFA or unknown():
        return True
    wanted = set(settings.GONGKAI_REQUIRE_MFA_OF)
    return any(may(actor, permission) for permission in registered() if str(permission) in wanted)


def unknown() -> list[str]:
    """Names in GONGKAI_REQUIRE_MFA_OF that are no permission."""
    return sorted(set(settings.GONGKAI_REQUIRE_MFA_OF) - {str(permission) for permission in registered()})


def enrolled(user: Any) -> bool:
    """Whether the person has an authenticator; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def unfinished(user: Any, actor: Actor) -> str | None:
    """The page that this person must go to first, by the name of its address; None when the desk is open."""
    if actor.user_id is None:
        return None
    if user.must_change_password:
        return "account_change_password"
    return "mfa_activate_totp" if asked_of(actor) and not enrolled(user) else None


def sealed_again(data: dict[str, Any]) -> dict[str, Any] | None:
    """What an authenticator keeps, sealed with the newest key; None when it already is.

    Raises PermissionDenied when the key that sealed it is not at hand.
    """
    adapter, fresh = SealedAdapter(), keyring().fresh
    made = {
        name: adapter.encrypt(adapter.decrypt(value)) if name in SECRETS and not fresh(value) else value
        for name, value in data.items()
    }
    return made if made != data else None
