"""What whoever decides may want to look at first: duties, and what was recorded by the principles of a consultation.

All of it is dated data of `cycle`, cited with when somebody last looked. Nothing here says whether a duty is met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from workshop_tui.cycle.stages import Duty, cited, duties, frame
from workshop_tui.exports import lines, phrases
from workshop_tui.exports.document import Bullets, Paragraph, Part, Section
from workshop_tui.exports.report import Report
from workshop_tui.messages import Day, Message, Place, Quoted, tr, trn

_IN: Final = "en"
"""What the data is written in."""


def before_deciding(report: Report) -> Iterator[Section]:
    """The section; none where the agenda does not say whose duties these are."""
    if report.jurisdiction is None:
        return
    known = duties(report.jurisdiction)
    said = tuple(_duty(each) for each in known.on(phrases.day_of(report).iso))
    principles = (_principles(report),) if report.engagement_kind == "formal_consultation" else ()
    yield Section(
        heading=tr("What to look at before deciding"),
        parts=(
            Paragraph((tr("This names duties in short. It does not say whether they are met, and it is no advice."),)),
            Bullets(said),
            Paragraph(cited([known.framework]), "remark"),
            *_level(report),
            *principles,
        ),
    )


def _duty(duty: Duty) -> tuple[Message, ...]:
    said = tr("For {who}: {text}", who=Quoted(duty.who, _IN), text=Quoted(duty.text, _IN))
    return (said,) if duty.checked else (said, tr("Nobody has checked this one."))


def _level(report: Report) -> Iterator[Part]:
    found = frame("levels")
    for each in found.codes:
        if each.code == report.promise.now.level:
            said = tr("What people were promised of taking part: “{level}”.", level=Quoted(each.label, _IN))
            yield Paragraph((said, Quoted(each.definition, _IN)))
            yield Paragraph(cited([found.framework]), "remark")


def _principles(report: Report) -> Section:
    found = frame("gunning")
    said = tuple(
        (Quoted(f"{each.label}. {each.definition}", _IN), *_RECORDED[each.code](report)) for each in found.codes
    )
    return Section(
        heading=tr("What this session recorded, by the principles of a formal consultation"),
        parts=(Bullets(said), Paragraph(cited([found.framework]), "remark")),
    )


def _formative(report: Report) -> Iterator[Place]:
    can, cannot = len(report.can_change), len(report.cannot_change)
    yield trn("{n} thing that can change is named.", "{n} things that can change are named.", can)
    yield trn("{n} thing that cannot change is named.", "{n} things that cannot change are named.", cannot)


def _reasons(report: Report) -> Iterator[Place]:
    options = lines.in_(report, "option")
    discarded = sum(each.fields.get("state") == "discarded" for each in options)
    shown = len(lines.in_(report, "material"))
    yield trn("{n} option is noted down.", "{n} options are noted down.", len(options))
    yield trn("{n} of them was discarded.", "{n} of them were discarded.", discarded)
    yield trn("{n} paper or other material was shown.", "{n} papers or other materials were shown.", shown)
    yield from phrases.held_notes(report, "notes")


def _time(report: Report) -> Iterator[Place]:
    if report.promise.now.decides_on:
        yield tr("The day of the decision: {day}.", day=Day(report.promise.now.decides_on))
    yield tr("How long people had before this session is not recorded here.")


def _taken_into_account(report: Report) -> Iterator[Place]:
    points = lines.in_(report, "point", "concern")
    answered = sum(lines.answered(report, each).answer.status != "none" for each in points)
    yield trn("{n} point or concern is noted down.", "{n} points and concerns are noted down.", len(points))
    yield trn("{n} of them has an answer.", "{n} of them have an answer.", answered)
    yield from phrases.held_notes(report, "notes")


_RECORDED: Final[dict[str, Callable[[Report], Iterator[Place]]]] = {
    "formative": _formative,
    "reasons": _reasons,
    "time": _time,
    "taken_into_account": _taken_into_account,
}
"""What there is to say beside each principle, by its code in the data."""
