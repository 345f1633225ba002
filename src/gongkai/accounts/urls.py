"""Signing in, and one's own account. Only the doors of allauth that a closed office needs are hung."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from gongkai.accounts.gate import at_the_door, public
from gongkai.accounts.views import choose_organ, mine, people, person, roles

own_patterns = ([
    path("", mine, name="mine"),
    path("organ/", choose_organ, name="organ"),
    path("roles/", roles, name="roles"),
    path("people/", people.listing, name="people"),
    path("people/add/", people.add, name="add"),
    path("people/<int:person_id>/", person.page, name="person"),
    path("people/<int:person_id>/appoint/", person.appoint, name="appoint"),
    path("people/<int:person_id>/relieve/<int:post_id>/", person.relieve, name="relieve"),
    path("people/<int:person_id>/password/", person.reset_password, name="reset-password"),
    path("people/<int:person_id>/second-factor/", person.clear_second_factor, name="clear-second-factor"),
    path("people/<int:person_id>/close/", person.close, name="close"),
    path("people/<int:person_id>/reopen/", person.reopen, name="reopen"),
], "accounts")

sign_in_patterns = [
    path("login/", public(account.login), name="account_login"),
    path("logout/", public(account.logout), name="account_logout"),
    path("inactive/", public(account.account_inactive), name="account_inactive"),
    path("signup/", public(account.signup), name="account_signup"),
    path("password/change/", at_the_door(account.password_change), name="account_change_password"),
    path("password/set/", at_the_door(account.password_set), name="account_set_password"),
    path("reauthenticate/", at_the_door(account.reauthenticate), name="account_reauthenticate"),
    path("2fa/authenticate/", public(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/trust/", public(mfa.trust), name="mfa_trust"),
    path("2fa/reauthenticate/", at_the_door(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/", at_the_door(mfa.index), name="mfa_index"),
    path("2fa/totp/activate/", at_the_door(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", at_the_door(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", at_the_door(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", at_the_door(codes.generate_recovery_codes),
         name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", at_the_door(codes.download_recovery_codes),
         name="mfa_download_recovery_codes"),
]
