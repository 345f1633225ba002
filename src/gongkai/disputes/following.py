"""What follows in other rooms; registered when the room starts."""

from __future__ import annotations
