"""Bytes are kept once, whole or not at all, and their change is noticed."""

from __future__ import annotations

import errno
import hashlib
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import AT

from gongkai.core.errors import Refused
from gongkai.files import store
from gongkai.files.actions import keep
from gongkai.files.models import StoredFile


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.GONGKAI_DATA = tmp_path
    return tmp_path / "files"


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chunks=st.lists(st.binary(max_size=50), max_size=6))
def test_what_is_put_is_what_is_read(chunks):
    kept = store.put(chunks)
    whole = b"".join(chunks)
    assert kept == store.Kept(hashlib.sha256(whole).hexdigest(), len(whole))
    assert store.read(kept.sha256) == whole
    assert store.intact(kept.sha256)


def test_the_same_bytes_are_one_file(folder):
    assert store.put([b"ab"]) == store.put([b"a", b"b"])
    assert len([p for p in folder.rglob("*") if p.is_file()]) == 1


def test_past_the_limit_nothing_is_left(folder):
    with pytest.raises(Refused) as refusal:
        store.put([b"123", b"456"], limit=5)
    assert refusal.value.code == "too-large"
    assert [p for p in folder.rglob("*") if p.is_file()] == []


def test_a_source_that_breaks_leaves_nothing(folder):
    def broken():
        yield b"half"
        raise OSError("line cut")

    with pytest.raises(OSError, match="line cut"):
        store.put(broken())
    assert [p for p in folder.rglob("*") if p.is_file()] == []


@pytest.mark.parametrize("step", ["write", "fsync", "replace", "mkstemp"])
def test_a_full_disk_is_told_in_one_sentence_and_leaves_nothing(folder, monkeypatch, step):
    """ENOSPC wherever it may strike: in the bytes, in their sync, in the name, at the very start."""
    def full(*_args, **_named):
        raise OSError(errno.ENOSPC, "No space left on device")

    def chunks():
        yield b"half"
        if step == "write":
            full()

    where = {"fsync": os, "replace": os, "mkstemp": store.tempfile}.get(step)
    if where is not None:
        monkeypatch.setattr(where, step, full)
    with pytest.raises(Refused) as refusal:
        store.put(chunks())
    assert (refusal.value.code, "\n" in refusal.value.message) == ("disk-full", False)
    assert [p for p in folder.rglob("*") if p.is_file()] == []


def test_bytes_and_folder_reach_the_disk_before_put_returns(monkeypatch):
    """The order that survives a power cut: file synced, renamed, folder synced."""
    acts = []
    real_sync, real_rename = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (acts.append("sync"), real_sync(fd)))
    monkeypatch.setattr(os, "replace", lambda a, b: (acts.append("rename"), real_rename(a, b)))
    store.put([b"x"])
    assert "rename" in acts
    assert acts[0] == acts[-1] == "sync"


def test_changed_bytes_are_refused():
    kept = store.put([b"real"])
    store.path(kept.sha256).chmod(0o600)
    store.path(kept.sha256).write_bytes(b"fake")
    with pytest.raises(Refused) as refusal:
        store.read(kept.sha256)
    assert refusal.value.code == "file-damaged"
    assert not store.intact(kept.sha256)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 63 + "/"])
def test_only_a_hash_is_a_path(name):
    with pytest.raises(ValueError, match="SHA-256"):
        store.path(name)


@pytest.mark.django_db
def test_a_row_is_made_once():
    first, new = keep([b"x"], at=AT)
    second, again = keep([b"x"], at=AT)
    assert (first, new, again) == (second, True, False)
    assert StoredFile.objects.get().size == 1


def test_files_are_for_their_owner_alone(folder):
    kept = store.put([b"x"])
    assert store.path(kept.sha256).stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
