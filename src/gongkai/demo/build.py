"""Building the demonstration through the platform's own actions; interrupted, it goes on where it was.

Two things differ from an office's day, for the first start must be short: a year's files are read in one transaction
and filed in another, so that the disk is waited for a few times and not a thousand, and files that this program has
just written itself are read without a child process for each. Bytes are stored before they are parsed, as ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction

from gongkai.accounts import roles
from gongkai.accounts.actions import appoint, create_user
from gongkai.accounts.actor import Actor, machine
from gongkai.accounts.models import User
from gongkai.accounts.queries import actor_for
from gongkai.agencies import actions as agencies
from gongkai.agencies.models import Agency, Kind, Level
from gongkai.annual_reports import actions as annual
from gongkai.annual_reports.models import Scope, UploadBatch
from gongkai.annual_reports.states import ItemState
from gongkai.core.errors import Refused
from gongkai.core.report.samples import AGENCIES
from gongkai.demo import around, county, office, publishing, reporting
from gongkai.demo.cases import CASES
from gongkai.demo.papers import OWN, PAPERS

BUILDER = machine("示范程序")
PASSWORD = "gongkai-demo"  # noqa: S105 - printed on the screen, for invented data on this machine only
SINCE = date(2020, 1, 1)
READABLE = frozenset({
    ".doc", ".docx", ".htm", ".html", ".json", ".mht", ".pdf", ".txt", ".xls", ".xlsx", ".csv", ".wps", ".zip",
})
Say = Callable[[str], object]


def build(*, at: datetime, say: Say) -> None:
    """Everything that is not there yet. Raises Refused when the folder holds something else than a demonstration."""
    if _marker().exists():
        return
    if Agency.objects.exists() and not Agency.objects.filter(name=county.GOVERNMENT.name).exists():
        where = settings.GONGKAI_DATA
        raise Refused("not-a-demo", f"{where} 里有正式数据，示范县没有写入；请用 GONGKAI_DATA 另指一个文件夹")
    say("建立机关目录和账号…")
    with transaction.atomic():
        tree = plant_agencies(at=at)
        supervisor = appoint_people(tree, at=at)
    say(f"登记和办理{county.CLERKS_AGENCY}的 {len(CASES)} 件申请…")
    office.build(
        agency=tree[county.CLERKS_AGENCY], clerk=User.objects.get(username="clerk"), password=PASSWORD, at=at,
    )
    say(f"起草、审查、公开 {len(PAPERS)} 份文件…")
    offices = publishing.build(
        bureau=tree[county.CLERKS_AGENCY], government=tree[county.GOVERNMENT.name], password=PASSWORD, at=at,
    )
    around.build(offices[OWN])
    compiled = reporting.told(at)
    clerk = actor_for(User.objects.get(username="clerk"), on=at.date())
    if compiled:
        say(f"导入{county.CLERKS_AGENCY} {reporting.YEAR} 年的申请登记台账…")
        with transaction.atomic():
            reporting.keep_register(tree[county.CLERKS_AGENCY], clerk)
    say("编写三年的年报文件…")
    for year, files in county.files(but_compiled=compiled).items():
        say(f"报送、读取、核对 {year} 年度的 {len(files)} 份年报…")
        hand_in(supervisor, tree, year, files, at=min(at, datetime(year + 1, 1, 30, 1, tzinfo=UTC)))
    if compiled:
        say(f"布置 {reporting.YEAR} 年度年报工作，编制{county.CLERKS_AGENCY}的年报…")
        reporting.run_campaign(tree, supervisor, clerk)
    _marker().write_text("示范县已建成\n", "utf-8")


def plant_agencies(*, at: datetime) -> dict[str, Agency]:
    """The county and its departments, towns and streets, by name."""
    tree = {agency.name: agency for agency in Agency.objects.all()}
    for sample in AGENCIES:
        if sample.name not in tree:
            top = sample is county.GOVERNMENT
            kind = Kind.STREET if sample.name.endswith("街道办事处") else Kind(sample.kind)
            tree[sample.name] = agencies.add(
                by=BUILDER, name=sample.name, parent=None if top else tree[county.GOVERNMENT.name], kind=kind, at=at,
                level=Level.TOWNSHIP if sample.kind == "township" else Level.COUNTY, valid_from=SINCE,
                short_name=sample.name.removeprefix("青澜县") if not top else "青澜县政府",
            )
    return tree


def appoint_people(tree: dict[str, Agency], *, at: datetime) -> Actor:
    """A clerk in one bureau and a supervisor over the county; returns the supervisor."""
    people = (
        ("clerk", "林晓", tree[county.CLERKS_AGENCY], roles.Clerk),
        ("supervisor", "周敏", tree[county.GOVERNMENT.name], roles.Supervisor),
    )
    user = None
    for username, name, where, role in people:
        user = User.objects.filter(username=username).first() or create_user(
            by=BUILDER, username=username, name=name, password=PASSWORD, at=at,
        )
        appoint(by=BUILDER, user=user, agency=where, role=role.key, on=SINCE, at=at)
    return actor_for(user, on=at.date())


def hand_in(
    supervisor: Actor, tree: dict[str, Agency], year: int, files: list[county.DemoFile], *, at: datetime,
) -> None:
    """One year: upload, read, confirm what the story says was confirmed, publish what was published."""
    handed = {f.name: f for f in files}
    last = year == county.YEARS[-1]
    arriving = [annual.Incoming(f.name, [f.data]) for f in handed.values()]
    if last:
        arriving += [annual.Incoming(name, [data]) for name, data in county.spoiled().items()]
        arriving.append(annual.Incoming("再次报送的同一份年报", [files[0].data]))
    batch = annual.upload(
        by=supervisor, agency=tree[county.GOVERNMENT.name], files=arriving, at=at,
        token=uuid5(NAMESPACE_URL, f"gongkai-demo-{year}"),
    )
    with transaction.atomic():
        read_waiting(batch, at=at, apart=False)
    with transaction.atomic():
        _decide(supervisor, tree, year, batch, handed, at=at)


def _decide(
    supervisor: Actor, tree: dict[str, Agency], year: int, batch: UploadBatch, handed: dict[str, county.DemoFile], *,
    at: datetime,
) -> None:
    for item in batch.items.filter(state=ItemState.READ).select_related("batch__agency").order_by("position"):
        file = handed[item.name]
        if file.left_waiting:
            continue
        scope = Scope.CONSOLIDATED if file.agency is county.GOVERNMENT else Scope.OWN
        version = annual.confirm(
            by=supervisor, item=item, agency=tree[file.agency.name], year=year, scope=scope, at=at,
        )
        if year != county.YEARS[-1]:
            annual.publish(by=supervisor, report=version.report, at=at)


def import_folder(folder: Path, *, at: datetime, say: Say) -> UploadBatch | None:
    """Hand in every report file of a folder, as the supervisor. Handed in before, it is the same batch."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix.lower() in READABLE)
    if not paths:
        say(f"{folder} 里没有年报文件（.docx .xlsx .pdf .html .txt .json .csv .zip）")
        return None
    say(f"导入 {folder} 里的 {len(paths)} 个文件…")
    supervisor = actor_for(User.objects.get(username="supervisor"), on=at.date())
    return annual.upload(
        by=supervisor, agency=Agency.objects.get(name=county.GOVERNMENT.name), at=at, token=_token(paths),
        files=[annual.Incoming(path.name, _chunks(path)) for path in paths],
    )


def read_waiting(batch: UploadBatch, *, at: datetime, apart: bool = True) -> None:
    """Read a batch here and now, what an interrupted start left half-read included."""
    annual.pick_up_stale(at=at + timedelta(days=1))
    for item_id in batch.items.filter(state=ItemState.STORED).order_by("position").values_list("pk", flat=True):
        annual.read(item_id=item_id, at=at, apart=apart)


def _token(paths: Iterable[Path]):  # type: ignore[no-untyped-def]
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            digest.update(f"{path.name}\n{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return uuid5(NAMESPACE_URL, f"gongkai-demo-folder-{digest.hexdigest()}")


def _chunks(path: Path) -> Iterable[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(1024 * 1024):
            yield chunk


def _marker() -> Path:
    return Path(settings.GONGKAI_DATA) / "demo-is-built"
