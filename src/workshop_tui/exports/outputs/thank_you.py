"""A text to thank people with, within the hour: three things heard, what happens next, how to take words back.

It goes by SMS and mail, to whoever left a number: nobody is named in it, and nobody's own words are.
"""

from __future__ import annotations

from workshop_tui.exports import in_short, lines, phrases
from workshop_tui.exports.document import Bullets, Document, Paragraph, Part, Section
from workshop_tui.exports.output import Output
from workshop_tui.exports.report import Report
from workshop_tui.messages import Day, tr

FOR_WHOM = tr("You may show this to anybody.")

HEARD = 3


def build(report: Report) -> Document:
    """The whole text."""
    title = phrases.own(report, report.title)
    return Document(
        page=tr("Thank you: {title}", title=title),
        kicker=tr("A text for those who took part"),
        title=title,
        opening=(Paragraph((tr("Thank you for taking part in “{title}” on {day}.", title=title,
                               day=phrases.day_of(report)),)),),
        sections=(
            Section(heading=tr("What we heard:"), parts=_heard(report)),
            Section(heading=tr("What happens next:"), parts=_next(report)),
            Section(
                heading=tr("If you want to take your words back:"),
                parts=(
                    Paragraph((
                        tr("Your phone showed you a private code when you sent them."),
                        tr("Give that code to those who ran the day. You do not have to say why."),
                        tr("Reports that were written before may still have your words."),
                    )),
                ),
            ),
            Section(
                heading=tr("Who may read this:"),
                parts=(Paragraph((FOR_WHOM, *in_short.not_what_it_was(report))),),
            ),
        ),
    )  # fmt: skip


OUTPUT = Output(name="thank-you", audience="public", build=build, for_whom=FOR_WHOM, formats=("txt",))


def _heard(report: Report) -> tuple[Part, ...]:
    found = [each.words for each in (*lines.points(report), *lines.in_(report, "concern"))][:HEARD]
    if not found:
        return (Paragraph((tr("We are still reading what you told us."),)),)
    return (Bullets(tuple((each,) for each in found)),)


def _next(report: Report) -> tuple[Part, ...]:
    """What was promised and what is done, the earliest day first."""
    found = sorted(lines.in_(report, "promise", "action"), key=lambda each: each.fields.get("by", "9999"))
    if not found:
        return (Paragraph((tr("We will tell you. Nothing has a date yet."),)),)
    return (
        Bullets(
            tuple(
                (
                    tr("{what}: by {day}", what=each.words, day=Day(each.fields["by"]))
                    if each.fields.get("by")
                    else each.words,
                )
                for each in found[:HEARD]
            )
        ),
    )
