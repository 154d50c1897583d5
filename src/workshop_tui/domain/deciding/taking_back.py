"""Words that go because their owner wants that: from the phone that sent them, or by their private code."""

from __future__ import annotations

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.deciding.decision import Context, Decision, Kept, decides
from workshop_tui.domain.deciding.phones import MINUTE, must_know
from workshop_tui.domain.digests import salt_for
from workshop_tui.domain.names import keyed
from workshop_tui.domain.private_codes import code_row, plain, text_of
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.domain.state import Screen
from workshop_tui.errors import TooLate
from workshop_tui.messages import tr

NOBODY_S = tr("The write-up is finished. Nobody can tell any more which words came from this phone.")

NOT_THERE = tr("Those words are not there any more.")

NO_SUCH_CODE = tr("No words have this code. Look at each letter. Or the words are gone already.")
"""One answer for a code that never was, one that was replaced, and one whose words are gone: it tells nothing."""


@decides(cmd.TakeBack)
def take_back(context: Context, command: cmd.TakeBack) -> Decision:
    """Empty what somebody sent, for good: their words leave the screen, the file and its copies.

    Twice changes nothing. Who tries it on words that are not theirs gets the answer for words that are not there.
    """
    row = _own(context, command.person, command.contribution)
    if row.gone:
        return Decision(answer=Kept(row.key, again=True))
    context.check_phase(command)
    return Decision(answer=Kept(row.key), events=taken_out(context, row, command.at // MINUTE * MINUTE))


@decides(cmd.TakeBackByCode)
def take_back_by_code(context: Context, command: cmd.TakeBackByCode) -> Decision:
    """The same for whoever has the code."""
    row = context.rows.contribution(text_of(plain(command.code), context.rows.codes()))
    if row is None or row.gone:
        raise TooLate(NO_SUCH_CODE)
    return Decision(answer=Kept(row.key), events=taken_out(context, row, command.at // MINUTE * MINUTE))


@decides(cmd.NewCode)
def new_code(context: Context, command: cmd.NewCode) -> Decision:
    """Give somebody a code for what they sent."""
    row = _own(context, command.person, command.text)
    if row.gone:
        raise TooLate(NOT_THERE)
    context.check_phase(command)
    code = code_row(row.key, salt_for(command.salt, f"code {row.key}"), command.code)
    return Decision(answer=Kept(row.key), events=(ev.CodeGiven(code),))


def taken_out(context: Context, row: ContributionRow, at: int) -> tuple[ev.Event, ...]:
    """What happens when the words of a contribution go."""
    events: tuple[ev.Event, ...] = (
        ev.ContributionWithdrawn(at=at, contribution=row.key),
        ev.ContributionEmptied(row.key),
    )
    if context.state.screen == Screen("story", row.key):
        events = (*events, ev.ScreenSet(at=at, screen=Screen("question")))
    return events


def _own(context: Context, person: str, key: str) -> ContributionRow:
    """What this person sent.

    Raises:
        TooLate: nobody can tell any more whose it is; or it is not theirs, or not there.
    """
    must_know(context, person)
    story_key, row = context.rows.story_key(), context.rows.contribution(key)
    if story_key is None:
        raise TooLate(NOBODY_S)
    if row is None or row.author != keyed(story_key, person):
        raise TooLate(NOT_THERE)
    return row
