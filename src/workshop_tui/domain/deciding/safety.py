"""What is done for somebody's safety: content warnings, and noting that a matter was handed on."""

from __future__ import annotations

from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.activity import Gathering
from workshop_tui.domain.content_warnings import CONTENT_WARNINGS, in_order
from workshop_tui.domain.deciding.decision import Context, Decision, decides, done
from workshop_tui.domain.deciding.texts import GONE
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.domain.safeguarding import SafeguardingRow, is_reference
from workshop_tui.domain.state import Screen
from workshop_tui.domain.text import clean_line
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import Verbatim, tr

ONLY_STORIES = tr("Only a story has content warnings.")

OUTSIDE = (
    tr("The text that it came from is for nobody now: it is never shown, and goes when the write-up is finished."),
    tr("If the safeguarding lead needs a copy, give it by a secure route outside this tool, before then."),
)
"""What is told when such a note is made from a text."""


@decides(cmd.Warn)
def warn(context: Context, command: cmd.Warn) -> Decision:
    """Say what a text speaks of. What its teller said of it stays beside it."""
    row = _contribution(context, command.contribution)
    kind = context.kinds.get(row.kind)
    if not isinstance(kind, Gathering) or not kind.asks_consent:
        raise CommandRefused(ONLY_STORIES)
    if {*command.warnings} - CONTENT_WARNINGS.keys():
        raise CommandRefused(tr("Please choose from the list. Nothing was changed."))
    before, wanted = context.rows.care(row.key), in_order(command.warnings)
    if before.warnings == wanted:
        raise CommandRefused(tr("It says that already."))
    label = tr("said what one speaks of") if wanted else tr("took content warnings away")
    return done(label, replace(before, warnings=wanted))


@decides(cmd.Safeguard)
def safeguard(context: Context, command: cmd.Safeguard) -> Decision:
    """Note that a matter was handed on; the text that it came from is for nobody from then on."""
    if context.rows.safeguarding(command.key) is not None:
        raise CommandRefused(tr("This was noted already."))
    row = SafeguardingRow(
        key=command.key,
        at=command.at,
        concern=command.concern,
        spoke_privately=command.spoke_privately,
        agreed=command.agreed,
        handed_to=command.handed_to,
        handed_at=None if command.handed_to == "nobody" else command.at,
        reference=read_reference(command.reference),
    )
    label = tr("noted that a matter was handed on") if row.handed_at else tr("noted a matter to hand on")
    if not command.contribution:
        return done(label, ev.SafeguardingNoted(row))
    told = _contribution(context, command.contribution)
    return done(label, ev.SafeguardingNoted(row), *_for_nobody(context, told, command.at), more=OUTSIDE)


def _for_nobody(context: Context, row: ContributionRow, at: int) -> tuple[ev.Event, ...]:
    """Nobody reads it any more; the journal only says that it was held back, as of many others."""
    events: list[ev.Event] = [replace(context.rows.care(row.key), withheld=True)]
    if row.moderation != "on_hold":
        events.append(ev.ContributionModerated(at=at, contribution=row.key, handling="on_hold"))
        events.append(ev.ModerationSet(row.key, "on_hold"))
    if context.rows.retelling(row.key):
        events += [ev.StoryRetold(at=at, contribution=row.key), ev.RetellingWritten(row.key, "")]
    if context.state.screen == Screen("story", row.key):
        events.append(ev.ScreenSet(at=at, screen=Screen("question")))
    return tuple(events)


@decides(cmd.FollowUp)
def follow_up(context: Context, command: cmd.FollowUp) -> Decision:
    """Note who has a matter now, and whether it is closed; the first time of each stays."""
    before = context.rows.safeguarding(command.note)
    if before is None:
        raise CommandRefused(tr("There is no such note."))
    is_on = command.handed_to != "nobody"
    is_same = command.handed_to == before.handed_to
    after = replace(
        before,
        handed_to=command.handed_to,
        handed_at=(before.handed_at if is_same else command.at) if is_on else None,
        reference=read_reference(command.reference),
        closed_at=(before.closed_at or command.at) if command.closed else None,
    )
    if after == before:
        raise CommandRefused(tr("It says that already."))
    return done(tr("noted what became of a matter"), ev.SafeguardingNoted(after))


def read_reference(typed: str) -> str:
    """What was typed, where it has the shape of a reference of another system.

    Raises:
        CommandRefused: it has not.
    """
    line = clean_line(typed)
    if not is_reference(line):
        raise CommandRefused(
            tr("A reference has letters and digits without spaces, such as {example}. Please write no account here.",
               example=Verbatim("2026/0412"))
        )  # fmt: skip
    return line


def _contribution(context: Context, key: str) -> ContributionRow:
    row = context.rows.contribution(key)
    if row is None or row.gone:
        raise CommandRefused(GONE)
    return row
