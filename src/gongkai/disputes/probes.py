"""What `gongkai doctor` recomputes here."""

from __future__ import annotations
