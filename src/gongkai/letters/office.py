"""What letters are made out with: the office as its agency described it, with fallbacks where it said nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields

from gongkai.agencies.models import Agency, DisclosureOffice, Kind, Level


@dataclass(frozen=True, slots=True)
class Office:
    """The fields of a letter that are the office's own. `letter_prefix` is 青民 in 青民公复〔2026〕1号."""

    organ: str
    office: str
    letter_prefix: str
    review_organ: str
    court: str
    address: str = ""
    postcode: str = ""
    hours: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    payment: str = ""

    @classmethod
    def of(cls, agency: Agency) -> Office:
        """The office of `agency`."""
        said = DisclosureOffice.objects.filter(agency=agency).first()
        told = {name: getattr(said, name) for name in (
            "address", "postcode", "hours", "phone", "fax", "email", "payment",
        )} if said else {}
        return cls(
            organ=agency.name,
            office=(said and said.name) or f"{agency.name}政府信息公开工作机构",
            letter_prefix=(said and said.letter_prefix) or agency.short_name or agency.name,
            review_organ=(said and said.review_organ) or _review_organ(agency),
            court=(said and said.court) or "有管辖权的人民法院",
            **told,
        )

    def shown(self) -> dict[str, str]:
        """Field key → text."""
        return {field.name: str(getattr(self, field.name)) for field in fields(self)}


def _review_organ(agency: Agency) -> str:
    """行政复议法 (2023), Art. 24: for a department the people's government of its level, for a government (a township
    too) and for what it dispatches the government above. Named when the tree knows it, else in the words of the law."""
    above = agency.parent
    if above is not None and above.kind == Kind.GOVERNMENT:
        return above.name
    if agency.kind == Kind.GOVERNMENT and agency.level in {Level.PROVINCE, Level.NATIONAL}:
        return agency.name  # what a province decided is reviewed by the province itself (Art. 24, last paragraphs)
    return "上一级人民政府" if agency.kind in {Kind.GOVERNMENT, Kind.TOWNSHIP} else "同级人民政府"
