"""Keys: made once, given in production, several at hand, never shown."""

from __future__ import annotations

import base64
import multiprocessing
import os
import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.errors import Refused
from gongkai.infra.keys import derive, keyring
from gongkai.settings import env

A, B = (base64.b64encode(letter * 16).decode() for letter in (b"a", b"b"))


@pytest.fixture(autouse=True)
def _clean(monkeypatch):
    monkeypatch.delenv("GONGKAI_VAULT_KEY", raising=False)
    monkeypatch.delenv("GONGKAI_VAULT_KEY_FILE", raising=False)


def test_a_laptop_makes_one_key_for_itself_alone(tmp_path):
    keys = env.vault_keys(tmp_path, generate=True)
    assert env.vault_keys(tmp_path, generate=True) == keys
    file = tmp_path / "keys" / "vault.key"
    assert (file.stat().st_mode & 0o077, file.parent.stat().st_mode & 0o077) == (0, 0)
    assert [p.name for p in file.parent.iterdir()] == ["vault.key"]


def test_production_asks_for_its_key_and_makes_none(tmp_path, monkeypatch):
    with pytest.raises(ImproperlyConfigured, match="GONGKAI_VAULT_KEY"):
        env.vault_keys(tmp_path, generate=False)
    assert not list(tmp_path.iterdir())
    monkeypatch.setenv("GONGKAI_VAULT_KEY", f"{A}, {B}")
    assert env.vault_keys(tmp_path, generate=False) == (b"a" * 16, b"b" * 16)


def test_keys_come_from_a_file(tmp_path, monkeypatch):
    (tmp_path / "k").write_text(f"{B},\n{A}\n")
    monkeypatch.setenv("GONGKAI_VAULT_KEY_FILE", str(tmp_path / "k"))
    assert env.vault_keys(tmp_path, generate=False) == (b"b" * 16, b"a" * 16)


@pytest.mark.parametrize("given_", ["secret", "c2hvcnQ=", f"{A},{A}", ",", f"{A};{B}", "密钥", A + A])
def test_a_bad_key_stops_the_start_and_is_not_repeated(tmp_path, monkeypatch, given_):
    monkeypatch.setenv("GONGKAI_VAULT_KEY", given_)
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.vault_keys(tmp_path, generate=True)
    assert "GONGKAI_VAULT_KEY" in str(refusal.value)
    assert given_ not in str(refusal.value) or given_ == ","


def _make(folder: str, gate, out) -> None:
    gate.wait()
    out.put(env.kept_once(Path(folder) / "keys" / "x.key", lambda: os.urandom(8).hex()))


def _make_carelessly(folder: str, gate, out) -> None:
    """The planted fault: look, then write in place."""
    path = Path(folder) / "careless.key"
    gate.wait()
    if not path.exists():
        time.sleep(0.01)  # what a busy machine does by itself
        path.write_text(os.urandom(8).hex())
    out.put(path.read_text())


def _race(work, folder: Path, times: int) -> int:
    """In how many of `times` races two processes ended with different keys."""
    apart, context = 0, multiprocessing.get_context("fork")
    for turn in range(times):
        gate, out = context.Barrier(4), context.Queue()
        place = folder / str(turn)
        place.mkdir()
        runners = [context.Process(target=work, args=(str(place), gate, out)) for _ in range(4)]
        for runner in runners:
            runner.start()
        read = {out.get(timeout=20) for _ in runners}
        for runner in runners:
            runner.join()
        apart += len(read) > 1
    return apart


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_processes_that_start_together_agree(tmp_path):
    (tmp_path / "a").mkdir()
    assert _race(_make, tmp_path / "a", 12) == 0


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_they_agree_on_a_disk_without_hard_links_too(tmp_path, monkeypatch):
    def refuse(*_names: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "c").mkdir()
    assert _race(_make, tmp_path / "c", 12) == 0


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_the_race_would_catch_a_careless_maker(tmp_path):
    (tmp_path / "b").mkdir()
    assert _race(_make_carelessly, tmp_path / "b", 8) > 0


@given(st.binary(max_size=200), st.binary(max_size=40), st.binary(max_size=40))
def test_what_is_sealed_opens_where_it_belongs_and_nowhere_else(data, here, there):
    ring = keyring([b"a" * 16])
    token = ring.seal(data, purpose="p", bound_to=here)
    assert ring.open(token, purpose="p", bound_to=here) == data
    for purpose, place in (("q", here), ("p", there + b"x" if there == here else there)):
        if (purpose, place) != ("p", here):
            with pytest.raises(Refused):
                ring.open(token, purpose=purpose, bound_to=place)


def test_a_ring_says_which_key_is_missing_and_never_shows_one():
    ring = keyring([b"a" * 16])
    token = ring.seal(b"x", purpose="p", bound_to=b"")
    with pytest.raises(Refused) as refusal:
        keyring([b"b" * 16]).open(token, purpose="p", bound_to=b"")
    assert (refusal.value.code, ring.first.id in refusal.value.message) == ("vault-key", True)
    assert keyring([b"b" * 16, b"a" * 16]).open(token, purpose="p", bound_to=b"") == b"x"
    assert "aaaa" not in repr(ring)


def test_purposes_have_keys_of_their_own():
    made = {derive(b"a" * 16, purpose) for purpose in ("vault field", "vault blind", "second factor")}
    assert len(made | {b"a" * 16}) == 4


@given(st.binary(max_size=20), st.data())
def test_no_character_of_a_token_can_be_another(data, draw):
    ring = keyring([b"a" * 16])
    token = ring.seal(data, purpose="p", bound_to=b"")
    place = draw.draw(st.integers(0, len(token) - 1))
    other = draw.draw(st.sampled_from("ABCxyz019+/=:é").filter(lambda c: c != token[place]))
    with pytest.raises(Refused):
        ring.open(token[:place] + other + token[place + 1:], purpose="p", bound_to=b"")
