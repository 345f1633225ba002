"""What is recorded here. No names of people."""

from __future__ import annotations
