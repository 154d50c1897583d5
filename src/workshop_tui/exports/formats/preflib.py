"""The sealed rounds of a session as PrefLib files, where they fit; how they are written is in `counting.formats`."""

from __future__ import annotations

from typing import Final

from workshop_tui.counting.formats.preflib_writing import fits_preflib, write_preflib
from workshop_tui.exports.output import DataFormat
from workshop_tui.exports.report import Report
from workshop_tui.exports.words import about_round
from workshop_tui.messages import Translator


def preflib_files(report: Report, translator: Translator) -> dict[str, bytes]:
    """One file for each sealed round that fits, named after it."""
    return dict(
        write_preflib(round_.plain, about_round(report, round_), translator)
        for round_ in report.rounds
        if round_.status == "sealed" and fits_preflib(round_.plain)
    )


FORMAT: Final = DataFormat(
    name="preflib", write=preflib_files, files=r"round-[\w.]+\.(so[ci]|to[ci]|cat)", on_request=True
)
