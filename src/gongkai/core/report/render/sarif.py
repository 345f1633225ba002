"""Findings as SARIF 2.1.0, for editors and continuous-integration systems.

Source: OASIS Standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", 27 March 2020.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from gongkai.core.report.checks.registry import registered
from gongkai.core.report.model import Finding, Report, Severity
from gongkai.core.report.render.checked import Checked
from gongkai.core.report.render.labels import cell_title
from gongkai.core.report.writers.as_json import dumps, finding_dict

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {
    Severity.ERROR: "error", Severity.INCONSISTENCY: "error", Severity.WARNING: "warning", Severity.INFO: "note",
}


def sarif(checked: Iterable[Checked], version: str) -> str:
    """One run over all files. A file that could not be read is a notification of the tool, not a result."""
    files = list(checked)
    used = {finding.code for one in files for finding in one.findings}
    rules = [rule for rule in registered() if rule.code in used]
    index = {rule.code: i for i, rule in enumerate(rules)}
    notifications = [_notification(one) for one in files if one.error is not None]
    run = {
        "tool": {"driver": {
            "name": "gongkai", "version": version, "language": "zh-CN",
            "rules": [
                {
                    "id": rule.code, "shortDescription": {"text": rule.title},
                    "defaultConfiguration": {"level": _LEVELS.get(rule.severity, "none")},
                    "properties": {"rule": rule.id},
                }
                for rule in rules
            ],
        }},
        "columnKind": "unicodeCodePoints",
        "invocations": [{
            "executionSuccessful": not notifications, "toolExecutionNotifications": notifications,
        }],
        "artifacts": [{"location": {"uri": _uri(one.file)}} for one in files],
        "results": [
            _result(i, one.file, one.report, finding, index)
            for i, one in enumerate(files) if one.report is not None for finding in one.findings
        ],
    }
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _result(artifact: int, file: str, report: Report, finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file), "index": artifact}}
    cell = report.cells.get(finding.cells[0]) if finding.cells else None
    if cell is not None and cell.where is not None and cell.where.line is not None:
        physical["region"] = {"startLine": cell.where.line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.cells:
        location["logicalLocations"] = [
            {"name": cell_title(cell_id), "fullyQualifiedName": cell_id, "kind": "element"}
            for cell_id in finding.cells
        ]
    if cell is not None and cell.where is not None:
        location["message"] = {"text": str(cell.where)}
    details = finding_dict(finding)
    return {
        "ruleId": finding.code, "ruleIndex": index[finding.code],
        # A rule that a blank prevented is neither passed nor failed: "open" says that, and then has no level.
        "kind": "open" if finding.severity is Severity.NOT_CHECKED else "fail",
        "level": _LEVELS.get(finding.severity, "none"),
        "message": {"text": finding.message}, "locations": [location],
        "properties": {key: details[key] for key in ("rule", "severity", "reported", "computed", "cause", "fix")},
    }


def _notification(one: Checked) -> dict[str, Any]:
    assert one.error is not None
    return {
        "descriptor": {"id": one.error.code}, "level": "error", "message": {"text": one.error.message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(one.file)}}}],
    }


def _uri(file: str) -> str:
    """A file name as a URI reference: relative names stay relative."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
