"""What was handed to a session, as a section of a report: what is still in its hands first."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_tui.domain.received import (
    behind_words,
    in_our_hands,
    in_our_hands_words,
    origin_words,
)
from workshop_tui.exports.document import Entries, Entry, Paragraph, Said, Section
from workshop_tui.exports.entries import dealt_of, noted_of
from workshop_tui.exports.report import Report, Rests
from workshop_tui.messages import Listed, tr, trn


def handed_sections(report: Report) -> Iterator[Section]:
    """The section; none where nothing was handed in."""
    noted = noted_of(report)
    dealt = [dealt_of(point, noted.get(point.id)) for point in report.received]
    if not dealt:
        return
    dealt.sort(key=lambda each: not each.is_open)
    hands = in_our_hands_words(in_our_hands(dealt), len(dealt))
    entries = []
    for each in dealt:
        line = noted.get(each.point.id)
        rests = _rests(line.rests) if line is not None else ()
        behind: Said = (*each.said, *rests, *origin_words(each.point), *behind_words(each.point))
        entries.append(Entry((("", each.point.words),), behind, " "))
    yield Section(
        heading=tr("What was handed to us"),
        anchor="handed",
        parts=(*((Paragraph((hands,)),) if hands is not None else ()), Entries(tuple(entries))),
    )


def _rests(rests: Rests) -> Said:
    """What stands behind an answer, beside its measure."""
    counted = (
        trn("{n} result", "{n} results", len(rests.results)),
        trn("{n} story", "{n} stories", rests.stories),
        trn("{n} idea", "{n} ideas", rests.ideas),
        trn("{n} reason", "{n} reasons", rests.reasons),
        trn("{n} note", "{n} notes", rests.notes),
    )
    there = tuple(each for each in counted if each.n)
    return (tr("Behind it: {what}.", what=Listed(there)),) if there else ()
