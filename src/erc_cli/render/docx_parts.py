"""What a Word file is made of beneath python-docx: fields, numbered headings, directions, and its bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from erc_cli.render.extras import library

FONT: Final = "Arial"
"""Every office program has it or a twin of it, for Latin and Arabic letters alike."""

_LEFT_TO_RIGHT = re.compile(
    r"[0-9A-Za-z\u00c0-\u024f](?:[^\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]*[0-9A-Za-z\u00c0-\u024f%])?"
)
"""What runs from the left within a text that runs from the right: Latin letters and figures."""

_MOST_PIECES = 500
_INDENT = 454
"""The room for the number of a heading, in twentieths of a point; a deeper one has half as much more."""

_NUMBERING = 77
"""The number of the list that the headings belong to; python-docx's own are below."""


def element(name: str, **attributes: str) -> Any:
    """Return an element of the word processing namespace, its attributes too."""
    oxml, qn = library("docx.oxml").OxmlElement, library("docx.oxml.ns").qn
    made = oxml(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def directed(text: str, *, right_to_left: bool) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text, and whether each runs from the right; one of very many pieces stays whole."""
    if not right_to_left or len(_LEFT_TO_RIGHT.findall(text)) > _MOST_PIECES:
        yield text, right_to_left
        return
    at = 0
    for found in _LEFT_TO_RIGHT.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], True
        yield found[0], False
        at = found.end()
    if at < len(text):
        yield text[at:], True


def put(properties: Any, *elements: Any) -> None:
    """Add properties of a paragraph, a run or a section; what is there of the same name goes."""
    for one in elements:
        for old in properties.findall(one.tag):
            properties.remove(old)
        properties.append(one)


def field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field to a paragraph: what it means, and what stands there until it is worked out."""
    for part in ("begin", code, "separate", shown, "end"):
        run = paragraph.add_run()
        if part in ("begin", "separate", "end"):
            run._r.append(element("fldChar", fldCharType=part))
        elif part == code:
            text = element("instrText")
            text.text = f" {code} "
            run._r.append(text)
        else:
            run.text = shown


def number_headings(document: Any, deepest: int) -> None:
    """Give the headings of a document their numbers: 1, 1.1, 1.1.1."""
    numbering = document.part.numbering_part.element
    abstract = element("abstractNum", abstractNumId=str(_NUMBERING))
    abstract.append(element("multiLevelType", val="multilevel"))
    for level in range(deepest):
        made = element("lvl", ilvl=str(level))
        made.append(element("start", val="1"))
        made.append(element("numFmt", val="decimal"))
        made.append(element("pStyle", val=f"Heading{level + 1}"))
        made.append(element("suff", val="tab"))
        made.append(element("lvlText", val=".".join(f"%{n + 1}" for n in range(level + 1))))
        made.append(element("lvlJc", val="left"))
        place = element("pPr")
        indent = str(_INDENT + _INDENT // 2 * level)  # the same from either side
        place.append(element("ind", left=indent, hanging=indent))
        made.append(place)
        abstract.append(made)
        style = document.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        number = style.get_or_add_numPr()
        number.get_or_add_ilvl().val = level
        number.get_or_add_numId().val = _NUMBERING
    numbering.insert(0, abstract)
    use = element("num", numId=str(_NUMBERING))
    use.append(element("abstractNumId", val=str(_NUMBERING)))
    numbering.append(use)


_ORDER: Final = {
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
}
"""In which order the format wants the properties of a run, a paragraph, a table, a cell and a section."""


def in_order(root: Any) -> None:
    """Put the properties of all that is in an element into the order that the format wants."""
    qn = library("docx.oxml.ns").qn
    for name, order in _ORDER.items():
        places = {qn(f"w:{one}"): at for at, one in enumerate(order.split())}
        for properties in list(root.iter(qn(f"w:{name}"))):
            children = sorted(properties, key=lambda one: places.get(one.tag, len(places)))
            for one in children:
                properties.remove(one)
            properties.extend(children)


def without_thumbnail(document: Any) -> None:
    """Take out the picture of python-docx's own empty document."""
    relations = document.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[key]


def same_bytes(content: bytes) -> bytes:
    """Return a zip file written again with one fixed time for all that is in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()
