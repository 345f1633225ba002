"""A document as one file that needs nothing else: HTML with its style inside, or plain text."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape

_STYLE = (
    "body{max-width:42em;margin:2em auto;padding:0 1em;font-family:'FangSong','STFangsong','Noto Serif CJK SC',serif;"
    "font-size:16pt;line-height:1.8;color:#111}h1{font-size:22pt;text-align:center;line-height:1.4}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #777;padding:.2em .5em;text-align:left;"
    "vertical-align:top}.facts{font-size:11pt;margin-bottom:2em}.facts th{white-space:nowrap;width:8em}"
    "p{text-indent:2em;margin:.4em 0}td p,th p{text-indent:0}footer{font-size:10pt;color:#555;margin-top:3em}"
    "body{overflow-wrap:anywhere}main{overflow-x:auto}main table{font-size:12pt;line-height:1.5}"
    "main td,main th{overflow-wrap:break-word;min-width:4em}@page{size:A4;margin:25mm}"
    "@media print{body{margin:0;max-width:none}main{overflow:visible}main table{font-size:9pt}"
    "main td,main th{overflow-wrap:anywhere;min-width:0}}"
)


def html(title: str, facts: Iterable[tuple[str, str]], body: str, url: str) -> str:
    """The page. `body` is the cleaned HTML of an edition; everything else is escaped."""
    rows = "".join(f"<tr><th scope=\"row\">{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in facts)
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1><table class=\"facts\">{rows}</table>"
        f"<main>{body}</main><footer>{escape(url)}</footer></body></html>\n"
    )


def text(title: str, facts: Iterable[tuple[str, str]], words: str) -> str:
    """The same as lines of text."""
    return "\n".join([title, "", *(f"{name}：{value}" for name, value in facts), "", words, ""])
