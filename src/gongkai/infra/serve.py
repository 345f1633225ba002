"""Serving: granian for the pages and one worker beside it, both children of this process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

from gongkai.core.errors import Refused
from gongkai.infra import static

_GRACE_SECONDS = 10


def free_port(host: str, port: int, tries: int = 1) -> int:
    """`port`, or the next free one within `tries`. Raises Refused("port-busy") with what to do."""
    for candidate in range(port, port + tries):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    raise Refused("port-busy", f"端口 {port} 已被占用：请用 --port 换一个端口，或先停掉占用它的程序")


def serve(*, host: str, port: int, workers: int = 1, ready: Callable[[], None] | None = None) -> int:
    """Run until Ctrl-C, SIGTERM, or the end of a child. Returns the exit code: 0 when asked to stop.

    `ready` is called once the port answers.
    """
    static.lay_out()
    me = str(os.getpid())
    children = [
        subprocess.Popen([
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "error",
            "--workers-kill-timeout", str(_GRACE_SECONDS), "gongkai.infra.wsgi:application",
        ]),
        subprocess.Popen([sys.executable, "-m", "gongkai.infra.run_worker", me]),
    ]
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda n, _frame: asked.append(n))
    try:
        if _wait_for(host, port, children, asked) and ready is not None:
            ready()
        while not asked and all(child.poll() is None for child in children):
            time.sleep(0.2)
    finally:
        _stop(children)
    return 0 if asked else 1


def _wait_for(host: str, port: int, children: list[subprocess.Popen[bytes]], asked: list[int]) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    while not asked and all(child.poll() is None for child in children):
        with socket.socket(family) as probe:
            probe.settimeout(1)
            if probe.connect_ex((target, port)) == 0:
                return True
        time.sleep(0.1)
    return False


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + _GRACE_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
