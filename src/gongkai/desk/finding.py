"""Where the search of the frame leads: to the list of the room that the page lies in, and it says what it looks for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.accounts.actor import Actor
from gongkai.accounts.permissions import may
from gongkai.annual_reports.permissions import AnnualReportPermission
from gongkai.applications.permissions import ApplicationPermission

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Finder:
    """A search: the list that answers it, its name for who hears the page, and what stands in the empty field."""

    href: str
    label: Words
    hint: Words


@dataclass(frozen=True, slots=True)
class _Room:
    """Pages under an address, and the list that is searched from them. `keeps`: the page's own arguments that the list
    needs; a page without them is searched as if it lay in no room."""

    under: str
    searches: str
    label: Words
    hint: Words
    keeps: tuple[str, ...] = ()

    def holds(self, path: str, given: Collection[str]) -> bool:
        """Whether a page lies here."""
        under = reverse(self.under)
        return path.startswith(under) and set(self.keeps) <= set(given)

    def nearness(self, path: str) -> tuple[bool, int, int]:
        """The room with the longest address and the most in common is the page's; a list is searched from itself."""
        under = reverse(self.under)
        return path == under and not self.keeps, len(under), len(self.keeps)


_REPORTS = (_("按机关名称查找年报"), _("年报：机关名称"))
_AGENCIES = (_("按名称查找机关"), _("机关：名称"))
_CATALOGUE = (_("按事项、编码或内容查找目录"), _("目录：事项、编码、内容"))
_ROOMS = (
    _Room("applications:list", "applications:list", _("按登记号、事项查找申请"), _("申请：登记号、事项")),
    _Room("publications:list", "publications:list", _("按名称、文号查找公开信息"), _("公开信息：名称、文号、索引号")),
    _Room("publications:withheld", "publications:withheld", _("按名称、文号查找不公开信息"),
          _("不公开信息：名称、文号")),
    _Room("participation:list", "participation:list", _("按编号、标题查找公众来信"), _("来信：编号、标题")),
    _Room("disputes:list", "disputes:list", _("按登记号、案号、案由查找案件"), _("案件：登记号、案号、案由")),
    *(_Room(under, "registers:documents", _("按名称、文号查找登记的文件"), _("登记的文件：名称、文号")) for under in (
        "registers:overview", "handover:overview")),
    _Room("registers:overview", "registers:entries", _("按事项、文号查找这本台账"), _("这本台账：事项、文号"),
          ("register",)),
    _Room("catalogue:list", "catalogue:list", *_CATALOGUE),
    _Room("catalogue:list", "catalogue:agency", *_CATALOGUE, ("agency_id",)),
    _Room("compilations:list", "compilations:list", _("按机关名称查找编制中的年报"), _("年报编制：机关名称")),
    *(_Room(under, "annual_reports:list", *_REPORTS) for under in (
        "annual_reports:list", "campaigns:list", "analysis:overview")),
    _Room("agencies:tree", "agencies:tree", *_AGENCIES),
    _Room("letters:register", "letters:register", _("按文号查找文书"), _("文书：文号")),
    _Room("accounts:people", "accounts:people", _("按姓名、账号查找人员"), _("人员：姓名、账号")),
)


def finder_of(request: HttpRequest, actor: Actor, agency_id: int | None = None) -> Finder:
    """The search of a page. Outside the rooms it looks for applications, for annual reports where somebody has nothing
    to do with these, and for agencies, which everybody may see. `agency_id`: whom a page is about whose address does
    not say it."""
    given: dict[str, Any] = {} if agency_id is None else {"agency_id": agency_id}
    given |= request.resolver_match.kwargs if request.resolver_match is not None else {}
    path = request.path
    room = max((one for one in _ROOMS if one.holds(path, given)), key=lambda one: one.nearness(path), default=None)
    if room is not None:
        kept = {name: given[name] for name in room.keeps}
        return Finder(reverse(room.searches, kwargs=kept), room.label, room.hint)
    if may(actor, ApplicationPermission.SEE) or may(actor, ApplicationPermission.CONTRIBUTE):
        room = _ROOMS[0]
        return Finder(reverse(room.searches), room.label, room.hint)
    if may(actor, AnnualReportPermission.SEE):
        return Finder(reverse("annual_reports:list"), *_REPORTS)
    return Finder(reverse("agencies:tree"), *_AGENCIES)
