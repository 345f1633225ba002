"""`gongkai due`: the day by which a reply is due, and why. Loads no Django."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gongkai.cli.plain import PlainCommand

if TYPE_CHECKING:
    from gongkai.core.deadlines import Deadline

app = typer.Typer()

LONGEST_LINE = 100_000  # bytes; a line with every fact needs some 500
AT_ONCE = 500  # lines written together
WRONG = 2


@app.command("due", cls=PlainCommand)
def due(
    received: Annotated[str | None, typer.Option(metavar="日期", help="收到申请的日期")] = None,
    channel: Annotated[str | None, typer.Option(
        metavar="渠道",
        help="online 网络、in_person 当面、post 邮寄、letter 平信、fax 传真、email 电子邮件；默认 online",
    )] = None,
    confirmed: Annotated[str | None, typer.Option(
        metavar="日期", help="网络、平信、传真、电子邮件申请的双方确认日期；不写即收到日期",
    )] = None,
    corrected: Annotated[str | None, typer.Option(metavar="日期", help="收到补正的日期，期限重新起算")] = None,
    consult: Annotated[list[str] | None, typer.Option(
        metavar="发出:收到[:对象]",
        help="征求意见，可写多次；还没有收到意见的写 发出:；"
             "对象 third_party 第三方、co_maker 共同制作机关、other_organ 其他机关",
    )] = None,
    extended: Annotated[str | None, typer.Option(metavar="天数", help="延长的工作日，最多 20")] = None,
    paid: Annotated[str | None, typer.Option(metavar="日期", help="缴纳信息处理费的日期，期限次日起重新计算")] = None,
    region: Annotated[str | None, typer.Option(metavar="地区", help="有本地假日的地区，例如 650000 或 新疆")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出一行 JSON")] = False,
    batch: Annotated[str | None, typer.Option(
        metavar="文件", help="每行一个 JSON 对象，逐行输出结果；- 表示标准输入",
    )] = None,
) -> None:
    """计算答复期限，逐步说明依据：收到、补正、延期、征求意见、节假日和调休。

    日期可写 2026-01-30、2026/1/30、20260130、2026年1月30日。退出码：0 已算出，2 输入有误（批量时其余各行照常输出）。
    """
    from gongkai.core.errors import Refused

    given = {
        "received": received, "channel": channel, "confirmed": confirmed, "corrected": corrected, "consults": consult,
        "extended": extended, "paid": paid, "region": region,
    }
    if batch is not None:
        if any(given.values()):
            raise Refused("both", "--batch 的每一行自己写明各项日期，不能再与 --received 等选项同用")
        raise typer.Exit(_batch(batch))
    if received is None:
        raise Refused("missing", "请写 --received 收到日期，或者用 --batch 文件；用法见 gongkai due --help")
    deadline = _answer(given)
    typer.echo(_line(deadline.as_json()) if as_json else _told(deadline), nl=False)


def _answer(given: dict[str, Any]) -> Deadline:
    """The due date for what was given. Raises Refused."""
    from gongkai.core.deadlines import check_order, reply_due
    from gongkai.core.deadlines.reading import question
    from gongkai.core.workdays import shipped

    asked = question(given)
    calendar = shipped(asked.region)
    check_order(asked.facts, None, calendar)
    return asked.explained(reply_due(asked.facts, calendar))


def _batch(file: str) -> int:
    """Answer every line of a file in its order; the exit code."""
    if file == "-":
        return _answer_lines(sys.stdin.buffer)
    with open(file, "rb") as opened:
        return _answer_lines(opened)


def _answer_lines(lines: Iterable[bytes]) -> int:
    worst, waiting = 0, []
    for answer in _answers(lines):
        if "error" in answer:
            worst = WRONG
        waiting.append(_line(answer))
        if len(waiting) == AT_ONCE:
            sys.stdout.write("".join(waiting))
            waiting.clear()
    sys.stdout.write("".join(waiting))
    return worst


def _answers(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """One answer a line. Empty lines at the end are no lines; between others they are, so that line n is answer n."""
    empty = 0
    for raw in _cut(lines):
        if not raw.strip():
            empty += 1
            continue
        for _ in range(empty):
            yield _error("empty-line", "这一行是空的")
        empty = 0
        yield _one(raw)


def _cut(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines as they come, one that never ends cut where it is too long to be one."""
    readline = getattr(lines, "readline", None)
    if readline is None:
        yield from lines
        return
    while raw := readline(LONGEST_LINE + 1):
        rest = raw
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = readline(LONGEST_LINE + 1)
        yield raw


def _one(raw: bytes) -> dict[str, Any]:
    from gongkai.core.errors import Refused

    if len(raw) > LONGEST_LINE:
        return _error("too-long", "这一行太长，不是一件申请的日期")
    try:
        given = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_object)
    except Refused as refused:
        return _error(refused.code, refused.message)
    except (ValueError, RecursionError):
        return _error("not-json", "这一行不是 UTF-8 编码的 JSON")
    if not isinstance(given, dict):
        return _error("not-json", "这一行应是一个 JSON 对象，例如 {\"received\": \"2026-01-30\"}")
    try:
        return _answer(given).as_json()
    except Refused as refused:
        return _error(refused.code, refused.message)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; two values for one fact are nobody's to choose between. Raises Refused `twice`."""
    from gongkai.core.errors import Refused

    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise Refused("twice", "“%(key)s”写了两次，请只留一个", key=next(k for k in keys if keys.count(k) > 1)[:40])
    return found


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


def _line(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False) + "\n"


def _told(deadline: Deadline) -> str:
    """The explanation for a person: the answer first, then how it came about."""
    from gongkai.core.deadlines.telling import cited, said

    if deadline.due_on is None:
        first = "答复期限尚未起算"
    else:
        first = f"答复期限：{said(deadline.due_on)}" + ("" if deadline.status == "settled" else "（暂定）")
    lines = [first, ""]
    for on, what, article, source in deadline.steps:
        grounds = "，".join(filter(None, (cited(article), source)))
        lines.append(f"{on.isoformat() if on else '':10}  {what}" + (f"（{grounds}）" if grounds else ""))
    return "\n".join(lines) + "\n"
