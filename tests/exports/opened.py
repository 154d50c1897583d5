"""Files for office programs, opened by other people's readers: what a person reads there, line by line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import openpyxl
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def opened_word(data: bytes) -> WordDocument:
    return Document(io.BytesIO(data))


def opened_excel(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def word_lines(data: bytes) -> list[str]:
    """A document as lines: headings with their level, lists, rows of tables."""
    return list(_word_lines(opened_word(data)))


def _word_lines(document: WordDocument) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield f"| {' | '.join(cell.text for cell in row.cells)}"
        elif words := said_in(block):
            yield _sign(block) + words


def said_in(paragraph: Paragraph) -> str:
    """What a paragraph says; that of a link too, which the reader leaves out."""
    return "".join(
        each.text or "" if each.tag == qn("w:t") else "\n" for each in paragraph._p.iter(qn("w:t"), qn("w:br"))
    )


def _sign(paragraph: Paragraph) -> str:
    style = paragraph.style.name if paragraph.style else ""
    if style.startswith("Heading"):
        return f"{'#' * int(style[-1])} "
    return {"List Bullet": "- ", "List Continue": "  ", "Quote": "> "}.get(style, "")


def excel_lines(data: bytes) -> list[str]:
    """A workbook as lines: the names of its sheets, and their cells."""
    return [line for sheet in opened_excel(data).worksheets for line in (f"# {sheet.title}", *_rows(sheet))]


def _rows(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows(values_only=True):
        if any(value is not None for value in row):
            yield f"| {' | '.join('' if value is None else str(value) for value in row)}"


def zip_of(data: bytes) -> dict[str, bytes]:
    """The files in a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def readable(name: str, data: bytes) -> bytes:
    """A file, or for one that is a zip what a person reads in it and then everything that is in it."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    lines = word_lines(data) if name.endswith(".docx") else excel_lines(data) if name.endswith(".xlsx") else []
    return "\n".join(lines).encode() + b"\n" + b"\n".join(readable(*each) for each in zip_of(data).items())
