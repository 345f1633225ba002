"""Ruling lines of a page, however they are drawn: strokes, thin filled rectangles, frames, one-pixel images."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2.raw as pdfium

from gongkai.core.errors import ReadError
from gongkai.core.report.readers.pdf.page import Rule

THIN = 4.0              # points; a thicker bar is shading, not a line
_MAX_OBJECTS = 150_000  # of one page, nested ones included
_MAX_SEGMENTS = 400     # of one path; more is a drawing or a seal
_MAX_DEPTH = 4

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Strokes:
    """The rules of one page in user space (y up, `top` > `bottom`), the sides of its shaded boxes, and the area
    under its images."""

    def __init__(self, page: object) -> None:
        self.rules: list[Rule] = []
        self.fills: list[Rule] = []
        self.image_area = 0.0
        self._left = _MAX_OBJECTS
        self._edges = tuple(ctypes.c_float() for _ in range(4))
        self._refs = tuple(map(ctypes.byref, self._edges))
        objects = (
            pdfium.FPDFPage_GetObject(page, i) for i in range(self._spend(pdfium.FPDFPage_CountObjects(page)))
        )
        self._walk(objects, _IDENTITY, 0)

    def _spend(self, count: int) -> int:
        """Refuse a page that draws more than any report does."""
        self._left -= count
        if self._left < 0:
            raise ReadError(
                "content-too-large", f"PDF 有一页的图形对象超过 {_MAX_OBJECTS // 10_000} 万个，不是年度报告，没有解析。"
            )
        return max(count, 0)

    def _walk(self, objects: Iterator[object], matrix: Matrix, depth: int) -> None:
        get_type = pdfium.FPDFPageObj_GetType
        for item in objects:
            kind = get_type(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._image(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
                inner = _times(_matrix(item), matrix)
                count = self._spend(pdfium.FPDFFormObj_CountObjects(item))
                self._walk((pdfium.FPDFFormObj_GetObject(item, i) for i in range(count)), inner, depth + 1)

    def _bounds(self, item: object, matrix: Matrix) -> Box:
        pdfium.FPDFPageObj_GetBounds(item, *self._refs)
        left, bottom, right, top = self._edges
        box = (left.value, bottom.value, right.value, top.value)
        return box if matrix is _IDENTITY else _box([_apply(matrix, box[0], box[1]), _apply(matrix, box[2], box[3])])

    def _image(self, item: object, matrix: Matrix) -> None:
        box = self._bounds(item, matrix)
        if not self._keep(box):
            self.image_area += (box[2] - box[0]) * (box[3] - box[1])

    def _path(self, item: object, matrix: Matrix) -> None:
        if self._keep(self._bounds(item, matrix)):
            return
        count = pdfium.FPDFPath_CountSegments(item)
        if not 2 <= count <= _MAX_SEGMENTS:
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        if not stroke.value and count <= 5:
            self._shade(self._bounds(item, matrix))
            return
        outlines = list(_outlines(item, count, _times(_matrix(item), matrix)))
        if stroke.value:
            for points in outlines:
                for a, b in pairwise(points):
                    self._keep(_box([a, b]))
        else:
            self._filled([_box(points) for points in outlines])

    def _shade(self, box: Box) -> None:
        """The sides of a shaded box: borders only in a table that shows its grid by nothing else."""
        left, bottom, right, top = box
        self.fills += [
            Rule(left, top, left, bottom), Rule(right, top, right, bottom),
            Rule(left, top, right, top), Rule(left, bottom, right, bottom),
        ]

    def _filled(self, boxes: list[Box]) -> None:
        """Bars in one path are lines; a rectangle with a hole is a frame, whose sides are lines."""
        fat = [box for box in boxes if not self._keep(box)]
        for outer in fat:
            for inner in fat:
                gaps = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
                if inner is not outer and all(0 <= gap <= THIN for gap in gaps) and any(gaps):
                    self._frame(outer, inner)

    def _frame(self, outer: Box, inner: Box) -> None:
        for side in (
            (outer[0], outer[1], inner[0], outer[3]), (inner[2], outer[1], outer[2], outer[3]),
            (outer[0], outer[1], outer[2], inner[1]), (outer[0], inner[3], outer[2], outer[3]),
        ):
            if side[2] > side[0] and side[3] > side[1]:
                self._keep(side)

    def _keep(self, box: Box) -> bool:
        """Keep a thin box as a rule. Slanted strokes have fat boxes and fall out here."""
        left, bottom, right, top = box
        if right - left > THIN and top - bottom > THIN:
            return False
        self.rules.append(Rule(left, top, right, bottom))
        return True


def _outlines(item: object, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The polygons of a path; one with a curve is left out."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    straight = True
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            if straight:
                yield points
            points, straight = [], True
        straight = straight and kind != pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_apply(matrix, x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points and straight:
        yield points


def _matrix(item: object) -> Matrix:
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, raw):
        return _IDENTITY
    return (raw.a, raw.b, raw.c, raw.d, raw.e, raw.f)


def _times(m: Matrix, n: Matrix) -> Matrix:
    """First `m`, then `n`."""
    if n is _IDENTITY:
        return m
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3], m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])


def _box(points: list[tuple[float, float]]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs), max(ys))
