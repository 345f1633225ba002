"""What no register here holds: meetings, training, accounts in new media. Entered with source and person."""

from __future__ import annotations

from decimal import Decimal

from gongkai.agencies.models import Agency
from gongkai.annual_reports.readings import exact
from gongkai.compilations.facts.value import FactValue
from gongkai.compilations.models import Fact

GROUP = "工作情况（手工填报）"

# key → (name in prose, unit). The names are what people type between braces, so they stay as they are.
BY_HAND: dict[str, tuple[str, str]] = {
    "meetings": ("召开会议", "次"),
    "trainings": ("举办培训", "期"),
    "trained": ("培训人次", "人次"),
    "sites": ("政府网站", "个"),
    "weibo": ("微博账号", "个"),
    "wechat": ("微信公众号", "个"),
    "toutiao": ("头条号", "个"),
    "douyin": ("抖音号", "个"),
    "media_other": ("其他新媒体账号", "个"),
    "gazettes": ("政府公报", "期"),
    "reading_points": ("公开查阅点", "个"),
    "staff_full": ("专职人员", "人"),
    "staff_part": ("兼职人员", "人"),
    "assessments": ("工作考核", "次"),
    "reviews": ("社会评议", "次"),
    "accountability": ("责任追究", "人"),
}
ACCOUNTS = ("weibo", "wechat", "toutiao", "douyin", "media_other")
ALL_ACCOUNTS = "政务新媒体账号"


def entered(agency: Agency, year: int) -> dict[str, FactValue]:
    """Every fact by hand of an agency's year by its name, those not entered with value None; one query."""
    rows = {fact.key: fact for fact in Fact.objects.filter(agency=agency, year=year)}
    found: dict[str, FactValue] = {}
    for key, (name, unit) in BY_HAND.items():
        row = rows.get(key)
        found[name] = FactValue(
            name, None if row is None else exact(row.value), unit, "" if row is None else row.source,
            by_hand=True, group=GROUP,
        )
    accounts = [rows[key].value for key in ACCOUNTS if key in rows]
    names = "、".join(BY_HAND[key][0] for key in ACCOUNTS)
    found[ALL_ACCOUNTS] = FactValue(
        ALL_ACCOUNTS, exact(sum(accounts, Decimal(0))) if accounts else None, "个", f"{names}之和", by_hand=True,
        group=GROUP,
    )
    return found
