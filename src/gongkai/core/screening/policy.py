"""What warns and what blocks, as data: an office that decides differently makes another `Policy`.

Every field named after a case holds its verdict; PASS means that the case is not reported at all.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from gongkai.core.screening.model import Verdict

PASS, WARN, BLOCK = Verdict.PASS, Verdict.WARN, Verdict.BLOCK


@dataclass(frozen=True, slots=True)
class Policy:
    """Verdicts by case (Regulations, Arts. 14, 15; 个人信息保护法 Art. 28; 保守国家秘密法 Arts. 35, 64)."""

    id_number: Verdict = BLOCK          # 18 digits, region, date and check digit right
    id_named: Verdict = BLOCK           # the text says that it is one, the check digit does not
    id_doubtful: Verdict = WARN         # region and date plausible, check digit wrong, nobody says what it is
    id_rounded: Verdict = BLOCK         # as a number of a spreadsheet: region and date are all there
    id_display: Verdict = WARN          # 1.10101E+17: only the region is there
    id_old: Verdict = WARN              # 15 digits
    id_old_named: Verdict = BLOCK
    birth_date: Verdict = WARN

    mobile: Verdict = BLOCK
    mobile_office: Verdict = WARN       # the contact of an office
    mobile_doubtful: Verdict = WARN     # the text calls it some other number
    landline: Verdict = PASS
    landline_private: Verdict = WARN
    landline_hidden: Verdict = WARN
    messenger: Verdict = WARN           # a person's name in QQ or 微信

    bank_card: Verdict = BLOCK
    account_office: Verdict = WARN      # an account of an organ or a company
    account_doubtful: Verdict = WARN    # called an account, no check digit

    email: Verdict = BLOCK
    email_office: Verdict = WARN        # an office's address at a public provider
    plate: Verdict = BLOCK
    plate_office: Verdict = WARN        # official cars, vehicles put up for sale
    passport: Verdict = BLOCK
    passport_doubtful: Verdict = WARN   # looks like one, nobody says so
    address: Verdict = BLOCK            # a home, down to the door
    address_doubtful: Verdict = WARN

    name_list: Verdict = BLOCK          # names beside identity, telephone or card numbers
    name_list_sensitive: Verdict = WARN  # names beside poverty, disability, illness, money

    secrecy_mark: Verdict = BLOCK
    secrecy_doubtful: Verdict = WARN
    internal_mark: Verdict = BLOCK
    copy_number: Verdict = BLOCK
    copy_doubtful: Verdict = WARN
    disclosure_mark: Verdict = BLOCK
    disclosure_doubtful: Verdict = WARN
    disclosure_menu: Verdict = WARN     # 依申请公开 in the markup of a page: most likely an entry of a menu

    token: Verdict = BLOCK
    token_doubtful: Verdict = WARN
    wording: Verdict = WARN

    hidden_blocks: bool = True          # what warns in the open blocks where it is hidden
    mask_warned: bool = True            # cleaning masks personal data that only warns, too
    own_domains: tuple[str, ...] = ("gov.cn",)  # addresses of e-mail that are an office's own

    def verdict(self, case: str, *, hidden: bool = False) -> Verdict:
        """The verdict of a case. Raises KeyError when there is no such case."""
        if case not in _CASES:
            raise KeyError(case)
        open_verdict: Verdict = getattr(self, case)
        if hidden and self.hidden_blocks and open_verdict is WARN and case not in _NEVER_RAISED:
            return BLOCK
        return open_verdict


_NEVER_RAISED = frozenset({"landline_hidden", "wording", "token_doubtful", "copy_doubtful", "disclosure_menu"})
_CASES = frozenset(field.name for field in fields(Policy)) - {"hidden_blocks", "mask_warned", "own_domains"}
CASES = _CASES
DEFAULT = Policy()
