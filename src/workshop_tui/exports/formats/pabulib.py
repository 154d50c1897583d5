"""The sealed rounds of a session as Pabulib files, where they fit; how they are written is in `counting.formats`."""

from __future__ import annotations

from typing import Final

from workshop_tui.counting.formats.pabulib_writing import fits_pabulib, write_pabulib
from workshop_tui.exports.output import DataFormat
from workshop_tui.exports.report import Report
from workshop_tui.exports.words import about_round
from workshop_tui.messages import Translator


def pabulib_files(report: Report, translator: Translator) -> dict[str, bytes]:
    """One file for each sealed round with a budget or with points, named after it."""
    return dict(
        write_pabulib(round_.plain, about_round(report, round_), translator)
        for round_ in report.rounds
        if round_.status == "sealed" and fits_pabulib(round_.plain)
    )


FORMAT: Final = DataFormat(name="pabulib", write=pabulib_files, files=r"round-[\w.]+\.pb", on_request=True)
