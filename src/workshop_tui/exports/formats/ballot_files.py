"""The sealed rounds of a session as PrefLib and Pabulib files, where they fit; `counting.formats` writes them."""

from __future__ import annotations

from typing import Final

from workshop_tui.counting.formats.about_vote import AboutVote
from workshop_tui.counting.formats.pabulib_writing import fits_pabulib, write_pabulib
from workshop_tui.counting.formats.preflib_writing import fits_preflib, write_preflib
from workshop_tui.exports.output import DataFormat
from workshop_tui.exports.report import Report, RoundReport
from workshop_tui.messages import Translator


def preflib_files(report: Report, translator: Translator) -> dict[str, bytes]:
    """One file for each sealed round that fits, named after it."""
    return dict(
        write_preflib(round_.plain, _about(report, round_), translator)
        for round_ in report.rounds
        if round_.status == "sealed" and fits_preflib(round_.plain)
    )


def pabulib_files(report: Report, translator: Translator) -> dict[str, bytes]:
    """One file for each sealed round with a budget or with points, named after it."""
    return dict(
        write_pabulib(round_.plain, _about(report, round_), translator)
        for round_ in report.rounds
        if round_.status == "sealed" and fits_pabulib(round_.plain)
    )


FORMATS: Final = (
    DataFormat(name="preflib", write=preflib_files, files=r"round-[\w.]+\.(so[ci]|to[ci]|cat)", on_request=True),
    DataFormat(name="pabulib", write=pabulib_files, files=r"round-[\w.]+\.pb", on_request=True),
)


def _about(report: Report, round_: RoundReport) -> AboutVote:
    clock = report.origin.clock
    return AboutVote(
        title=report.title,
        question=round_.question,
        key=round_.key,
        language=report.language,
        answered=round_.answered,
        skipped=round_.skipped,
        joined=round_.joined,
        opened=clock.iso_date(round_.opened_at),
        closed=clock.iso_date(round_.opened_at if round_.closed_at is None else round_.closed_at),
        written=clock.iso_date(report.origin.as_of),
    )
