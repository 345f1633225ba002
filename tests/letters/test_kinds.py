"""Every kind: its data, its built-in template, its .docx and its PDF."""

from __future__ import annotations

import io
from datetime import date

import docx
import pypdfium2
import pytest

from gongkai.core.errors import Refused
from gongkai.core.law.answers import ANSWERS
from gongkai.core.law.answers import GROUNDS as LAW_GROUNDS
from gongkai.letters import filling, pdf, rendering, sandbox, uploads
from gongkai.letters.fields import BY_LABEL, FIELDS
from gongkai.letters.grounds import GROUNDS
from gongkai.letters.kinds import ALL, KINDS
from gongkai.letters.making.build import FOLDER, templates
from gongkai.letters.templates import built_in

ON = date(2026, 3, 5)
OWN = {
    "organ": "青澜县民政局", "office": "青澜县民政局办公室", "review_organ": "青澜县人民政府",
    "court": "青澜县人民法院",
    "phone": "0990-0000000", "address": "", "number": "青民公复〔2026〕1号", "code": "ABCD-EFGH-JKMN-PQRS",
}


def made(key: str, context: dict | None = None, on: date = ON) -> bytes:
    kind = KINDS[key]
    shown = filling.fill(kind, filling.sample(kind) | (context or {}), OWN, on)
    stamp = rendering.Stamp(OWN["code"], "https://gk.example.invalid/letters/verify/")
    return rendering.render(built_in(key), shown, stamp)


def words(data: bytes) -> str:
    """The text of a .docx: paragraphs, then cells."""
    opened = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in opened.paragraphs), *cells])


def pages(data: bytes) -> list[str]:
    """The text of a PDF, without spaces and line ends."""
    opened = pypdfium2.PdfDocument(data)
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in opened]
    finally:
        opened.close()


def test_the_names_of_fields_are_names():
    assert len(BY_LABEL) == len(FIELDS)
    assert all(field.label.isidentifier() and field.key.isidentifier() for field in FIELDS.values())
    assert not set(BY_LABEL) & set(FIELDS)
    assert len(KINDS) == len(ALL)


def test_lists_can_tell_the_kinds_apart():
    assert len({kind.name for kind in ALL}) == len(ALL)


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=lambda a: a.key)
def test_a_letter_shows_what_the_law_asks_of_its_answer(answer):
    kind = KINDS[answer.letter]
    asked = {field.name for field in answer.fields if field.required}
    # One letter serves eight grounds; what only one of them needs is optional in it, and core.law asks for it.
    assert asked <= set(kind.required) | ({"statute", "consultation"} if kind.key == "reply_refused" else set())
    assert {field.name for field in answer.fields} <= {field.key for field in kind.fields}


def test_the_grounds_are_those_of_the_law():
    assert set(LAW_GROUNDS) <= set(GROUNDS)
    assert [GROUNDS[f"D{n}"].key for n in range(1, 9)] == [key for key in GROUNDS if key.startswith("refused")]


def test_the_built_in_files_are_what_the_code_makes():
    assert {path.stem for path in FOLDER.glob("*.docx")} == set(KINDS)
    for key, data in templates().items():
        assert (FOLDER / f"{key}.docx").read_bytes() == data, f"{key}: run python -m gongkai.letters.making.build"


@pytest.mark.parametrize("key", list(KINDS))
def test_a_built_in_template_passes_what_an_office_must_pass(key):
    assert uploads.receive([built_in(key)], KINDS[key]) == built_in(key)
    used = sandbox.check(rendering.sources(built_in(key)), KINDS[key])
    assert set(KINDS[key].required) - used <= {"ground"}


@pytest.mark.parametrize("key", list(KINDS))
@pytest.mark.chinese_font
def test_a_letter_says_what_it_must_in_word_and_in_pdf(key):
    kind, data = KINDS[key], made(key)
    text = words(data)
    set_again = "".join(pages(pdf.write(data, title=kind.title, author=OWN["organ"])))
    sample = filling.sample(kind)
    for said in (kind.title, OWN["organ"], *([OWN["number"]] if kind.numbered else [])):
        assert said in text
        assert said in set_again
    for name in kind.required:
        field = FIELDS[name]
        if name == "ground" or field.shape == "rows":
            continue
        value = sample[name]
        shown = filling.on_paper(value) if field.shape == "date" else filling.clean(value).split("\a")[0]
        assert shown in text, field.label
        assert "".join(shown.split()) in set_again, field.label
    assert OWN["code"] in set_again
    assert "{{" not in text
    assert "{%" not in text


@pytest.mark.parametrize("key", [key for key, kind in KINDS.items() if kind.required])
def test_a_letter_without_its_required_fields_is_refused_with_all_their_names(key):
    kind = KINDS[key]
    with pytest.raises(Refused) as caught:
        filling.fill(kind, {}, OWN, ON)
    assert caught.value.code == "letter-field-missing"
    for name in kind.required:
        assert FIELDS[name].label in caught.value.message


def test_the_remedy_follows_outcome_and_day():
    refused = words(made("reply_refused"))
    assert "应当先申请行政复议" in refused
    assert "青澜县人民政府" in refused
    assert "60日内" in refused
    before = words(made("reply_refused", on=date(2023, 12, 31)))
    assert "应当先申请行政复议" not in before
    assert "6个月内" in before
    granted = words(made("reply_granted"))
    assert "也可以自收到本答复之日起6个月内" in granted
    assert "行政复议" not in words(made("correction_notice"))
    assert "对本决定不服" in words(made("third_party_decision"))


@pytest.mark.parametrize(("given", "said"), [
    ("refused_secret", "国家秘密"), ("D3", "国家安全、公共安全、经济安全、社会稳定"), ("d7", "行政执法案卷"),
])
def test_a_refusal_names_its_ground_and_article(given, said):
    text = words(made("reply_refused", {"ground": given, "ground_sentence": "", "ground_article": ""}))
    assert said in text
    assert GROUNDS[given].article in text


def test_a_ground_outside_the_eight_is_refused():
    with pytest.raises(Refused) as caught:
        made("reply_refused", {"ground": "工作秘密"})
    assert caught.value.code == "letter-ground"


def test_withheld_parts_stand_one_by_one_with_their_ground():
    text = words(made("reply_partial", {"redactions": [
        {"what": "甲的住址", "ground": "refused_third_party"},
        {"what": "某统计数", "ground": "refused_law", "statute": "《统计法》第二十五条"},
    ]}))
    assert "1．甲的住址。" in text
    assert "2．某统计数。" in text
    assert "《统计法》第二十五条" in text


@pytest.mark.parametrize("wrong", ["一段文字", {"what": "x"}, [1]])
def test_rows_must_be_rows(wrong):
    with pytest.raises(Refused) as caught:
        made("reply_partial", {"redactions": wrong})
    assert caught.value.code == "letter-field-shape"


def test_a_draft_marks_what_is_missing_and_never_refuses():
    for kind in ALL:
        shown = filling.draft(kind, {}, OWN, ON)
        text = words(rendering.render(built_in(kind.key), shown, None))
        assert "〔未填：" in text or all(FIELDS[name].shape == "rows" for name in kind.required)
