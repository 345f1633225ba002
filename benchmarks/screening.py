"""Screening before publication: what is found, what the cleaned file still holds, what is blocked without need.

Every value (identity numbers, telephones, cards, addresses, marks, written in several ways) is put into every hiding
place of `screening_files`, one file each. Printed: found at all, found as a block, cleaned, refused by `clean` with a
reason, and cleaned files that still hold the value somewhere (every part inflated, UTF-8, UTF-16 and GB18030); then
ordinary files of the same formats and how many of them are blocked; and milliseconds a file. Files of formats that are
never rebuilt (mail), and those that show a mark, count as refused.

    python benchmarks/screening.py [--files N] [--seed N] [--places WORDS] [--all]
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import sys
import time
import warnings
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import pikepdf

import screening_files as files
from gongkai.core.errors import ReadError
from gongkai.core.screening import Verdict, clean, screen
from gongkai.core.screening.personal.bank_card import luhn
from gongkai.core.screening.personal.id_number import check_digit

REGIONS = ("110101", "330106", "440305", "510104", "620102", "370202")
STREETS = ("文三路", "人民路", "向阳街", "解放路")
MARKS = (
    "机密★10年", "秘密★5年", "绝密★长期", "内部资料 注意保存", "工作秘密", "此件不公开", "公开属性：不予公开",
    "密级：机密",
)


def values(chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Endless (kind, as written, bare value)."""
    while True:
        born = date(1940, 1, 1) + timedelta(chance.randrange(25_000))
        first = f"{chance.choice(REGIONS)}{born:%Y%m%d}{chance.randrange(1, 999):03}"
        number = first + check_digit(first)
        mobile = f"1{chance.choice('3456789')}{chance.randrange(10**9):09}"
        body = f"622{chance.randrange(10**15):015}"
        card = next(f"{body}{digit}" for digit in range(10) if luhn(f"{body}{digit}"))
        name = f"person{chance.randrange(10**6)}"
        yield "id_number", written(number, chance), number
        yield "id_number", f"身份证号：{number}", number
        yield "phone", written(mobile, chance, "手机："), mobile
        yield "phone", f"张海燕 {mobile}", mobile
        yield "bank_card", f"卡号 {card}", card
        yield "email", f"{name}@qq.com", name
        yield "plate", (plate := f"浙A{chance.randrange(10_000, 99_999)}"), plate
        yield "passport", f"护照号码E{(passport := f'{chance.randrange(10**7, 10**8)}')}", passport
        house, block, room = chance.randrange(1, 300), chance.randrange(1, 30), chance.randrange(101, 999)
        home = f"{chance.choice(STREETS)}{house}号{block}幢{room}室"
        yield "address", f"家庭住址：青澜市北山区沙溪街道{home}", home
        yield "mark", (mark := chance.choice(MARKS)), mark


def written(number: str, chance: random.Random, label: str = "") -> str:
    """A number in one of the ways of writing that overlook it easily."""
    half = len(number) // 2
    ways = (
        number, number, " ".join(number), f"{number[:half]} {number[half:]}", f"{number[:6]}-{number[6:]}",
        number.translate(str.maketrans("0123456789", "０１２３４５６７８９")), "\u200b".join(number),
        number.translate(str.maketrans("0123456789", "〇一二三四五六七八九")),
    )
    return label + chance.choice(ways)


def inflated(data: bytes) -> Iterator[bytes]:
    """Every byte that a file holds, packed or not."""
    yield data
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment
            for info in archive.infolist():
                yield info.filename.encode() + info.comment + info.extra
                yield from inflated(archive.read(info))
    elif data[:4] == b"%PDF":
        with pikepdf.open(io.BytesIO(data)) as opened:
            for thing in opened.objects:
                yield repr(thing).encode()
                if isinstance(thing, pikepdf.Stream):
                    try:
                        yield thing.read_bytes()
                    except pikepdf.PdfError:
                        yield thing.read_raw_bytes()


def holds(data: bytes, needles: set[str]) -> bool:
    """True when one of the needles stands anywhere in a file."""
    forms = [needle.encode(code) for needle in needles for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    return any(form in part for part in inflated(data) for form in forms)


def ordinary() -> dict[str, bytes]:
    """Files that may go out as they are."""
    table = "事项,公开方式,时限\r\n机构职能,主动公开,20个工作日\r\n执法案卷,依申请公开,20个工作日\r\n"
    codes = "项目代码,统一社会信用代码,金额\r\n2020-330106-48-01-123456,11330106002500000X,1234567890.12\r\n"
    rows = [[1e9 + at, 20230000 + at, f"QL{2023000000 + at}"] for at in range(99)]
    numbers = files._sheet(lambda sheet: [sheet.append(row) for row in rows])
    secrecy = "\n".join(("保密工作要点", "学习《中华人民共和国保守国家秘密法》。", "涉及商业秘密的，按规定办理。",
                         "内部审计由审计股负责，秘书处协助。", "行政机关内部事务信息可以不予公开。"))
    posts = "姓名,职务,电话\r\n王海,局长,0571-87654321\r\n李敏,副局长,0571-87654322\r\n赵强,副局长,0571-87654323\r\n"
    tender = "\n".join(("招标公告", "招标编号：QL2023-0001，采购人：青澜县教育局",
                        "地址：青澜县人民路100号行政中心3号楼502室",
                        "户名：青澜县公共资源交易中心，账号：1202020109000012345",
                        "联系人：办公室，电话：0571-87654321"))
    appointment = "任前公示\n王海，男，汉族，1975年6月生，大学学历，现任副局长，拟任局长。\n监督电话：0571-12380。"
    return {
        "通知.docx": files.saved(files.document()), "保密.docx": _document(secrecy),
        "公示.docx": _document(appointment),
        "编辑批注.docx": files._docx_comment("请核对数字"),
        "修订.docx": files._run("补充一句", "", f"<w:ins {files._TRACKED}>{{}}</w:ins>"),
        "数字.xlsx": numbers, "隐藏底稿.xlsx": files._sheet(files._hidden_sheet("合计", "hidden")),
        "演示.pptx": files._slide("工作汇报", False), "说明.pdf": files.raw_pdf(("Notice", "Tel 0571-87654321")),
        "通知.pdf": files.typst_pdf(files.PROSE),
        "网页.html": files.page('<ul><li><a href="/ysqgk">依申请公开</a></li></ul>'),
        "通知.txt": "\n".join(files.PROSE).encode(), "目录.csv": table.encode("gb18030"), "代码.csv": codes.encode(),
        "领导.csv": posts.encode(), "招标.txt": tender.encode(),
        "附件.zip": files.zipped({"通知.txt": secrecy.encode()}),
    }


def _document(text: str) -> bytes:
    made = files.docx.Document()
    for line in text.splitlines():
        made.add_paragraph(line)
    return files.saved(made)


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--files", type=int, default=600)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--places", default="", help="only hiding places with this in their name")
    arguments.add_argument("--all", action="store_true", help="name every miss")
    chosen = arguments.parse_args()
    warnings.simplefilter("ignore")
    chance = random.Random(chosen.seed)
    makers = {name: make for name, make in (files.PLACES | files.LATIN_PLACES).items() if chosen.places in name}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    times: list[float] = []
    endless = values(chance)
    for number in range(chosen.files):
        place = list(makers)[number % len(makers)]
        kind, text, bare = next(endless)
        while place in files.LATIN_PLACES and not (text.isascii() and kind != "mark"):
            kind, text, bare = next(endless)
        told = _one(kind, text, bare, makers[place], times)
        counts[place].update(told)
        if chosen.all and "found" not in told:
            print(f"missed: {kind:12} in {place}")
        if chosen.all and {"leaked", "failed"} & set(told):
            print(f"{told[-1]}: {kind:12} in {place}")
    _report(counts, times)


def _one(kind: str, text: str, bare: str, make: files.Make, times: list[float]) -> list[str]:
    """One file with one value: what came of it."""
    name, data = make(text)
    told = ["files"]
    began = time.perf_counter()
    try:
        screened = screen(data, name)
    except ReadError:
        times.append(time.perf_counter() - began)
        return [*told, "unreadable", "found", "blocked", "refused"]
    times.append(time.perf_counter() - began)
    wanted = {"mark": {"secrecy_mark", "disclosure_mark"}}.get(kind, {kind})
    hits = [finding for finding in screened.findings if finding.kind.value in wanted]
    told += ["found"] if hits else []
    told += ["blocked"] if any(finding.verdict is Verdict.BLOCK for finding in hits) else []
    try:
        made = clean(data, name)
    except ReadError as refused:
        return [*told, "refused" if refused.code == "cannot-clean" else "failed"]
    needles = {text, bare} if bare != text else {text}
    return [*told, "cleaned", *(["leaked"] if holds(made.data, needles) else [])]


def _report(counts: dict[str, Counter[str]], times: list[float]) -> None:
    columns = ("files", "found", "blocked", "cleaned", "refused", "leaked", "unreadable")
    print(f"{'hiding place':22}" + "".join(f"{column:>11}" for column in columns))
    total: Counter[str] = Counter()
    for place, told in counts.items():
        total.update(told)
        print(f"{place:22}" + "".join(f"{told[column]:>11}" for column in columns))
    print(f"{'all':22}" + "".join(f"{total[column]:>11}" for column in columns))
    print(f"recall {total['found'] / total['files']:.4f}, as a block {total['blocked'] / total['files']:.4f}; "
          f"median {statistics.median(times) * 1000:.1f} ms a file, slowest {max(times) * 1000:.0f}")
    blocked = [name for name, data in ordinary().items() if screen(data, name).verdict is Verdict.BLOCK]
    print(f"ordinary files blocked: {len(blocked)} of {len(ordinary())}{' ' + '、'.join(blocked) if blocked else ''}")


if __name__ == "__main__":
    main()
