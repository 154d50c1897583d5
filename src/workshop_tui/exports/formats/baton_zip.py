"""What a session hands on, as one file for each stage: the baton for programs, and a sheet to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workshop_tui.cycle import baton as cycle
from workshop_tui.cycle.baton import Baton, build, points_for
from workshop_tui.cycle.record import Record
from workshop_tui.domain.agenda import STAGE_TITLES
from workshop_tui.exports.entries import build_record
from workshop_tui.exports.formats import html, office
from workshop_tui.exports.output import DataFormat, pieces_of
from workshop_tui.exports.report import Report
from workshop_tui.exports.sheet_of_baton import sheet
from workshop_tui.messages import Translator

SHEET: Final = "read-me-first.html"


def zipped(baton: Baton, translator: Translator) -> bytes:
    """A baton as the one file that is handed on."""
    page = b"".join(pieces_of(html.FORMAT.write(sheet(baton), translator)))
    return office.zipped(((cycle.NAME, cycle.write(baton)), (SHEET, page)))


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
