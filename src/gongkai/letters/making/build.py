"""Write the built-in templates: `python -m gongkai.letters.making.build`. A test holds the files equal to this."""

from __future__ import annotations

from pathlib import Path

from gongkai.letters.kinds import KINDS
from gongkai.letters.making import procedure, replies, tables
from gongkai.letters.making.sheet import docx

FOLDER = Path(__file__).resolve().parents[1] / "builtin"


def templates() -> dict[str, bytes]:
    """Kind → the bytes of its built-in template, the same every time."""
    bodies = procedure.bodies() | replies.bodies() | tables.bodies()
    return {key: docx(bodies[key], kind.title) for key, kind in KINDS.items()}


def main() -> None:
    """Write them all."""
    FOLDER.mkdir(exist_ok=True)
    for key, data in templates().items():
        (FOLDER / f"{key}.docx").write_bytes(data)


if __name__ == "__main__":
    main()
