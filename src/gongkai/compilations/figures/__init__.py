"""The numbers of a report, each with the list behind it.

`compute` gives every cell of a form in a handful of grouped queries; `listed` gives the list of one cell; the length of
the list is the number (a property test holds the two equal). `explain.record_of` says what a record is and which rule
counted it.
"""

from gongkai.compilations.figures.compute import Figure, compute
from gongkai.compilations.figures.lists import Listing, listed
from gongkai.compilations.figures.wording import rule_of

__all__ = ["Figure", "Listing", "compute", "listed", "rule_of"]
