"""Documents a second on one core, per format, through the whole of `read_report`.

Beside it, in the same run and on the same files: the floor (unzip and parse the XML, nothing else), a python-docx
walk over the cells, and pandas.read_html. The peers only get the text of the cells; they do not know which number
it is. Ratios travel between machines, absolute figures do not.

    python benchmarks/read_report.py [--rounds N] [--documents N] [--profile FORMAT]
"""

from __future__ import annotations

import argparse
import cProfile
import io
import pstats
import statistics
import time
import warnings
import zipfile
from collections.abc import Callable
from functools import partial

import docx
import pandas
from lxml import etree

from gongkai.core.report.read import read_report
from gongkai.core.report.samples import sample
from gongkai.core.report.writers import write

TARGETS = {"docx": 250, "html": 600, "xlsx": 800, "pdf": 40, "text": None}
OURS = "gongkai read_report"
Job = Callable[[bytes], object]


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--documents", type=int, default=12, help="documents per format")
    arguments.add_argument("--profile", choices=TARGETS, help="profile one format instead")
    chosen = arguments.parse_args()
    if chosen.profile:
        profile(documents(chosen.profile, chosen.documents))
        return
    print(f"{'format':6} {'what':34} {'docs/s':>8} {'ms/doc':>8} {'ratio':>7}  target")
    for kind, target in TARGETS.items():
        jobs: dict[str, Job] = {OURS: partial(read_report, name=f"report.{kind}")}
        reached = paces(jobs | peers(kind), documents(kind, chosen.documents), chosen.rounds)
        for name, pace in reached.items():
            show(kind, name, pace, reached[OURS], target if name == OURS else None)


def documents(kind: str, count: int) -> list[bytes]:
    """Reports of different offices, years and sizes, written by our own writers. Text is the shape of a page copied
    into a text file: a line a paragraph, a line a table row."""
    files = []
    for seed in range(count):
        report = sample(seed, year=2020 + seed % 5, size="large" if seed % 2 else "small")
        files.append(as_text(write(report, "docx")) if kind == "text" else write(report, kind))
    return files


def as_text(document: bytes) -> bytes:
    """A .docx as plain text, cells divided by pipes and merged cells repeated."""
    opened = docx.Document(io.BytesIO(document))
    lines = []
    for block in opened.iter_inner_content():
        if isinstance(block, docx.table.Table):
            lines += ["|".join(cell.text.replace("\n", "") for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines).encode()


def peers(kind: str) -> dict[str, Job]:
    """What else could take the file apart."""
    if kind == "docx":
        return {"unzip + lxml parse only": unzip_and_parse, "python-docx walk over the cells": walk}
    if kind == "html":
        return {"lxml.html parse only": parse_html, "pandas.read_html": frames}
    if kind == "xlsx":
        return {"unzip + lxml parse only": unzip_and_parse}
    return {}


def unzip_and_parse(data: bytes) -> None:
    """The floor for a reader on lxml: every part that holds text, parsed and not looked at."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        for name in opened.namelist():
            if name == "word/document.xml" or name == "xl/sharedStrings.xml" or name.startswith("xl/worksheets/sheet"):
                etree.fromstring(opened.read(name))


def walk(data: bytes) -> None:
    """Every cell's text by python-docx."""
    for table in docx.Document(io.BytesIO(data)).tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


def parse_html(data: bytes) -> None:
    """The floor for a reader of pages on lxml."""
    etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))


def frames(data: bytes) -> None:
    """Every table by pandas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pandas.read_html(io.BytesIO(data), encoding="utf-8")


def paces(jobs: dict[str, Job], files: list[bytes], rounds: int) -> dict[str, float]:
    """Documents per CPU second of each job: the median of several rounds over all files, after one to warm up.

    The jobs take turns in every round, so that a machine that is busy with other things slows all of them alike.
    """
    reached: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(rounds + 1):
        for name, job in jobs.items():
            started = time.process_time()
            for data in files:
                job(data)
            spent = time.process_time() - started
            if number:
                reached[name].append(len(files) / spent)
    return {name: statistics.median(found) for name, found in reached.items()}


def show(kind: str, name: str, reached: float, ours: float, target: int | None) -> None:
    """One line of the table; the ratio says how many times faster we are."""
    verdict = "" if target is None else f"{target} {'reached' if reached >= target else 'MISSED'}"
    print(f"{kind:6} {name:34} {reached:8.0f} {1000 / reached:8.2f} {ours / reached:6.1f}x  {verdict}")


def profile(files: list[bytes]) -> None:
    """Where the time goes."""
    for data in files:
        read_report(data)
    profiler = cProfile.Profile()
    with profiler:
        for _ in range(5):
            for data in files:
                read_report(data)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
