"""Words that an act cannot do without."""

from __future__ import annotations

from gongkai.core.errors import Refused


def required(name: str, text: str, most: int) -> str:
    """The text, trimmed. Raises Refused: words-missing, words-too-long; `name` says which words."""
    text = text.strip()
    if not text:
        raise Refused("words-missing", "请填写%(name)s；没有保存", name=name)
    if len(text) > most:
        raise Refused("words-too-long", "%(name)s不能超过 %(most)s 个字；没有保存", name=name, most=most)
    return text
