"""Rows of proactive disclosure."""

from gongkai.publications.models.edition import Attachment, Edition, EditionQuerySet, Hand
from gongkai.publications.models.links import DeadLink, DeadLinkQuerySet, LinkWatch
from gongkai.publications.models.practice import IndexSeries, Practice
from gongkai.publications.models.publication import Link, Publication, PublicationQuerySet
from gongkai.publications.models.review import GateOpinion, GatePassage
from gongkai.publications.models.withholding import Reassessment, Withholding, WithholdingQuerySet
from gongkai.publications.models.wording import Wording, WordingQuerySet

__all__ = [
    "Attachment", "DeadLink", "DeadLinkQuerySet", "Edition", "EditionQuerySet", "GateOpinion", "GatePassage", "Hand",
    "IndexSeries", "Link", "LinkWatch", "Practice", "Publication", "PublicationQuerySet", "Reassessment", "Withholding",
    "WithholdingQuerySet", "Wording", "WordingQuerySet",
]
