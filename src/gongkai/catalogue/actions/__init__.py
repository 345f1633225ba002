"""The only writes to catalogues. Every change makes a new edition of the item; nothing is deleted."""

from __future__ import annotations

from gongkai.catalogue.actions.below import Handed, hand_down
from gongkai.catalogue.actions.importing import Outcome, import_standard
from gongkai.catalogue.actions.items import add_item, assign, change_item, restore_item, retire_item
from gongkai.catalogue.actions.skeleton import adopt_skeleton

__all__ = [
    "Handed", "Outcome", "add_item", "adopt_skeleton", "assign", "change_item", "hand_down", "import_standard",
    "restore_item", "retire_item",
]
