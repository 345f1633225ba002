"""The second factor: what is kept of it, and who must have one before the desk opens."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import PermissionDenied

from gongkai.core.errors import Refused
from gongkai.infra.keys import keyring

PURPOSE = "second factor"


class SealedAdapter(DefaultMFAAdapter):
    """allauth keeps the secrets of authenticators; here they are sealed with the installation's key first."""

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
