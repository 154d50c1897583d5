"""Acts of a vote and of gathering words: open, close, look, reveal, declare void, break a tie, the big screen."""

from __future__ import annotations

from typing import Final

from workshop_tui.domain import commands as cmd
from workshop_tui.messages import Text, tr
from workshop_tui.views.act import Act, Choice, Field, Way
from workshop_tui.views.moment import Moment, here_key
from workshop_tui.views.typed import with_words

NO_ROUND: Final = tr("No vote was opened for this item, so there is nothing to show.")


def _gathers(moment: Moment) -> Text | None:
    here = moment.snapshot.here
    return None if here is not None and here.is_gathering else tr("This item does not collect words.")


def _can_gather(moment: Moment) -> Text | None:
    here = moment.snapshot.here
    if here is None or not here.is_gathering:
        return _gathers(moment)
    return tr("Phones can send to this item already.") if here.gathering_open else None


def _can_stop_gathering(moment: Moment) -> Text | None:
    here = moment.snapshot.here
    if here is None or not here.is_gathering:
        return _gathers(moment)
    return None if here.gathering_open else tr("Phones cannot send to this item already.")


def _can_open(moment: Moment) -> Text | None:
    here = moment.snapshot.here
    if here is None:
        return tr("The workshop has not started. Open the first item.")
    if not here.is_poll:
        return tr("This item has no vote. Add a question of your own instead.")
    if here.wants_ideas and len(here.options) < 2:
        return tr("This vote has no options yet. Choose them from the room's ideas first.")
    return tr("The vote is already open.") if moment.vote_is_open else None


def _can_close(moment: Moment) -> Text | None:
    return None if moment.vote_is_open else tr("No vote is open.")


def _can_reopen(moment: Moment) -> Text | None:
    round_ = moment.snapshot.round
    until = round_.reopen_until if round_ is not None else None
    return None if until is not None and moment.now <= until else tr("It was closed too long ago.")


def _can_reveal(moment: Moment) -> Text | None:
    round_ = moment.snapshot.round
    if round_ is None:
        return NO_ROUND
    if round_.status == "void":
        return tr("This round was declared void: it has no result to show.")
    return tr("The room has seen this result.") if round_.revealed else None


def _can_show_again(moment: Moment) -> Text | None:
    round_ = moment.snapshot.round
    if round_ is None or not round_.revealed:
        return tr("This result has not been revealed yet. Reveal it first.")
    if round_.status != "sealed":
        return tr("This round was declared void: it has no result to show.")
    return tr("The room sees the result already.") if round_.shown else None


def _can_hide(moment: Moment) -> Text | None:
    round_ = moment.snapshot.round
    return None if round_ is not None and round_.shown else tr("The results are hidden already.")


def _can_void(moment: Moment) -> Text | None:
    round_ = moment.snapshot.round
    return tr("There is no round to declare void.") if round_ is None or round_.status == "void" else None


def _is_tied(moment: Moment) -> Text | None:
    round_ = moment.snapshot.round
    if round_ is not None and round_.tied:
        return None
    return tr("There is no tie to break here: the agenda must allow it, and the result must be shown.")


def _is_broken(moment: Moment) -> Text | None:
    round_ = moment.snapshot.round
    return None if round_ is not None and round_.chosen else tr("None of those that tie is named.")


def _round(moment: Moment) -> str:
    return moment.round_key


def _tied(moment: Moment) -> tuple[Choice, ...]:
    round_ = moment.snapshot.round
    tied = round_.tied if round_ is not None else ()
    return tuple(Choice(option.key, option.text) for option in tied)


HIDE: Final = Way(
    name="hide_results", command=cmd.HideResults, words=tr("Hide the result"), means=_round, fits=_can_hide,
)  # fmt: skip
SHOW_AGAIN: Final = Way(
    name="show_results", command=cmd.ShowResults, words=tr("Show the result again"), means=_round,
    fits=_can_show_again,
)  # fmt: skip
REVEAL: Final = Way(
    name="reveal", command=cmd.Reveal, words=tr("Reveal the result"), means=_round, fits=_can_reveal,
)  # fmt: skip
BREAK: Final = Way(
    name="break_tie",
    command=cmd.BreakTie,
    words=tr("Name it"),
    means=_round,
    meant="round",
    fits=_is_tied,
    about=tr("These tie for the first place. The tie, your choice and your reason stand beside the result."),
    fields=(
        Field(name="option", label=tr("Which one do you name?"), kind="choice", choices=_tied),
        Field(
            name="reason",
            label=tr("Why this one?"),
            wrong=with_words(tr("Please type why. The reason stands beside the result.")),
        ),
    ),
)
LEAVE: Final = Way(
    name="leave_tie",
    command=cmd.LeaveTie,
    words=tr("Take back what you named: it is a tie again"),
    means=_round,
    meant="round",
    fits=_is_broken,
)

CLOSE_LEFT: Final = Way(
    name="close_left",
    subject="vote",
    command=cmd.CloseVote,
    words=tr("Close that vote"),
    fits=lambda moment: None if moment.vote is not None else tr("There is no such round."),
)

ACTS: Final = (
    Act(
        name="vote", key="v", label=tr("Vote"), title=tr("Vote: open or close"), in_footer=True,
        help=tr("Open or close the vote, or phones sending words. For a while it takes the closing back."),
        ways=(
            Way(name="close_gathering", command=cmd.CloseGathering, words=tr("Stop phones sending"), means=here_key,
                fits=_can_stop_gathering),
            Way(name="open_gathering", command=cmd.OpenGathering, words=tr("Let phones send"), means=here_key,
                fits=_can_gather),
            Way(name="close_vote", command=cmd.CloseVote, words=tr("Close the vote"), means=_round, fits=_can_close),
            Way(name="reopen_vote", command=cmd.ReopenVote, words=tr("Open it again"), means=_round, fits=_can_reopen),
            Way(name="open_vote", command=cmd.OpenVote, words=tr("Open the vote"), fits=_can_open,
                means=lambda moment: f"{here_key(moment)},{_round(moment)}",
                fixed={"key": b""}),
        ),
    ),
    Act(
        name="close_left", title=tr("Close a vote that was left open"),
        help=tr("Close the vote of an earlier item that still takes answers."), ways=(CLOSE_LEFT,),
    ),
    Act(
        name="reveal", key="r", label=tr("Reveal"), title=tr("Reveal the result"), in_footer=True,
        help=tr("Show the result to the room: asks first, because people cannot unsee it. On shown results it hides "
                "them."),
        ways=(HIDE, SHOW_AGAIN, REVEAL),
    ),
    Act(
        name="void", key="V", label=tr("Void"), title=tr("Declare a round void"),
        help=tr("This round does not count; it stays in the record with your reason."),
        ways=(
            Way(
                name="void_round", command=cmd.VoidRound, words=tr("Declare it void"), fits=_can_void,
                means=_round, meant="round",
                fields=(
                    Field(name="reason", label=tr("Why does it not count?"),
                          wrong=with_words(tr("Please type why. The reason stays in the report."))),
                ),
                about=tr("The round and your reason stay in the report. A new round can be opened."),
            ),
        ),
    ),
    Act(
        name="tie", key="T", label=tr("Tie"), title=tr("Break a tie, or leave it"),
        help=tr("Name one of those that tie, with your reason, where the agenda lets you. Undo takes it back."),
        ways=(BREAK, LEAVE),
    ),
    Act(name="peek", key="l", label=tr("Look"), title=tr("Look at live results"), in_footer=True,
        help=tr("Show or hide the result so far, only here.")),
    Act(name="details", key="y", label=tr("Behind it"), title=tr("Look behind the result"),
        help=tr("Other ways of counting, tables and reasons, only for you, once the vote is closed.")),
)  # fmt: skip
