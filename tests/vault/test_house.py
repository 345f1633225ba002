"""House rules of the vault, read from the source."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from typer.testing import CliRunner

from gongkai.accounts.probes import second_factor
from gongkai.accounts.second_factor import SealedAdapter
from gongkai.vault.commands import app

SOURCE = Path(__file__).resolve().parents[2] / "src" / "gongkai"
SHELLS = [p for p in SOURCE.rglob("*.py") if "views" in p.parts or p.name in {"views.py", "api.py"}]


def words(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)} | {
        a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}


# Pages that open files of a case, and the word in each by which a proof of identity is kept from passing that way.
OPENS_FILES = {
    "applications/views/identity.py": "open_proof", "portal/views/tracking.py": "file_for_applicant",
    # The papers of a case, for those who work on it.
    "disputes/views/identity.py": "works_on",
    # The sheets that a page itself put away between look and import.
    "applications/views/sheets.py": "seal_file", "statutory_registers/views/sheets.py": "seal_file",
}


def test_no_page_opens_identities_as_the_program_does():
    """`for_letter`, `tokens` and the cipher are for machines: a person looks through `reveal` and `open_proof`."""
    assert SHELLS
    assert {str(p.relative_to(SOURCE)): hits for p in SHELLS
            if (hits := words(p) & {"for_letter", "unseal", "tokens", "personal"})} == {}
    opening = {str(p.relative_to(SOURCE)) for p in SHELLS if "open_file" in words(p)}
    assert opening <= set(OPENS_FILES)
    assert all(OPENS_FILES[page] in words(SOURCE / page) for page in opening)


def test_only_the_vault_touches_the_cipher():
    outside = [p for p in SOURCE.rglob("*.py") if "vault" not in p.parts]
    assert [str(p.relative_to(SOURCE)) for p in outside if "vault import cipher" in p.read_text("utf-8")] == []


@pytest.mark.django_db
def test_rotation_from_the_console(settings):
    from tests.factories import agency, user
    from tests.vault.people import sealed

    sealed(agency())
    enrolled = Authenticator.objects.create(
        user=user(), type="totp", data={"secret": SealedAdapter().encrypt("ABC234")})
    done = CliRunner().invoke(app, ["rotate", "--dry-run"])
    assert (done.exit_code, "身份 0 份" in done.output) == (0, True)
    old, new = settings.GONGKAI_VAULT_KEYS[0], b"n" * 16
    settings.GONGKAI_VAULT_KEYS = (new, old)
    assert "身份 1 份" in CliRunner().invoke(app, ["rotate", "--dry-run"]).output
    done = CliRunner().invoke(app, ["rotate"])
    assert (done.exit_code, "身份 1 份" in done.output, "两步验证 1 份" in done.output) == (0, True, True)
    settings.GONGKAI_VAULT_KEYS = (new,)
    enrolled.refresh_from_db()
    assert SealedAdapter().decrypt(enrolled.data["secret"]) == "ABC234"
    assert second_factor().well
    settings.GONGKAI_VAULT_KEYS = (b"z" * 16,)
    done = CliRunner().invoke(app, ["rotate"])
    assert (done.exit_code, "另一把密钥" in done.output) == (1, True)
    assert not second_factor().well


def test_a_new_key_is_sixteen_bytes(monkeypatch, tmp_path):
    from gongkai.settings import env

    made = CliRunner().invoke(app, ["new-key"]).output.strip()
    monkeypatch.setenv("GONGKAI_VAULT_KEY", made)
    assert [len(key) for key in env.vault_keys(tmp_path, generate=False)] == [16]
    assert json.dumps(made)
