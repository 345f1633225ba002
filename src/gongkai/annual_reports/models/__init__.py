"""Columns and constraints; `intake` is the way in, `report` what is kept."""

from __future__ import annotations

from gongkai.annual_reports.models.intake import UploadBatch, UploadItem
from gongkai.annual_reports.models.report import AnnualReport, Correction, FiledCell, ReportVersion, Scope

__all__ = ["AnnualReport", "Correction", "FiledCell", "ReportVersion", "Scope", "UploadBatch", "UploadItem"]
