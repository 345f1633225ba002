"""Cleaned words as blocks: no word is left out, none comes twice, and every table is whole."""

from __future__ import annotations

import re
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.blocks import Block, Grid, Line, blocks
from gongkai.publications.cleaning import clean_html, text_of

WORDS = st.text("甲乙丙丁 abc123<&\"'〔〕", min_size=1, max_size=12).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))
MARKUP = st.recursive(WORDS, lambda inner: st.builds(
    lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
    st.sampled_from(["p", "h2", "h3", "strong", "em", "u", "sup", "sub", "ul", "ol", "li", "blockquote", "table", "tr",
                     "td", "th", "thead", "caption", "td rowspan=3", "td colspan=2", 'a href="https://gov.cn/"']),
    st.lists(inner, max_size=4),
), max_leaves=24).map(lambda text: re.sub(r"</(\w+)[^>]*>", r"</\1>", text))


def said(found: list[Block]) -> str:
    """Every word of the blocks, without spaces and without the marks that they add."""
    texts: list[str] = []
    for block in found:
        lines = [block] if isinstance(block, Line) else [line for cell in block.cells for line in cell.lines]
        texts += [line.text for line in lines]
    return re.sub(r"\s", "", "".join(texts))


@given(st.lists(MARKUP, max_size=6).map("".join))
def test_no_word_is_left_out(pasted: str) -> None:
    cleaned = clean_html(pasted)
    assert sorted(said(blocks(cleaned))) == sorted(re.sub(r"\s", "", text_of(cleaned)))


@given(st.lists(MARKUP, max_size=6).map("".join))
def test_the_cells_of_a_table_cover_it_once(pasted: str) -> None:
    for grid in blocks(clean_html(f"<table><tr><td rowspan=2>甲</td><td>乙</td></tr></table>{pasted}")):
        if isinstance(grid, Grid):
            covered = [
                (cell.row + y, cell.column + x) for cell in grid.cells
                for y, x in product(range(cell.down), range(cell.across))
            ]
            assert sorted(covered) == list(product(range(grid.rows), range(grid.columns)))
            assert len(grid.weights) == grid.columns
            assert 0 <= grid.heads < max(grid.rows, 1)


def test_lists_keep_their_numbers_and_headings_their_level() -> None:
    found = blocks('<h2>一、总则</h2><ol start="3"><li>先<ul><li>细目</li></ul></li><li><p>后</p><p>续</p></li></ol>')
    assert [(b.kind, b.level, b.mark, b.text) for b in found if isinstance(b, Line)] == [
        ("head", 1, "", "一、总则"), ("item", 0, "3.", "先"), ("item", 1, "•", "细目"), ("item", 0, "4.", "后"),
        ("item", 0, "", "续"),
    ]


def test_a_row_of_heads_is_repeated_unless_it_reaches_below() -> None:
    head = "<tr><th rowspan='{}'>镇</th><th>厂</th></tr>"
    for down, heads in ((1, 1), (2, 0)):
        grid = blocks(clean_html(f"<table>{head.format(down)}<tr><td>甲</td></tr><tr><td>乙</td></tr></table>"))[0]
        assert isinstance(grid, Grid)
        assert grid.heads == heads


def test_a_table_wider_than_word_draws_becomes_lines() -> None:
    cleaned = clean_html(f"<table><tr>{''.join(f'<td>{n}</td>' for n in range(70))}</tr></table>")
    (line,) = blocks(cleaned)
    assert isinstance(line, Line)
    assert line.text.split("　") == [str(n) for n in range(70)]
