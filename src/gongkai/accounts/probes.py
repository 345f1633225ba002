"""The part of accounts in `gongkai doctor`."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from gongkai.accounts.models import Post
from gongkai.accounts.second_factor import SECRETS, SealedAdapter, unknown
from gongkai.infra.health import THOROUGH, Probe


def second_factor() -> Probe:
    """The setting names permissions that exist; how many people in post have no second factor yet."""
    if wrong := unknown():
        named = "、".join(wrong)
        return Probe("second factor", False, f"GONGKAI_REQUIRE_MFA_OF 里没有这些权限：{named}，现要求所有人启用")
    if lost := sum(not _opens(data) for data in Authenticator.objects.values_list("data", flat=True)):
        return Probe("second factor", False, f"{lost} 份两步验证打不开，请把原来的密钥加回 GONGKAI_VAULT_KEY")
    enrolled = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values("user_id")
    people = Post.objects.held_on(timezone.localdate()).filter(user__is_active=True).values("user_id").distinct()
    missing = people.exclude(user_id__in=enrolled).count()
    return Probe("second factor", True, f"在岗 {people.count()} 人，{missing} 人没有启用两步验证")


def _opens(data: dict[str, Any]) -> bool:
    try:
        for name in SECRETS & set(data):
            SealedAdapter().decrypt(data[name])
    except PermissionDenied:
        return False
    return True


THOROUGH.append(second_factor)
