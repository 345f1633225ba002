"""`gongkai due`: one date explained, thousands at once, and what bad input gets."""

from __future__ import annotations

import json
import sys
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from tests.cli.conftest import Run, process

from gongkai.core.workdays import shipped


def answers(out: str) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize(("args", "due", "status"), [
    (["--received", "2026-01-30"], "2026-03-05", "settled"),
    (["--received", "2026年1月30日", "--channel", "post"], "2026-03-05", "settled"),
    (["--received", "20260130", "--channel", "当面"], "2026-03-05", "settled"),
    (["--received", "2026/1/30", "--extended", "20"], "2026-04-02", "settled"),
    (["--received", "2026.1.28", "--confirmed", "2026.1.30", "--channel", "letter"], "2026-03-05", "settled"),
    (["--received", "2026-01-10", "--corrected", "2026-01-30"], "2026-03-05", "settled"),
    (["--received", "2026-01-10", "--paid", "2026-01-30"], "2026-03-05", "settled"),
    (["--received", "2026-01-30", "--consult", "2026-02-02:2026-02-04"], "2026-03-09", "settled"),
    (["--received", "2026-01-30", "--consult", "2026-02-02:2026-02-04:co_maker",
      "--consult", "2026年2月3日：2026年2月6日"], "2026-03-11", "settled"),
    (["--received", "2026-01-30", "--consult", "2026-02-02:"], "2026-03-26", "provisional"),
    (["--received", "2026-12-25"], "2027-01-22", "provisional"),
    (["--received", "2025-05-30", "--region", "650100"], "2025-07-03", "provisional"),
    (["--received", "2025-05-30", "--region", "440100"], "2025-06-30", "settled"),
])
def test_a_date_is_computed_and_explained(run: Run, args: list[str], due: str, status: str) -> None:
    ran = run("due", *args, "--json")
    assert ran.code == 0
    (told,) = answers(ran.out)
    assert (told["due_on"], told["status"]) == (due, status)
    assert all(set(step) == {"on", "what", "article", "source"} for step in told["steps"])
    assert {"31", "33"} <= {step["article"] for step in told["steps"]}
    plain = run("due", *args)
    assert plain.code == 0
    year, month, day = (int(part) for part in due.split("-"))
    assert f"答复期限：{year}年{month}月{day}日" in plain.out
    assert ("暂定" in plain.out) is (status == "provisional")
    assert all(step["what"] in plain.out for step in told["steps"])
    assert "条例第三十三条" in plain.out


def test_an_unconfirmed_channel_is_taken_as_confirmed_and_says_so(run: Run) -> None:
    (told,) = answers(run("due", "--received", "2026-01-30", "--channel", "letter", "--json").out)
    assert told["due_on"] == "2026-03-05"
    assert "没有写确认日期" in told["steps"][0]["what"]
    (told,) = answers(run("due", "--received", "2026-01-30", "--channel", "post", "--json").out)
    assert "没有写确认日期" not in told["steps"][0]["what"]


@pytest.mark.parametrize(("args", "said"), [
    ([], "--received"), (["--received", "2026-02-30"], "不是日期"), (["--received", "昨天"], "不是日期"),
    (["--received", "0001-01-01"], "不是日期"), (["--received", "2026-01-30", "--channel", "pigeon"], "不认识的渠道"),
    (["--received", "2026-01-30", "--extended", "21"], "条例第三十三条"),
    (["--received", "2026-01-30", "--extended", "-1"], "条例第三十三条"),
    (["--received", "2026-01-30", "--extended", "many"], "0 到 20"),
    (["--received", "2026-01-30", "--corrected", "2026-01-29"], "条例第三十条"),
    (["--received", "2026-01-30", "--paid", "2026-01-29"], "条例第四十二条"),
    (["--received", "2026-01-30", "--confirmed", "2026-01-29"], "条例第三十一条"),
    (["--received", "2026-01-30", "--consult", "2026-01-29:2026-02-03"], "条例第三十二条"),
    (["--received", "2026-01-30", "--consult", "2026-02-03:2026-02-02"], "早于"),
    (["--received", "2026-01-30", "--consult", "a:b:c:d"], "看不懂"),
    (["--received", "2026-01-30", "--consult", ":2026-02-02"], "不是日期"),
    (["--received", "2026-01-30", "--consult", "2026-02-02:2026-02-03:alien"], "不认识的征求意见对象"),
    (["--received", "2026-01-30", "--region", "nowhere"], "不认识的地区"),
    (["--received", "2026-01-30", "--batch", "-"], "同用"), (["--batch", "nosuch.jsonl"], "没有这个文件"),
])
def test_bad_input_gets_one_sentence(run: Run, args: list[str], said: str) -> None:
    ran = run("due", *args)
    assert ran.code == 2
    assert ran.out == ""
    assert said in ran.err
    assert ran.err.count("\n") == 1


LINES: list[tuple[object, str]] = [
    ({"received": "2026-01-30"}, "2026-03-05"),
    ({"received": "2026-01-28", "channel": "fax", "confirmed": "2026-01-30"}, "2026-03-05"),
    ({"received": "2026-01-30", "consults": ["2026-02-02:2026-02-04"]}, "2026-03-09"),
    ({"received": "2026-01-30", "consult": ["2026-02-02:2026-02-04"]}, "2026-03-09"),
    ({"received": "2026-01-30", "consult": "2026-02-02:2026-02-04"}, "2026-03-09"),
    ({"received": "2026-01-30", "consult": [["2026-02-02", "2026-02-04"]]}, "2026-03-09"),
    ({"received": "2026-01-30", "consult": [["2026-02-02", "2026-02-04", "co_maker"]]}, "2026-03-09"),
    ({"received": "2026-01-30", "consults": [{"sent": "2026-02-02", "arrived": "2026-02-04"}]}, "2026-03-09"),
    ({"received": "2026-01-30", "consults": [{"sent": "2026-02-02", "arrived": None, "kind": "co_maker"}]},
     "2026-03-26"),
    ({"received": "2026-01-30", "extended": 20, "corrected": None, "paid": "", "region": ""}, "2026-04-02"),
    ({"received": "2026-01-30", "extended": "20", "number": "〔2026〕1号"}, "2026-04-02"),
    ({"received": "2025-05-30", "region": "新疆"}, "2025-07-03"),
    ({"received": "2026-02-30"}, "bad-date"), ({"received": 20260130}, "bad-date"), ({}, "missing"),
    ({"received": "２０２６-01-30"}, "2026-03-05"),
    ('{"received": "2026-01-30", "received": "2026-02-02"}', "twice"),
    ('{"received": "2026-01-30", "consults": [{"sent": "2026-02-02", "sent": "2026-02-03"}]}', "twice"),
    ({"received": "2026-01-30", "extended": True}, "bad-number"),
    ({"received": "2026-01-30", "extended": 20.5}, "bad-number"),
    ({"received": "2026-01-30", "extnded": 20}, "misspelt"),
    ({"received": "2026-01-30", "consults": "x"}, "bad-consult"),
    ({"received": "2026-01-30", "consults": [7]}, "bad-consult"),
    ({"received": "2026-01-30", "consults": [{"sent": "2026-02-02", "ended": "2026-02-04"}]}, "bad-consult"),
    ({"received": "2026-01-30", "extended": 10**300}, "bad-number"),
    ({"received": "2026-01-30", "channel": 7}, "unknown-channel"),
    ({"received": "2026-01-30", "region": 65}, "unknown-region"),
    ([1], "not-json"), ("{", "not-json"), ("", "empty-line"),
    ("[" * 50_000, "not-json"), ("x" * 200_000, "too-long"), ({"received": "2026-09-18"}, "2026-10-22"),
]


def test_a_batch_answers_line_for_line_and_goes_on_after_bad_ones(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "facts.jsonl"
    lines = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line, _ in LINES]
    file.write_bytes(b"\xef\xbb\xbf" + "\n".join(lines).encode() + b"\n\xff\xfe\n\n\n")
    ran = run("due", "--batch", file)
    assert ran.code == 2
    told = [answer.get("due_on") or answer["error"]["code"] for answer in answers(ran.out)]
    assert told == [*(expected for _, expected in LINES), "not-json"]
    assert all("message" in answer["error"] for answer in answers(ran.out) if "error" in answer)


def test_a_clean_batch_comes_from_standard_input_and_ends_well(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    days = [f"2026-0{month}-{day:02}" for month in range(1, 7) for day in range(1, 29)]
    text = "".join(json.dumps({"received": day, "channel": "post"}) + "\n" for day in days)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(text.encode())))
    ran = run("due", "--batch", "-")
    assert ran.code == 0
    assert [answer["due_on"] for answer in answers(ran.out)] == [
        shipped().add(date.fromisoformat(day), 20).isoformat() for day in days
    ]


def test_nothing_of_the_platform_is_loaded() -> None:
    code = "import sys\nfrom gongkai.cli.main import main\ntry:\n    main(['due', '--received', '2026-01-30'])\n" \
           "finally:\n    print(*sorted(sys.modules), file=sys.stderr)"
    ran = process("-c", code)
    loaded = {name.split(".")[0] for name in ran.stderr.decode().split()}
    assert "答复期限：2026年3月5日" in ran.stdout.decode()
    assert not loaded & {"django", "rich", "pydantic", "lxml", "typst", "chinese_calendar"}
