"""The parts of a Word document that may go out, and what may stand in them."""

from __future__ import annotations

from gongkai.core.screening.formats.ooxml.names import (
    DGM,
    DSP,
    MC,
    PIC,
    W10,
    WP,
    WPC,
    WPG,
    WPS,
    XML,
    A,
    C,
    M,
    O,
    R,
    V,
    W,
)

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DRAWING = "application/vnd.openxmlformats-officedocument.drawingml."

MAIN = "word/document.xml"
MAIN_TYPE = f"{_WORD}document.main+xml"
KNOWN = frozenset({A, C, DGM, DSP, M, MC, O, PIC, R, V, W, W10, WP, WPC, WPG, WPS, XML})

# The last word of a relationship's type: the part's new name (with a number when there may be several), its type.
KEPT = {
    "styles": ("styles", f"{_WORD}styles+xml"),
    "numbering": ("numbering", f"{_WORD}numbering+xml"),
    "settings": ("settings", f"{_WORD}settings+xml"),
    "fontTable": ("fontTable", f"{_WORD}fontTable+xml"),
    "theme": ("theme/theme", "application/vnd.openxmlformats-officedocument.theme+xml"),
    "footnotes": ("footnotes", f"{_WORD}footnotes+xml"),
    "endnotes": ("endnotes", f"{_WORD}endnotes+xml"),
    "header": ("header", f"{_WORD}header+xml"),
    "footer": ("footer", f"{_WORD}footer+xml"),
    "chart": ("charts/chart", f"{_DRAWING}chart+xml"),
    "diagramData": ("diagrams/data", f"{_DRAWING}diagramData+xml"),
    "diagramLayout": ("diagrams/layout", f"{_DRAWING}diagramLayout+xml"),
    "diagramQuickStyle": ("diagrams/quickStyle", f"{_DRAWING}diagramStyle+xml"),
    "diagramColors": ("diagrams/colors", f"{_DRAWING}diagramColors+xml"),
}
SEVERAL = frozenset({
    "header", "footer", "theme", "chart", "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors",
})
STORIES = frozenset({"document", "header", "footer", "footnotes", "endnotes"})
ALWAYS = frozenset({"styles", "numbering", "settings", "fontTable", "theme", "footnotes", "endnotes"})  # not by an id

SETTINGS = frozenset({
    "zoom", "mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter",
    "gutterAtTop", "defaultTabStop", "autoHyphenation", "consecutiveHyphenLimit", "hyphenationZone",
    "evenAndOddHeaders", "bookFoldRevPrinting", "bookFoldPrinting", "bookFoldPrintingSheets",
    "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery",
    "displayVerticalDrawingGridEvery", "characterSpacingControl", "strictFirstAndLastChars", "noLineBreaksAfter",
    "noLineBreaksBefore", "displayBackgroundShape", "footnotePr", "endnotePr", "compat", "mathPr", "themeFontLang",
    "clrSchemeMapping", "decimalSymbol", "listSeparator", "doNotUseMarginsForDrawingGridOrigin",
    "doNotExpandShiftReturn", "noPunctuationKerning",
})
NOT_IN_STYLES = frozenset({"aliases", "rsid"})
NOT_IN_FONTS = frozenset({"embedRegular", "embedBold", "embedItalic", "embedBoldItalic"})
