"""What a session hands on, as one file for each stage: the baton for programs, a sheet to read, workbooks to answer in.

Where it goes to several bodies, each has a workbook of its own in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from workshop_tui.cycle import baton as cycle
from workshop_tui.cycle.baton import Baton, build, points_for
from workshop_tui.cycle.record import Record
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.exports.answers_of_baton import answers
from workshop_tui.exports.entries import build_record
from workshop_tui.exports.formats import excel, html, office
from workshop_tui.exports.output import DataFormat, pieces_of
from workshop_tui.exports.report import Report
from workshop_tui.exports.sheet_of_baton import sheet
from workshop_tui.messages import Translator

SHEET: Final = "read-me-first.html"

ANSWERS: Final = "answers.xlsx"

_IN_NAMES: Final = re.compile("[a-z0-9]+")
_LONGEST_NAME: Final = 40


def zipped(baton: Baton, translator: Translator) -> bytes:
    """A baton as the one file that is handed on."""
    page = b"".join(pieces_of(html.FORMAT.write(sheet(baton), translator)))
    return office.zipped(((cycle.NAME, cycle.write(baton)), (SHEET, page), *_workbooks(baton, translator)))


def _workbooks(baton: Baton, translator: Translator) -> Iterator[tuple[str, bytes]]:
    bodies = tuple(dict.fromkeys(body for point in baton.points for body in baton.bodies_of(point)))
    if len(bodies) < 2:
        yield ANSWERS, b"".join(pieces_of(excel.FORMAT.write(answers(baton, *bodies), translator)))
        return
    for number, body in enumerate(bodies, 1):
        # A name may hold what no file name can: it is said in the workbook, and here only as far as it can be.
        said = "-".join(_IN_NAMES.findall(body.casefold()))[:_LONGEST_NAME].strip("-")
        name = f"answers-{number}{'-' if said else ''}{said}.xlsx"
        yield name, b"".join(pieces_of(excel.FORMAT.write(answers(baton, body), translator)))


def file_name(stage: str) -> str:
    """What the baton for a stage is called."""
    return f"baton-for-{stage}.zip"


def batons(report: Report, translator: Translator) -> Mapping[str, bytes]:
    """One baton for each stage that some point is for.

    Raises:
        Refusal: something is missing that the stage has to hand on.
    """
    record = build_record(report, translator)
    return {
        file_name(stage): zipped(baton, translator)
        for stage in STAGE_TITLES
        if (baton := _for(record, stage, translator)) is not None
    }


def _for(record: Record, stage: str, translator: Translator) -> Baton | None:
    if not points_for(record, stage):
        return None
    return build(record, stage, handed_on=record.session.day, say=translator.text)  # type: ignore[arg-type]


FORMAT: Final = DataFormat(
    name="baton.zip", write=batons, files=r"baton-for-[a-z]+\.zip", on_request=True, audience="cycle_export"
)
