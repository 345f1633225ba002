"""The only writes to annual reports: `intake` takes files in, `reading` reads them, `filing` makes reports of them,
`correcting` mends cells, `publishing` shows them."""

from __future__ import annotations

from gongkai.annual_reports.actions.correcting import correct, withdraw_correction
from gongkai.annual_reports.actions.filing import confirm, discard, recheck
from gongkai.annual_reports.actions.intake import Incoming, upload
from gongkai.annual_reports.actions.publishing import publish, withdraw
from gongkai.annual_reports.actions.reading import pick_up_stale, read, retry

__all__ = [
    "Incoming", "confirm", "correct", "discard", "pick_up_stale", "publish", "read", "recheck", "retry", "upload",
    "withdraw", "withdraw_correction",
]
