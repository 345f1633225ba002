"""`gongkai demo` as a stranger starts it: progress in words, no log lines, and started again it is there at once."""

from __future__ import annotations

import os
import subprocess
import sys


def start(folder) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI", "DJANGO"))}
    return subprocess.run(
        [sys.executable, "-m", "gongkai", "demo", "--no-serve"], capture_output=True, text=True, check=False,
        timeout=300, env=clean | {"PYTHONPATH": os.pathsep.join(sys.path), "GONGKAI_DATA": str(folder)},
    )


def test_the_console_speaks_to_a_person(tmp_path):
    first = start(tmp_path)
    assert (first.returncode, first.stdout) == (0, "")
    assert all(year in first.stderr for year in ("2023", "2024", "2025"))
    assert "event=" not in first.stderr
    assert "Traceback" not in first.stderr
    again = start(tmp_path)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
