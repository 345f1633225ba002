"""Static files are laid out once, and again when one of them changes."""

from __future__ import annotations

import json
import os

import pytest

from gongkai.infra import static


@pytest.fixture
def source(tmp_path, settings):
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.css").write_text("body { color: black }")
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
    return source


def served(settings) -> str:
    """The text behind the name that a page would link to."""
    names = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
    return (settings.STATIC_ROOT / names["page.css"]).read_text()


def test_the_second_start_has_nothing_to_do(source):
    assert [static.lay_out(), static.lay_out()] == [True, False]


def test_a_changed_file_is_laid_out_again(source, settings):
    static.lay_out()
    (source / "page.css").write_text("body { color: green }")
    os.utime(source / "page.css", (1, 1))  # even one that comes with an old date
    assert static.lay_out()
    assert "green" in served(settings)


def test_what_was_swept_away_is_laid_out_again(source, settings):
    static.lay_out()
    (settings.STATIC_ROOT / "staticfiles.json").unlink()
    assert static.lay_out()
    assert "black" in served(settings)


def test_a_laptop_finds_its_files_where_they_lie(source, settings):
    settings.WHITENOISE_USE_FINDERS = True
    assert not static.lay_out()
    assert list(settings.STATIC_ROOT.iterdir()) == []
