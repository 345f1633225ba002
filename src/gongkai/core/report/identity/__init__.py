"""Who reports on which year: title, agency, year, signature and date, each only if the document says so."""

from __future__ import annotations

from gongkai.core.report.identity.identify import Identity, identify

__all__ = ["Identity", "identify"]
