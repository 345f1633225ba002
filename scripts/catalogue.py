"""The English catalogue: collect every translatable string, keep its translation, compile.

    python scripts/catalogue.py        # bring django.po up to date and write django.mo

Needs polib (a development dependency) and no GNU gettext. The compiled catalogue is committed, so that nothing has to
be compiled where the program runs. tests/guards/test_catalogue_complete.py fails when a string has no translation or
the compiled file is older than the text.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parents[1] / "src" / "gongkai"
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {"_", "_now", "gettext", "gettext_lazy"}
_TAG = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
_BLOCK = re.compile(r"\{%\s*blocktranslate\b([^%]*)%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
# Words that the domain keeps as plain data and a page translates when it shows them: how such a file's path ends.
_SHOWN = (
    "/states.py", "/roles.py", "/offers.py", "/permissions.py", "publications/kinds.py", "publications/deadlinks.py",
    "publications/templatetags/publishing.py", "statutory_registers/registers.py", "handover/periods.py",
    "analysis/ratios.py",
)
# Where the core keeps such words. Of the rest of it only refusals reach a page through gettext.
_CORE_SHOWN = ("core/catalogue/vocabulary.py", "core/deadlines/facts.py")


def messages() -> dict[str, set[str]]:
    """Every message id with the files that it stands in."""
    found: dict[str, set[str]] = {}
    for path in sorted(SOURCE.rglob("*.html")):
        for message in in_template(path.read_text("utf-8")):
            found.setdefault(message, set()).add(str(path.relative_to(SOURCE)))
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE)
        shown = _CORE_SHOWN if "core" in place.parts else _SHOWN
        for message in in_python(path.read_text("utf-8"), shown=path.as_posix().endswith(shown)):
            found.setdefault(message, set()).add(str(place))
    return found


def in_template(text: str) -> list[str]:
    """The message ids of a template, as Django makes them."""
    found = [double or single for double, single in _TAG.findall(text)]
    for options, body in _BLOCK.findall(text):
        if "trimmed" in options:
            body = " ".join(line.strip() for line in body.splitlines() if line.strip())
        found.append(_VARIABLE.sub(r"%(\1)s", body.replace("%", "%%") if "%" in body else body))
    return found


def in_python(text: str, *, shown: bool = False) -> list[str]:
    """The literal arguments of gettext calls and the fixed sentences of refusals; with `shown`, all Chinese strings."""
    found = []
    tree = ast.parse(text)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings are not shown
    told |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            wanted = node.args[:1] if name in CALLS else node.args[1:2] if name == "Refused" else []
            found += [a.value for a in wanted if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        elif shown and isinstance(node, ast.Constant) and id(node) not in told and _chinese(node.value):
            found.append(node.value)
    return [message for message in found if message]


def _chinese(value: object) -> bool:
    return isinstance(value, str) and any("\u4e00" <= character <= "\u9fff" for character in value)


def main() -> int:
    """Write django.po with what stands in the source, and django.mo. 1 when translations are missing."""
    wanted, old = messages(), {entry.msgid: entry.msgstr for entry in polib.pofile(str(PO))} if PO.exists() else {}
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Language": "en", "MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit", "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message, places in sorted(wanted.items()):
        catalogue.append(polib.POEntry(
            msgid=message, msgstr=old.get(message, ""), occurrences=[(place, "") for place in sorted(places)],
            flags=["python-format"] if "%(" in message else [],
        ))
    PO.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(PO))
    catalogue.save_as_mofile(str(PO.with_suffix(".mo")))
    missing = [entry.msgid for entry in catalogue if not entry.msgstr]
    sys.stdout.write("\n".join([*missing, f"{len(catalogue)} messages, {len(missing)} without translation\n"]))
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
