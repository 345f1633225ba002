"""Synthetic annual reports: seeded, consistent, and free of anything that a real office wrote.

`sample` draws one report in which every identity of the form holds; `plant` puts one known mistake into it and
says what a checker must find; `county` tells the story of a whole county over several years for the demonstration.
Same seed, same bytes: tests, benchmarks and the demonstration rest on that.
"""

from gongkai.core.report.samples.county import AGENCIES, SampleAgency, SampleReport, county
from gongkai.core.report.samples.generate import consolidated, sample
from gongkai.core.report.samples.plant import PLANTABLE, Expected, plant

__all__ = [
    "AGENCIES", "PLANTABLE", "Expected", "SampleAgency", "SampleReport", "consolidated", "county", "plant", "sample",
]
