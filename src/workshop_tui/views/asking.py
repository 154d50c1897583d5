"""What a desk is asked before it sends a command: about an open vote, a late start, and what cannot be undone."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.commands import FacilitatorCommand
from workshop_tui.domain.deciding.records import STAYS
from workshop_tui.domain.deciding.rounds import naming_options
from workshop_tui.domain.honesty import people_words
from workshop_tui.domain.identifiers import find
from workshop_tui.domain.registers import CONTESTED
from workshop_tui.domain.timing import MINUTE
from workshop_tui.messages import Listed, Message, Text, Verbatim, tr, trn
from workshop_tui.room.ending import END_WORDS, FINISH_WORDS, by_itself, going_words
from workshop_tui.room.times import clock
from workshop_tui.views.act import Answer, Question
from workshop_tui.views.lengths import minutes_words
from workshop_tui.views.moment import Moment
from workshop_tui.views.naming import MISSES
from workshop_tui.views.times import late_start

STAY: Final = "stay"


def question(moment: Moment, command: FacilitatorCommand) -> Question | None:
    """What has to be answered before a command is sent; None where nothing has.

    An answer brings the command that is then sent without asking again.
    """
    match command:
        case cmd.OpenItem():
            return _about_the_start(moment, command) or _about_the_vote(moment, command)
        case cmd.OpenVote():
            return _about_a_new_round(moment, command)
        case cmd.Reveal():
            return _about_revealing(moment, command)
        case cmd.VoidRound():
            return _about_voiding(moment, command)
        case cmd.RenewCode():
            return _about_the_code(command)
        case cmd.FreeSeats():
            return _about_seats(moment, command)
        case cmd.ChooseOptions(as_they_are=False):
            return _about_options(command)
        case cmd.HoldPhone(hold=True):
            return _about_holding(command)
        case cmd.ChangePromise():
            return _about_the_promise(command)
        case cmd.ResumeRoom():
            return _about_going_on(moment, command)
        case cmd.DropNote(drop=True, asked=False):
            return _about_a_concern(moment, command)
        case cmd.WithdrawWords():
            return _about_withdrawing(command)
        case cmd.EndWorkshop():
            return _about_the_end(moment, command)
        case cmd.FinishWriteUp():
            return _about_finishing(moment, command)
        case _:
            return None


def answered(moment: Moment) -> Message | None:
    """How many have answered the newest round, or not; None where there is none."""
    round_ = moment.snapshot.round
    if round_ is None:
        return None
    if round_.beyond is not None:
        return trn(
            "{answers} answered, though {n} person was counted in the room.",
            "{answers} answered, though {n} people were counted in the room.",
            round_.beyond, answers=people_words(round_.answered),
        )  # fmt: skip
    if round_.counted and moment.snapshot.by_video:
        return trn(
            "{answers} of {n} person in the room or by video link answered.",
            "{answers} of {n} people in the room or by video link answered.",
            moment.expected, answers=round_.answers,
        )  # fmt: skip
    if round_.counted:
        return trn(
            "{answers} of {n} person in the room answered.", "{answers} of {n} people in the room answered.",
            moment.expected, answers=round_.answers,
        )  # fmt: skip
    return trn(
        "{answers} of {n} phone answered.", "{answers} of {n} phones answered.",
        moment.expected, answers=round_.answers,
    )  # fmt: skip


def told(*sentences: Text | None) -> tuple[Text, ...]:
    """The sentences that there are."""
    return tuple(each for each in sentences if each)


def _about_the_start(moment: Moment, command: cmd.OpenItem) -> Question | None:
    late = late_start(moment, command.item)
    if late is None or command.scheduled_start is not None:
        return None
    starts = replace(command, scheduled_start=late.planned_start)
    answers = [Answer(each.key, each.words, replace(starts, end=each.key)) for each in late.ends]
    planned = Verbatim(clock(late.planned_start))
    return Question(
        title=tr("You start {length} late", length=late.late),
        words=(tr("The agenda says {time}. When should the day end?", time=planned),),
        answers=(*answers, Answer(STAY, tr("Do not start yet"))),
    )


def _about_the_vote(moment: Moment, command: cmd.OpenItem) -> Question | None:
    if not moment.vote_is_open or command.vote != "ask":
        return None
    line = moment.line_of(command.item)
    return Question(
        title=tr("The vote is still open"),
        words=told(answered(moment), tr("You are going to “{title}”.", title=line.title) if line is not None else None),
        answers=(
            Answer("close", tr("Close the vote and go on"), replace(command, vote="close")),
            Answer("keep", tr("Leave it open and go on; phones go on voting"), replace(command, vote="keep")),
            Answer(STAY, tr("Stay here")),
        ),
    )


def _about_a_new_round(moment: Moment, command: cmd.OpenVote) -> Question | None:
    round_ = moment.snapshot.round
    if round_ is None or moment.vote_is_open:
        return None
    return Question(
        title=tr("Open a new round?"),
        words=(
            tr("Round {number} stays in the record as it is. In a new round everybody answers again.",
               number=round_.number),
        ),
        answers=(
            Answer("new", tr("Open round {number}", number=round_.number + 1), command),
            Answer(STAY, tr("Stay as it is")),
        ),
    )  # fmt: skip


def _about_revealing(moment: Moment, command: cmd.Reveal) -> Question:
    round_ = moment.snapshot.round
    what = tr("This shows the result to the room. People cannot unsee it.")
    if moment.vote_is_open:
        what = tr("This closes the vote and shows the result to the room. People cannot unsee it.")
    return Question(
        title=tr("Show the result to the room?"),
        words=told(answered(moment), *(round_.warnings if round_ is not None else ()), what),
        answers=(Answer("reveal", tr("Show the result to the room"), command), Answer(STAY, tr("Not now"))),
        final=True,
    )


def _about_voiding(moment: Moment, command: cmd.VoidRound) -> Question:
    round_ = moment.snapshot.round
    number = round_.number if round_ is not None else 0
    return Question(
        title=tr("Declare this round void?"),
        words=told(
            trn(
                "{answers} answer is set aside.",
                "{answers} answers are set aside.",
                round_.answered,
                answers=round_.answers,
            )
            if round_ is not None
            else None,
            tr("The round stays in the record with your reason."),
            tr("This cannot be taken back; a new round can be opened."),
        ),
        answers=(
            Answer("void", tr("Declare round {number} void", number=number), command),
            Answer(STAY, tr("Let it count")),
        ),
        final=True,
    )


def _about_the_code(command: cmd.RenewCode) -> Question:
    return Question(
        title=tr("Renew the join code?"),
        words=(
            tr("The code and the square of before let nobody in any more, also those that are on paper."),
            tr("Phones that are in stay in."),
            tr("Undo takes it back."),
        ),
        answers=(Answer("renew", tr("Renew the join code"), command), Answer(STAY, tr("Keep the code"))),
    )


def _about_options(command: cmd.ChooseOptions) -> Question | None:
    named = naming_options(command.options)
    if named is None:
        return None
    said = [option.text[each.start : each.end] for option in command.options for each in find(option.text)]
    looks = (tr("It is this: {pieces}.", pieces=Listed(tuple(said))),) if said else ()
    return Question(
        title=tr("Can somebody be known by these options?"),
        words=(named, *looks, MISSES),
        answers=(
            Answer("keep", tr("Keep them as they are"), replace(command, as_they_are=True)),
            Answer(STAY, tr("Change them first")),
        ),
    )


def _about_seats(moment: Moment, command: cmd.FreeSeats) -> Question:
    return Question(
        title=tr("Free empty seats?"),
        words=(
            moment.snapshot.joined,
            tr("Whoever sent nothing and was not heard of for a minute is counted no more, and has to join again."),
            tr("Where nobody can tell any more whether somebody answered, the seat stays."),
            tr("This cannot be taken back."),
        ),
        answers=(Answer("free", tr("Free empty seats"), command), Answer(STAY, tr("Keep every seat"))),
        final=True,
    )


def _about_holding(command: cmd.HoldPhone) -> Question:
    return Question(
        title=tr("Hold everything from this phone?"),
        words=(
            tr("All its words, now and later, wait for you. Nobody learns whose phone it is, you neither."),
            tr("Undo takes it back."),
        ),
        answers=(Answer("hold", tr("Hold everything from this phone"), command), Answer(STAY, tr("No"))),
    )


def _about_going_on(moment: Moment, command: cmd.ResumeRoom) -> Question | None:
    """What becomes of the day after a pause that made it late; nothing is asked where it did not."""
    snapshot, length = moment.snapshot, moment.paused_ms
    over = snapshot.day_over_ms + length
    if not snapshot.started or snapshot.ended_at is not None or min(length, over) < MINUTE:
        return None
    answers = [
        # What an answer is called stays the same while the minutes grow: it can be read in peace and then given.
        Answer(
            f"take {plan.minutes[0][0]}" if number else "shorten", plan.title, replace(command, minutes=plan.minutes)
        )
        for number, plan in enumerate(snapshot.plans)
    ]
    later = Verbatim(clock((snapshot.planned_end or 0) + length))
    move = tr("Move the planned end to {time}", time=later)
    return Question(
        title=tr("How does the day go on?"),
        words=told(
            tr("The pause took {length}.", length=minutes_words(length)),
            tr("The day is now {length} over.", length=minutes_words(over)),
            tr("It was to end at {time}.", time=Verbatim(clock(snapshot.planned_end or 0))),
        ),
        answers=(
            *answers,
            Answer("move", move, replace(command, end="move")),
            Answer("keep", tr("Go on, and decide later"), command),
            Answer(STAY, tr("Stay in the pause")),
        ),
    )


def _about_the_promise(command: cmd.ChangePromise) -> Question | None:
    """Where it is decided and something can change all the same: people would not know which of them holds."""
    promise = command.promise
    if promise.proposal_state != "decided" or not promise.can_change:
        return None
    nothing = replace(command, promise=replace(promise, can_change=()))
    return Question(
        title=tr("It is decided, and something can still change?"),
        words=(
            tr("People then read: “The decision has been made. This session cannot change it.”"),
            trn("Below it stands what can change: {n} line.", "Below it stands what can change: {n} lines.",
                len(promise.can_change)),
        ),
        answers=(
            Answer("nothing", tr("Nothing can change any more: leave that list out"), nothing),
            Answer("both", tr("Tell the room both: other things are still open"), command),
            Answer(STAY, tr("Do not tell the room yet")),
        ),
    )  # fmt: skip


def _about_a_concern(moment: Moment, command: cmd.DropNote) -> Question | None:
    """Nobody takes back what is contested but whoever said it."""
    if moment.note is None or moment.note.key != command.key or moment.note.register not in CONTESTED:
        return None
    return Question(
        title=tr("Did whoever said this ask to take it back?"),
        words=(
            STAYS,
            tr("You can hold it back on the reading page, or say it in other words there."),
            tr("Undo takes it back."),
        ),
        answers=(
            Answer("asked", tr("Yes: they asked for it"), replace(command, asked=True)),
            Answer(STAY, tr("No: it stays")),
        ),
    )


def _about_withdrawing(command: cmd.WithdrawWords) -> Question:
    return Question(
        title=tr("Take these words back for their owner?"),
        words=(
            tr("They are deleted for good: from screen, phones, lists, the session file and every copy that the "
               "program made."),
            tr("Which files were written before is told then, so that you can ask those who have one."),
            tr("This cannot be taken back."),
        ),
        answers=(Answer("withdraw", tr("Take them back for good"), command), Answer(STAY, tr("Keep them"))),
        final=True,
    )  # fmt: skip


def _about_the_end(moment: Moment, command: cmd.EndWorkshop) -> Question:
    open_now = answered(moment) if moment.vote_is_open else None
    return Question(
        title=tr("End the workshop"),
        words=told(open_now, *END_WORDS, by_itself(moment.snapshot.write_up)),
        answers=(Answer("end", tr("End the workshop for good"), command), Answer(STAY, tr("Not now"))),
        final=True,
        word="END",
    )


def _about_finishing(moment: Moment, command: cmd.FinishWriteUp) -> Question:
    write_up = moment.snapshot.write_up
    return Question(
        title=tr("Finish the write-up"),
        words=told(*FINISH_WORDS, going_words(write_up), by_itself(write_up)),
        answers=(Answer("finish", tr("Finish the write-up for good"), command), Answer(STAY, tr("Not now"))),
        final=True,
        word="FINISH",
    )


def stopping(moment: Moment) -> Question:
    """What is asked before the room is stopped; no command stops it."""
    kept = None
    if moment.snapshot.finished_at is None:
        kept = tr("What is only for the day stays in the file until the write-up is finished.")
    return Question(
        title=tr("Stop the room?"),
        words=told(
            tr("Phones can no longer send. Everything stays saved, and you can start the room again later."), kept
        ),
        answers=(Answer("stop", tr("Stop the room")), Answer(STAY, tr("Stay"))),
    )
