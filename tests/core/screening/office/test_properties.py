"""However a number is cut over runs, paragraphs of a cell or hidden stretches, it is found and masked."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.core.screening.office.leaks import leaks
from tests.core.screening.office.making import id_number, in_body, joined, mask, paragraph, run

from gongkai.core.screening.formats import rebuild, unpack
from gongkai.core.screening.formats.ooxml.joins import cut_cells, cut_paragraphs
from gongkai.core.screening.formats.ooxml.putback import Stretch, put_back
from gongkai.core.screening.formats.xlsx.axis import Axis

_NUMBERS = st.integers(0, 999).map(id_number)
_CUTS = st.lists(st.integers(0, 18), max_size=8).map(sorted)
_LOOKS = st.sampled_from(["", "<w:b/>", "<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'])


@settings(max_examples=10, deadline=None)
@given(_NUMBERS, _CUTS, st.data())
def test_a_number_cut_over_runs_is_found_and_gone(number: str, cuts: list[int], data: st.DataObject) -> None:
    edges = [0, *cuts, 18]
    looks = [data.draw(_LOOKS) for _ in edges[1:]]
    runs = "".join(run(number[a:b], look) for a, b, look in zip(edges, edges[1:], looks, strict=False))
    document = in_body(paragraph(run("号码：") + runs + run("，下同")))

    assert any(number in joined(piece.text) for piece in unpack(document, "a.docx").pieces)
    made = rebuild(document, "a.docx", mask).data
    assert leaks(made, number) == []
    if not any("vanish" in look or "color" in look or "sz" in look for look in looks):
        assert any(f"{number[:2]}*************{number[-3:]}" in piece.text for piece in unpack(made, "a.docx").pieces)


_PARTS = st.lists(st.text("甲乙12 ", max_size=6), min_size=1, max_size=6)


@given(_PARTS, st.lists(st.booleans(), min_size=6, max_size=6), st.data())
def test_put_back_gives_exactly_the_masked_text(parts: list[str], fixed: list[bool], data: st.DataObject) -> None:
    stretches = [
        Stretch("\t" if still else part, None if still else etree.Element("t"))
        for part, still in zip(parts, fixed, strict=False)
    ]
    whole = "".join(stretch.text for stretch in stretches)
    places = data.draw(st.sets(st.integers(0, max(0, len(whole) - 1)), max_size=5))

    def starred(text: str) -> str:
        return "".join("*" if at in places and letter not in "\t" else letter for at, letter in enumerate(text))

    put_back(stretches, starred)
    assert "".join(stretch.text for stretch in stretches) == (starred(whole) if whole.strip() else whole)


@given(st.lists(st.text("12甲", max_size=9), min_size=1, max_size=6), st.text("34乙", min_size=1, max_size=20))
def test_put_back_holds_a_mask_of_another_length(parts: list[str], masked: str) -> None:
    stretches = [Stretch(part, etree.Element("t")) for part in parts]
    changed = put_back(stretches, lambda _: masked)

    assert "".join(stretch.text for stretch in stretches) == (masked if changed else "".join(parts))


@given(_NUMBERS, st.integers(1, 17))
def test_cut_paragraphs_meet(number: str, cut: int) -> None:
    assert cut_paragraphs(["前文", f"号码{number[:cut]}", f"{number[cut:]}。", "后文"]) == [(1, 3)]


def test_cells_of_statistics_are_no_number_in_boxes() -> None:
    assert cut_cells([str(n) for n in (120, 35, 6, 1286, 70, 15, 9, 33)]) == []
    assert cut_cells(["姓名", *"350102199003071234", "男"]) == [(1, 19)]
    assert cut_cells(["350102", "19900307", "1234"]) == [(0, 3)]
    assert cut_cells(["139", "1234", "5678"]) == [(0, 3)]
    assert cut_cells(["3月", "139", "12345678"]) == []  # a count beside an amount


@given(st.sets(st.integers(1, 40)), st.integers(1, 40), st.integers(1, 40))
def test_rows_are_counted_again_like_a_list(gone: set[int], one: int, other: int) -> None:
    first, last = sorted((one, other))
    left = [number for number in range(1, 41) if number not in gone]
    inside = [left.index(number) + 1 for number in range(first, last + 1) if number not in gone]

    assert Axis(gone).span(first, last) == ((inside[0], inside[-1]) if inside else None)
    if first not in gone:
        assert Axis(gone).new(first) == left.index(first) + 1
