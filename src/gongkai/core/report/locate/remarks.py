"""What the reader must say about rows that it did not take, one sentence for all rows with one trouble."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.core.report.model import Note, Place

_TABLES = {"t2": "表二", "t3": "表三", "t4": "表四"}
_SENTENCES = {
    "too-few-values": "的格数少于列标题，无法判断缺的是哪一格，未采用，请在原表中补齐",
    "values-unplaced": "的数字与列标题对不上，未采用，请对照原表核对",
    "too-many-values": "的数字多于列标题，无法判断各属哪一列，未采用，请在原表中删去多出的数字",
    "row-unknown": "认不出是哪一项，其数字未采用，请核对行标题",
    "row-outside-form": "不属于该表所用的格式，其数字未采用，请核对是否用错表样",
    "cell-claimed-twice": "出现两次而数字不同，无法判断哪个有效，按无法识别处理，请对照原表核对",
}
_SHOWN = 20   # characters of a row label that a sentence quotes


@dataclass(slots=True)
class Remarks:
    """Rows in trouble by (code, table), each row once, in file order."""

    rows: dict[tuple[str, str], dict[str, Place | None]] = field(default_factory=dict)

    def add(self, code: str, table: str, label: str, where: Place | None) -> None:
        self.rows.setdefault((code, table), {}).setdefault("".join(label.split())[:_SHOWN], where)

    def notes(self) -> Iterator[Note]:
        for (code, table), labels in self.rows.items():
            first = next(iter(labels))
            named = f"“{first}”一行" if len(labels) == 1 else f"“{first}”等{len(labels)}行"
            if table == "t4":
                named = "数据行"
            yield Note(code, f"{_TABLES[table]}{named}{_SENTENCES[code]}。", labels[first])
