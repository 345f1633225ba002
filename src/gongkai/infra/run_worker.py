"""`python -m gongkai.infra.run_worker [PARENT]`: the worker as a process of its own."""

from __future__ import annotations

import sys

from gongkai.infra.start import prepare

if __name__ == "__main__":
    prepare(migrate=False)
    from gongkai.infra.worker import work

    work(parent=int(sys.argv[1]) if len(sys.argv) > 1 else None)
