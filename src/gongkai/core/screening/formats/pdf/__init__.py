"""PDF: what is seen on its pages, and everything else that it carries.

opening → limits · look → characters with their boxes, seen or not · arrange → text · walk → strings, files and pictures
of all objects · forms → drawings that are no page · remains → earlier revisions and what nothing reaches ·
cleaning: rebuild (allow-list of what a page needs) and redraw (pages that become pictures).
"""

from __future__ import annotations

from gongkai.core.screening.formats.pdf.cleaning import clean
from gongkai.core.screening.formats.pdf.screening import unpack

__all__ = ["clean", "unpack"]
