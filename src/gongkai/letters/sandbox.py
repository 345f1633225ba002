"""What a template may do: show fields, choose by them, repeat rows. Nothing else runs.

Two walls. Every expression is looked at before anything is rendered, and only a short list of constructs passes: no
calls, no macros, no assignments, no arithmetic, no attribute but a column of a row. Behind it stands Jinja's sandbox.
"""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from gongkai.core.errors import Refused
from gongkai.letters.fields import BY_LABEL, FIELDS
from gongkai.letters.kinds import LetterKind

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Name, nodes.Const, nodes.Getattr,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr,
)
_LOOP = {"index", "first", "last", "length"}
_DEEPEST = 2


def environment() -> SandboxedEnvironment:
    """Escapes XML, knows no filters, tests or globals, and stops at an unknown field."""
    env = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    env.filters.clear()
    env.tests.clear()
    env.globals.clear()
    return env


def check(sources: Iterable[str], kind: LetterKind) -> set[str]:
    """The keys of the fields that a template shows.

    Raises Refused: template-syntax, template-construct, template-field with the field's name and the list of those
    that this kind of letter has.
    """
    used: set[str] = set()
    for source in sources:
        try:
            tree = environment().parse(source)
        except (TemplateSyntaxError, RecursionError) as error:
            raise Refused(
                "template-syntax", "模板里的字段写法有误（%(what)s），没有保存；字段写成 {{申请人}} 这样，前后括号成对",
                what=getattr(error, "message", None) or "嵌套过深",
            ) from error
        _walk(tree, kind, {}, 0, used)
    return used


def shown(sources: Iterable[str], kind: LetterKind) -> set[str]:
    """The keys of the fields that stand on the letter whatever the values are.

    A field behind another one's condition may fall away, so it counts only where the other branch shows it as well;
    `{% if 字段 %}{{ 字段 }}{% endif %}` leaves out an empty field alone and counts. For sources that `check` let pass.
    """
    return {key for source in sources for key in _surely([environment().parse(source)], kind)}


def _surely(branch: Iterable[nodes.Node], kind: LetterKind) -> set[str]:
    found: set[str] = set()
    for node in branch:
        if isinstance(node, nodes.If):
            branches = [node.body, *(one.body for one in node.elif_), node.else_]
            found |= set.intersection(*(_surely(one, kind) for one in branches))
            if isinstance(node.test, nodes.Name):
                found |= {_field(node.test.name, kind)} & _surely(node.body, kind)
        elif isinstance(node, nodes.For):
            row = node.target.name  # type: ignore[attr-defined]
            if any(column.node.name == row for column in node.find_all(nodes.Getattr)):  # type: ignore[attr-defined]
                found.add(_field(node.iter.name, kind))  # type: ignore[attr-defined]
        elif isinstance(node, nodes.Name):
            found.add(_field(node.name, kind))
        elif isinstance(node, nodes.Output | nodes.Template):
            found |= _surely(node.iter_child_nodes(), kind)
    return found


def _walk(node: nodes.Node, kind: LetterKind, rows: dict[str, str], depth: int, used: set[str]) -> None:
    if not isinstance(node, _ALLOWED):
        raise _construct(type(node).__name__)
    if isinstance(node, nodes.For):
        rows = _loop(node, kind, rows, depth, used)
        for inner in node.body:
            _walk(inner, kind, rows, depth + 1, used)
        return
    if isinstance(node, nodes.Getattr):
        _column(node, rows)
        return
    if isinstance(node, nodes.Name):
        if node.name in rows:
            raise _construct(node.name)
        used.add(_field(node.name, kind))
        return
    for child in node.iter_child_nodes():
        _walk(child, kind, rows, depth, used)


def _loop(node: nodes.For, kind: LetterKind, rows: dict[str, str], depth: int, used: set[str]) -> dict[str, str]:
    """{% for 行 in 字段 %} and nothing more: over a field that has rows, without condition, else or recursion."""
    plain = isinstance(node.target, nodes.Name) and isinstance(node.iter, nodes.Name)
    if not plain or node.test or node.else_ or node.recursive or depth >= _DEEPEST:
        raise _construct("for")
    name, key = node.target.name, _field(node.iter.name, kind)  # type: ignore[attr-defined]
    if FIELDS[key].shape != "rows" or name in FIELDS or name in BY_LABEL:
        raise _construct("for")
    used.add(key)
    return rows | {name: key, "loop": "loop"}


def _column(node: nodes.Getattr, rows: dict[str, str]) -> None:
    owner = node.node.name if isinstance(node.node, nodes.Name) else ""
    if owner not in rows:
        raise _construct(f".{node.attr}")
    columns = () if rows[owner] == "loop" else FIELDS[rows[owner]].columns
    allowed = {word for column in columns for word in column} or _LOOP
    if node.attr not in allowed:
        raise Refused(
            "template-field", "模板里有不认识的字段“%(name)s”，没有保存；这里可以用的字段：%(known)s",
            name=f"{owner}.{node.attr}", known="、".join(sorted(allowed)),
        )


def _field(name: str, kind: LetterKind) -> str:
    field = BY_LABEL.get(name) or FIELDS.get(name)
    if field is None or field not in kind.fields:
        raise Refused(
            "template-field", "模板里有不认识的字段“%(name)s”，没有保存；%(kind)s可以用的字段：%(known)s",
            name=name, kind=kind.title, known="、".join(each.label for each in kind.fields),
        )
    return field.key


def _construct(what: str) -> Refused:
    return Refused(
        "template-construct",
        "模板里有不允许的写法“%(what)s”，没有保存；只能写字段、{%% if 字段 %%} 和 {%% for 行 in 列表字段 %%}",
        what=what,
    )
