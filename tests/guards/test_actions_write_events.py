"""The house rule of actions: keyword-only, a time, one transaction, an event. Read from the source."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "gongkai"
# What acts begin and end with, shared by the files of actions beside them.
PART_FILES = {
    SOURCE / "applications/actions/parts.py", SOURCE / "applications/actions/taking.py",
    SOURCE / "catalogue/actions/editions.py", SOURCE / "participation/actions/parts.py",
    SOURCE / "disputes/actions/parts.py", SOURCE / "campaigns/actions/parts.py",
    *(SOURCE / f"compilations/actions/{part}.py" for part in ("parts", "sealing")),
    *(SOURCE / f"publications/actions/{part}.py" for part in ("numbers", "parts", "readiness", "writing")),
}
FILES = sorted([*SOURCE.glob("*/actions.py"), *SOURCE.glob("*/actions/*.py")])
# Not acts of a person: parts of actions, and work that changes no fact.
PARTS = {
    "ledger/actions.py:record": "the event itself",
    "files/actions.py:keep": "its caller records why the file came",
    "vault/actions.py:seal_file": "its caller records why the proof came",
    "annual_reports/actions/filing.py:add_version": "runs inside confirm and correct",
    "annual_reports/actions/filing.py:settle": "recomputes caches",
    "annual_reports/actions/filing.py:recheck": "recomputes caches",
    "annual_reports/actions/publishing.py:show": "runs inside publish and the acts of compilations, which record",
    "annual_reports/actions/reading.py:read": "its steps are transactions of their own",
    "applications/actions/intake.py:submit": "stores the files before its one transaction, which records",
    "applications/actions/sheets.py:adopt_year": "calendars.adopt and move_dates, which record, in one transaction",
    "campaigns/actions/files.py:take_in": "stores the bytes before the transaction of _register",
    "disputes/actions/importing.py:take_in": "runs inside take_over, which records",
    "participation/actions/incoming.py:send": "stores the files before its one transaction, which records",
    "publications/actions/files.py:attach": "screens the file before its one transaction, which records",
    "annual_reports/actions/intake.py:upload": "stores the bytes before the transaction of _register",
}


def functions() -> list[tuple[str, ast.FunctionDef]]:
    found = []
    for path in FILES:
        if path in PART_FILES:
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                found.append((f"{path.relative_to(SOURCE)}:{node.name}", node))
    return found


ACTIONS = [(name, node) for name, node in functions() if name not in PARTS]


def test_the_exceptions_exist():
    assert set(PARTS) <= {name for name, _ in functions()}
    assert len(ACTIONS) >= 12


@pytest.mark.parametrize(("name", "node"), ACTIONS, ids=[name for name, _ in ACTIONS])
def test_an_action_is_atomic_keyword_only_timed_and_recorded(name, node):
    assert not node.args.args, "arguments are keyword-only"
    assert "at" in {a.arg for a in node.args.kwonlyargs}
    assert "transaction.atomic" in {ast.unparse(d) for d in node.decorator_list}
    calls = {ast.unparse(c.func) for c in ast.walk(node) if isinstance(c, ast.Call)}
    assert "record" in calls
    if "by" in {a.arg for a in node.args.kwonlyargs}:
        assert "authorise" in calls, "an act of a person is authorised"
    assert ast.get_docstring(node)


def test_the_upload_is_recorded_in_the_transaction_that_registers_it():
    tree = ast.parse((SOURCE / "annual_reports/actions/intake.py").read_text("utf-8"))
    register = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "_register")
    assert "record" in {ast.unparse(c.func) for c in ast.walk(register) if isinstance(c, ast.Call)}
    assert "transaction.atomic" in {ast.unparse(d) for d in register.decorator_list}


def test_nobody_writes_rows_outside_actions():
    """Views, queries and pages never save, create, update or delete."""
    writing = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "delete", "bulk_update"}
    wrong = []
    for path in SOURCE.rglob("*.py"):
        where = str(path.relative_to(SOURCE))
        if "core/" in where or "migrations" in where or "actions" in where or where == "accounts/models.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in writing
                and ".objects." in ast.unparse(node.func) + "."
            ):
                wrong.append(f"{where}:{node.lineno}")
    assert wrong == []
