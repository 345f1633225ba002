"""The pages of people and posts, and the doors of a second factor."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from tests.factories import AT, ON, SYSTEM, actor, agency, user

from gongkai.accounts import actions, permissions, probes, roles, second_factor
from gongkai.accounts.models import Post, User
from gongkai.agencies.models import Agency
from gongkai.ledger.models import Entry

pytestmark = pytest.mark.django_db
PEOPLE = "/desk/account/people/"


@pytest.fixture
def county() -> Agency:
    return agency()


def signed_in(where: Agency, role: type[roles.Role]) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor(where, role).user_id))
    return client


def employed(username: str, where: Agency, role: type[roles.Role] = roles.Clerk) -> User:
    person = user(username, f"姓名{username}")
    actions.appoint(by=SYSTEM, user=person, agency=where, role=role.key, on=ON, at=AT)
    return person


def test_an_account_is_opened_with_a_password_that_is_shown_once_and_must_be_changed(county):
    system = signed_in(county, roles.SystemAdministrator)
    form = {"username": "zhou", "name": "周敏", "email": ""}
    answer = system.post(PEOPLE + "add/", form)
    password = re.search(r'class="secret">([^<]+)<', answer.content.decode())[1]
    assert "no-store" in answer.headers["Cache-Control"]
    person = User.objects.get(username="zhou")
    assert password not in system.get(f"{PEOPLE}{person.pk}/").content.decode()
    again = system.post(PEOPLE + "add/", form)
    assert (again.status_code, "已被使用" in again.content.decode()) == (400, True)
    client = Client()
    client.post("/accounts/login/", {"login": "zhou", "password": password})
    for page in ("/desk/", "/desk/agencies/"):
        assert client.get(page).headers["Location"] == "/accounts/password/change/"
    asked = client.get("/accounts/password/change/").content.decode()
    assert "一次性密码" in asked
    done = client.post("/accounts/password/change/", {
        "oldpassword": password, "password1": "autumn-river-9", "password2": "autumn-river-9"})
    assert done.headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    assert Entry.objects.filter(kind="accounts.password_changed", actor_id=person.pk).exists()


def test_the_list_shows_who_is_in_reach_and_no_one_else(county):
    bureau, other = agency("青澜县民政局", county), agency("邻县人民政府")
    employed("near", bureau)
    far = employed("far", other)
    head = signed_in(bureau, roles.HeadOfOffice)
    text = head.get(PEOPLE).content.decode()
    assert "姓名near" in text
    assert "姓名far" not in text
    assert head.get(f"{PEOPLE}{far.pk}/").status_code == 404
    for act in ("appoint/", "second-factor/"):
        assert head.post(f"{PEOPLE}{far.pk}/{act}", {}).status_code == 404
    assert signed_in(bureau, roles.Clerk).get(PEOPLE).status_code == 403


def test_posts_are_given_and_taken_on_the_page(county):
    security, person = signed_in(county, roles.SecurityAdministrator), user("li", "李文")
    page = f"{PEOPLE}{person.pk}/"
    form = {"role": "clerk", "agency": county.name, "section": "", "on": "2026-03-05"}
    assert security.post(page + "appoint/", form).status_code == 302
    post = Post.objects.get(user=person)
    assert "经办人" in security.get(page).content.decode()
    assert security.post(f"{page}relieve/{post.pk}/", {"on": "2026-03-04"}, follow=True).content.decode().count(
        "结束日期早于任职日期") == 1
    security.post(f"{page}relieve/{post.pk}/", {"on": "2026-03-09"})
    assert "以前的岗位" in security.get(page).content.decode()


@pytest.mark.parametrize(("change", "told"), [
    ({"agency": "没有这个局"}, "机关目录里没有"), ({"section": "没有这个科"}, "没有登记"), ({"on": "后天"}, "自哪天起"),
    ({"agency": "邻县人民政府"}, "没有这项权限"), ({"role": "king"}, "角色"),
])
def test_a_post_that_cannot_be_given_is_said_and_the_text_kept(county, change, told):
    agency("邻县人民政府")
    security, person = signed_in(county, roles.SecurityAdministrator), user("li", "李文")
    form = {"role": "clerk", "agency": county.name, "section": "", "on": "2026-03-05"} | change
    answer = security.post(f"{PEOPLE}{person.pk}/appoint/", form)
    assert (answer.status_code, told in answer.content.decode()) == (400, True)
    assert form["agency"] in answer.content.decode()
    assert not Post.objects.filter(user=person).exists()


def test_the_three_administrators_rule_stands_on_the_page_before_it_refuses(county):
    security = signed_in(county, roles.SecurityAdministrator)
    audit, clerk = employed("audit", county, roles.AuditAdministrator), employed("busy", county)
    text = security.get(f"{PEOPLE}{audit.pk}/").content.decode()
    assert "此人是安全审计员" in text
    assert 'name="role"' not in text
    text = security.get(f"{PEOPLE}{clerk.pk}/").content.decode()
    assert re.search(r'value="system_admin" required disabled>.*?须由专人担任', text, re.DOTALL)
    assert re.search(r'value="reviewer" required>', text)


def test_a_head_is_offered_only_what_a_head_may_give(county):
    head, person = signed_in(county, roles.HeadOfOffice), user("li", "李文")
    text = head.get(f"{PEOPLE}{person.pk}/").content.decode()
    offered = set(re.findall(r'value="(\w+)" required>', text))
    assert offered == {"clerk", "contributor", "reviewer"}
    assert "重设密码" not in text


def test_the_system_administrator_resets_and_closes(county):
    system, person = signed_in(county, roles.SystemAdministrator), employed("li", county)
    page, mine = f"{PEOPLE}{person.pk}/", Client()
    mine.force_login(person)
    assert mine.get("/desk/").status_code == 200
    shown = system.post(page + "password/").content.decode()
    assert User.objects.get(pk=person.pk).check_password(re.search(r'class="secret">([^<]+)<', shown)[1])
    assert mine.get("/desk/").status_code == 302
    system.post(page + "close/")
    assert "已停用" in system.get(page).content.decode()
    system.post(page + "reopen/")
    assert User.objects.get(pk=person.pk).is_active


def test_every_role_and_every_permission_is_told_in_words(county):
    text = signed_in(county, roles.Clerk).get("/desk/account/roles/").content.decode()
    for role in roles.ALL:
        assert role.sentence in text
    for permission in permissions.registered():
        assert permission.label, f"{permission} has no name for the page of roles"
        assert permission.label in text
        assert all(reason in text for reason in permissions.holders(permission).values())


def test_my_page_tells_section_and_second_factor(county):
    text = signed_in(county, roles.HeadOfOffice).get("/desk/account/").content.decode()
    assert "未启用" in text
    assert PEOPLE in text


# The second factor.

def code_of(person: User) -> str:
    secret = Authenticator.objects.get(user=person, type="totp").wrap()
    from gongkai.accounts.second_factor import SealedAdapter
    return totp(SealedAdapter().decrypt(secret.instance.data["secret"]))


def totp(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_without_a_second_factor_the_desk_stays_shut_where_it_is_asked_for(county, settings):
    settings.GONGKAI_REQUIRE_MFA = True
    person = employed("li", county)
    person.set_password("autumn-river-9")
    person.save()
    client = Client()
    client.post("/accounts/login/", {"login": "li", "password": "autumn-river-9"})
    for page in ("/desk/", "/desk/annual-reports/", "/desk/agencies/"):
        assert client.get(page).headers["Location"] == "/accounts/2fa/totp/activate/"
    assert client.get("/desk/account/").status_code == 200
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    assert "本单位要求先启用两步验证" in page
    assert "<svg" in page
    assert "style=" not in page
    secret = re.search(r'class="secret">([A-Z2-7]+)<', page)[1]
    wrong = client.post("/accounts/2fa/totp/activate/", {"code": "000000" if totp(secret) != "000000" else "1"})
    assert "验证码不对" in wrong.content.decode()
    done = client.post("/accounts/2fa/totp/activate/", {"code": totp(secret)})
    assert done.headers["Location"] == "/accounts/2fa/recovery-codes/"
    codes = re.findall(r'class="secret">(\d+)<', client.get("/accounts/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10
    assert client.get("/desk/").status_code == 200
    kept = Authenticator.objects.get(user=person, type="totp").data["secret"]
    assert secret not in kept
    assert ":" in kept
    # And at the next sign-in the code is asked for.
    again = Client()
    asked = again.post("/accounts/login/", {"login": "li", "password": "autumn-river-9"})
    assert asked.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert again.get("/desk/").status_code == 302
    assert "两步验证" in again.get("/accounts/2fa/authenticate/").content.decode()
    again.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert again.get("/desk/").status_code == 200


def test_a_lost_key_lets_nobody_in(county, settings):
    sealed = second_factor.SealedAdapter().encrypt("ABC234")
    assert second_factor.SealedAdapter().decrypt(sealed) == "ABC234"
    assert second_factor.SealedAdapter().decrypt("OLDSECRET") == "OLDSECRET"
    settings.GONGKAI_VAULT_KEYS = (b"another-key-here",)
    from django.core.exceptions import PermissionDenied
    with pytest.raises(PermissionDenied):
        second_factor.SealedAdapter().decrypt(sealed)


def test_some_may_be_asked_while_others_are_not(county, settings):
    settings.GONGKAI_REQUIRE_MFA_OF = ("vault.reveal",)
    assert signed_in(county, roles.Clerk).get("/desk/").status_code == 302
    assert signed_in(county, roles.Supervisor).get("/desk/").status_code == 200
    settings.GONGKAI_REQUIRE_MFA_OF = ("vault.revael",)
    assert signed_in(agency("青澜县民政局", county), roles.Supervisor).get("/desk/").status_code == 302
    assert second_factor.unknown() == ["vault.revael"]
    assert (probes.second_factor().well, "vault.revael" in probes.second_factor().sentence) == (False, True)
    settings.GONGKAI_REQUIRE_MFA_OF = ()
    assert "3 人没有启用" in probes.second_factor().sentence


@pytest.mark.parametrize("page", ["2fa/", "2fa/totp/activate/"])
def test_pages_of_the_second_factor_are_ours_and_chinese(county, page):
    client, person = Client(), employed("li", county)
    person.set_password("autumn-river-9")
    person.save()
    client.post("/accounts/login/", {"login": "li", "password": "autumn-river-9"})
    text = client.get("/accounts/" + page).content.decode()
    assert "两步验证" in text
    assert not re.search(r"Authenticator|Activate|Recovery", text)
