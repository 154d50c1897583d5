"""A tie for the first place: the facilitator may break it where the agenda said so before, and never silently."""

from __future__ import annotations

from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain import steps
from workshop_tui.domain.activity import OptionsConfig
from workshop_tui.domain.asking import round_config, round_poll
from workshop_tui.domain.deciding.decision import Context, Decision, decides, done
from workshop_tui.domain.earlier import as_earlier
from workshop_tui.domain.state import TieBreak
from workshop_tui.domain.text import clean_line, has_words
from workshop_tui.errors import CommandRefused
from workshop_tui.messages import Listed, tr


@decides(cmd.BreakTie)
def break_tie(context: Context, command: cmd.BreakTie) -> Decision:
    """Name one of those that tie for the first place of a counted round, with a reason.

    Doing it again names another one, and taking it back brings back what stood before: every line stays in the
    journal, the last one counts.
    """
    round_ = context.state.round(command.round)
    if round_ is None:
        raise CommandRefused(tr("There is no such round."))
    if round_.status != "sealed":
        raise CommandRefused(
            tr("Only a result that is counted for good can have a tie to break. Show the result first.")
        )
    poll = round_poll(round_, context.kinds)
    config = round_config(round_, poll)
    if not isinstance(config, OptionsConfig) or config.ties != "facilitator":
        raise CommandRefused(tr("The agenda did not say before this vote that you may break a tie. It stays a tie."))
    source = as_earlier("", round_, poll, context.rows.profile(round_.key))
    tied = next(iter(source.poll.places(config, source.profile)), ())
    if len(tied) < 2:
        raise CommandRefused(tr("Nothing ties for the first place here."))
    texts = {option.key: option.text for option in config.options}
    if command.option not in tied:
        raise CommandRefused(
            tr(
                "Only one of those that tie can be named: {options}.",
                options=Listed(tuple(texts[key] for key in tied), "or"),
            )
        )
    reason = clean_line(command.reason)
    if not has_words(reason):
        raise CommandRefused(tr("Please type why you choose this one. The reason stands beside the result."))
    broken = ev.TieBroken(at=command.at, round=round_.key, option=command.option, reason=reason)
    label = tr("chose “{option}” out of a tie", option=texts[command.option])
    later = TieBreak(option=command.option, reason=reason)
    return done(label, broken, step=steps.TieNamed(label=label, round=round_.key, earlier=round_.tie, later=later))


@decides(cmd.LeaveTie)
def leave_tie(context: Context, command: cmd.LeaveTie) -> Decision:
    """Take back what was named: the result stands as a tie again.

    What the room has seen it cannot unsee, so there the result says from now on that it was taken back.
    """
    round_ = context.state.round(command.round)
    if round_ is None or round_.status != "sealed" or round_.tie is None:
        raise CommandRefused(tr("Nothing is named out of a tie there. The result stands as it was counted."))
    config = round_config(round_, round_poll(round_, context.kinds))
    texts = {option.key: option.text for option in config.options}
    label = tr("left the tie, without “{option}”", option=texts[round_.tie.option])
    left = ev.TieLeft(at=command.at, round=round_.key)
    return done(label, left, step=steps.TieNamed(label=label, round=round_.key, earlier=round_.tie, later=None))
