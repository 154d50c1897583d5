"""The report as one page that opens anywhere: no scripts, nothing fetched, readable aloud, fit to print."""

from __future__ import annotations

from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from workshop_tui.domain.blocks import Quote, Quotes
from workshop_tui.domain.consent import level_words
from workshop_tui.domain.honesty import FIXED_LINE, PROPORTIONS_LINE
from workshop_tui.drawing.html import draw_view
from workshop_tui.exports import words
from workshop_tui.exports.report import Gathered, ItemReport, Report, RoundReport, Said

_TEMPLATES: Final = Environment(
    loader=PackageLoader("workshop_tui.exports"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def report_html(report: Report) -> bytes:
    """The whole report as one file; every word from outside is escaped and set apart in its own direction."""

    def rounds_of(item: ItemReport) -> list[RoundReport]:
        return [each for each in report.rounds if each.item == item.key]

    def said_in(item: ItemReport, gathered: Gathered) -> list[Said]:
        return [each for each in gathered.shown if each.item == item.key]

    page = _TEMPLATES.get_template("report.html").render(
        r=report,
        clock=words.clock_of(report),
        fixed_line=str(FIXED_LINE),
        proportions_line=str(PROPORTIONS_LINE),
        draw_view=draw_view,
        draw_quote=_draw_quote,
        rounds_of=rounds_of,
        said_in=said_in,
        level_words=level_words,
        at_a_glance=words.at_a_glance,
        item_status=words.item_status,
        minutes_planned=words.minutes_planned,
        minutes_used=words.minutes_used,
        not_shown=words.not_shown,
        standing=words.standing,
        note_details=words.note_details,
        round_counts=words.round_counts,
        round_heading=words.round_heading,
        round_remarks=words.round_remarks,
    )
    return page.encode()


def _draw_quote(said: Said) -> Markup:
    return draw_view((Quotes(quotes=(Quote(parts=said.parts),)),))
