"""What is done later."""

from __future__ import annotations
