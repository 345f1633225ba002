"""`gongkai serve` as an office starts it: answers, says where, and ends cleanly with nothing left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from gongkai.infra.serve import free_port


def start(folder, port: int) -> subprocess.Popen[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI", "DJANGO"))}
    return subprocess.Popen(
        [sys.executable, "-m", "gongkai", "serve", "--port", str(port)], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
        env=clean | {"PYTHONPATH": os.pathsep.join(sys.path), "GONGKAI_DATA": str(folder)},
    )


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait(condition, seconds: float = 120) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.2)
    return False


def group_is_gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_it_answers_and_ends_with_nothing_left(tmp_path, lay_migrated):
    lay_migrated(tmp_path)  # a start in an empty folder is that of the demonstration (tests/demo/test_first_start.py)
    port = free_port("127.0.0.1", 18200, tries=100)
    server = start(tmp_path, port)
    try:
        assert wait(lambda: answers(port) or server.poll() is not None), "never answered"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=30) as page:
            assert page.status == 200
        second = start(tmp_path, port)
        out, err = second.communicate(timeout=60)
        assert (second.returncode, str(port) in err, "Traceback" in out + err) == (1, True, False)
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=60)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.communicate()
    assert (server.returncode, "Traceback" in err) == (0, False), err
    assert f"http://127.0.0.1:{port}/" in out
    assert not answers(port)
    assert wait(lambda: group_is_gone(server.pid), 10)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_killed_server_leaves_no_worker(tmp_path, lay_migrated):
    """The parent gets SIGKILL and can tidy nothing; the worker sees that it is gone."""
    lay_migrated(tmp_path)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("GONGKAI", "DJANGO"))}
    shell = (
        "import subprocess, sys, os, time;"
        "p = subprocess.Popen([sys.executable, '-m', 'gongkai.infra.run_worker', str(os.getpid())]);"
        "print(p.pid, flush=True); time.sleep(100)"
    )
    environment = clean | {"PYTHONPATH": os.pathsep.join(sys.path), "GONGKAI_DATA": str(tmp_path)}
    subprocess.run(
        [sys.executable, "-m", "gongkai", "ledger", "verify"], env=environment, check=True, capture_output=True)
    parent = subprocess.Popen(
        [sys.executable, "-c", shell], stdout=subprocess.PIPE, text=True, start_new_session=True, env=environment)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()

    def gone() -> bool:
        try:
            return Path(f"/proc/{worker}/stat").read_text("utf-8").split(") ")[1][0] == "Z"
        except FileNotFoundError:
            return True

    assert wait(gone, 60)
