"""The annual reports' part of `gongkai doctor`: caches are recomputed and must not have drifted."""

from __future__ import annotations

from gongkai.annual_reports import queries, rules
from gongkai.annual_reports.models import ReportVersion
from gongkai.files import store
from gongkai.files.models import StoredFile
from gongkai.infra.health import THOROUGH, Probe


def cells() -> Probe:
    """The rows for roll-ups are exactly reading + corrections."""
    drifted = 0
    versions = ReportVersion.objects.select_related("report__agency")
    for version in versions.iterator(chunk_size=100):
        kept = {
            cell: {"status": status, "value": value}
            for cell, status, value in version.cells.values_list("cell", "status", "value")
        }
        made = {cell.id: rules.summable(cell) for cell in queries.effective(version).cells.values()}
        drifted += kept != made
    if drifted:
        return Probe("cells", False, f"{drifted} 个年报版本的汇总数与读取结果不符，请对它们重新检查")
    return Probe("cells", True, f"{versions.count()} 个年报版本的汇总数与读取结果一致")


def files() -> Probe:
    """Every stored file is there and holds the bytes that it was stored with."""
    lost = [f.sha256 for f in StoredFile.objects.iterator() if not store.intact(f.sha256)]
    if lost:
        return Probe("files", False, f"{len(lost)} 个文件缺失或损坏，首个校验值 {lost[0][:12]}，请从备份恢复")
    return Probe("files", True, f"{StoredFile.objects.count()} 个文件完好")


THOROUGH.extend((cells, files))
