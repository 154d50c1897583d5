"""Acts on what people sent, one by one, and the words of the reading queue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, get_args

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.activity import Gathering
from workshop_tui.domain.commands import FacilitatorCommand, Handling
from workshop_tui.domain.consent import level_words
from workshop_tui.domain.deciding.texts import to_decide
from workshop_tui.messages import Message, Text, tr, trn
from workshop_tui.room.queue_page import QueueEntry, QueueFilter, QueuePage
from workshop_tui.room.snapshot import Snapshot
from workshop_tui.views import naming, safety
from workshop_tui.views.act import Act, Field, Typed, Way
from workshop_tui.views.moment import Moment, given

QUEUE_WORDS: Final[dict[QueueFilter, Message]] = {
    "unread": tr("Not read"), "all": tr("All"), "approved": tr("Approved"), "on_hold": tr("Held back"),
    "untold": tr("To tell in your words"),
}  # fmt: skip
"""What the reading queue can show, in the order in which it goes round."""


FILTERS: Final[dict[str, QueueFilter]] = {each: each for each in get_args(QueueFilter)}

HANDLING_WORDS: Final[dict[Handling, Message]] = {
    "new": tr("not read yet"), "read": tr("read"), "approved": tr("approved"), "on_hold": tr("held back"),
}  # fmt: skip

READ_NOW: Final = tr("read now")
"""Of a text some of whose words ask for that; the words are a nudge and no judgement (`domain.distress`)."""

_GONE: Final = tr("Those words are not there any more.")


def _if_there(why_not: Callable[[QueueEntry], Text | None]) -> Callable[[Moment], Text | None]:
    """When something `fits` a contribution whose words are still there."""

    def fits(moment: Moment) -> Text | None:
        entry = moment.entry
        return _GONE if entry is None or entry.gone else why_not(entry)

    return fits


def _moderating(name: str, handling: Handling, words: Message) -> Way:
    def why_not(entry: QueueEntry) -> Text | None:
        if entry.handling == handling:
            return tr("It is marked so already.")
        if handling == "read" and entry.handling != "new" and not (entry.wishes and entry.handling == "on_hold"):
            return tr("It was read already.")
        return (_may_not_show(entry) or _to_decide(entry)) if handling == "approved" else None

    return Way(
        name=name, subject="entry", command=cmd.Moderate, words=words, fits=_if_there(why_not),
        fixed={"handling": handling},
    )  # fmt: skip


def _may_not_show(entry: QueueEntry) -> Text | None:
    if entry.may_show:
        return None
    if entry.only_you:
        return tr("These words are only for you: nobody else may read them, so they cannot be approved.")
    return tr("Its owner did not allow it to be shown word for word, so it cannot be approved.")


def _to_decide(entry: QueueEntry) -> Text | None:
    many = len(entry.open_marks)
    return to_decide(many) if many else None


def _can_show(moment: Moment) -> Text | None:
    entry = moment.entry
    if entry is None:
        return _GONE
    if not entry.is_contribution:
        return tr("Only what was sent to an item can stand on the big screen by itself.")
    if entry.may_show and entry.handling == "approved":
        return _to_decide(entry)
    return tr("Only an approved story can be shown. Read and approve it first.")


def _phone(hold: bool) -> Way:
    def why_not(entry: QueueEntry) -> Text | None:
        if not entry.may_hold_phone:
            return tr("Nobody can tell any more which phone sent this.")
        # Nobody is told whose phone it is, so what is held back by itself looks the same as what its phone is held for:
        # holding the phone has to be there for both.
        return None if hold or entry.handling == "on_hold" else tr("It is not held back.")

    words = tr("Hold everything from this phone") if hold else tr("Stop holding this phone")
    return Way(
        name="hold_phone" if hold else "let_phone",
        subject="entry",
        command=cmd.HoldPhone,
        words=words,
        fits=_if_there(why_not),
        fixed={"hold": hold},
    )


def _why_no_answer(entry: QueueEntry) -> Text | None:
    if not entry.upvoted:
        return tr("Only a question from the room can be marked as answered.")
    if entry.handling != "approved":
        return tr("Approve it first: only questions that the room can see are marked as answered.")
    return None


def _is_answered(moment: Moment) -> Text | None:
    entry = moment.entry
    is_answered = entry is not None and not entry.gone and entry.upvoted and entry.answer is not None
    return None if is_answered else tr("It is not marked as answered.")


def _why_not_mark(entry: QueueEntry) -> Text | None:
    why = _why_no_answer(entry)
    return tr("It is marked so already.") if why is None and entry.answer is not None else why


def _why_not_retell(entry: QueueEntry) -> Text | None:
    if entry.to_be_retold:
        return None
    return tr("Its owner did not ask for that: only words for “this room, but not my words” are retold.")


def _why_not_reword(entry: QueueEntry) -> Text | None:
    if entry.may_show:
        return None
    return _why_not_retell(entry) if not entry.only_you else _may_not_show(entry)


def _words_now(moment: Moment) -> str:
    """In which words a text is shown."""
    entry = moment.entry
    if entry is None:
        return ""
    # What is said of a note in its register is no part of its words.
    own = entry.parts[:1] if entry.kind == "note" else entry.parts
    return entry.reworded or "\n\n".join(said for _, said in own)


def _answer_words(moment: Moment) -> str:
    answer = moment.entry.answer if moment.entry is not None else None
    return answer.words if answer is not None else ""


def _answer_owner(moment: Moment) -> str:
    answer = moment.entry.answer if moment.entry is not None else None
    return answer.owner if answer is not None else ""


def _show(moment: Moment, typed: Typed) -> FacilitatorCommand:
    del typed
    return cmd.SetScreen(mode="story", subject=given(moment.entry).key)


READ: Final = _moderating("read", "read", tr("Mark as read"))
APPROVE: Final = _moderating("approve", "approved", tr("Approve for the big screen"))
HOLD: Final = _moderating("hold", "on_hold", tr("Hold back"))
UNREAD: Final = _moderating("unread", "new", tr("Mark as not read"))
SHOW: Final = Way(
    name="show", subject="entry", command=cmd.SetScreen, words=tr("Show on the big screen"), fits=_can_show,
    build=_show,
)  # fmt: skip
HOLD_PHONE: Final = _phone(True)
LET_PHONE: Final = _phone(False)
ANSWERED: Final = Way(
    name="answered",
    subject="entry",
    command=cmd.MarkAnswered,
    words=tr("Mark as answered"),
    fits=_if_there(_why_not_mark),
)
UNANSWERED: Final = Way(
    name="unanswered", subject="entry", command=cmd.MarkAnswered, words=tr("Mark as not answered"), fits=_is_answered,
    fixed={"answered": False},
)  # fmt: skip
ANSWER: Final = Way(
    name="answer",
    subject="entry",
    command=cmd.MarkAnswered,
    words=tr("Mark as answered"),
    fits=_if_there(_why_no_answer),
    about=tr("The room reads it beside the question. Both may be left empty."),
    fields=(
        Field(name="words", label=tr("What was the answer, in short?"), usual=_answer_words,
              hint=tr("You can leave it empty.")),
        Field(name="owner", label=tr("Who takes it away to find out?"), usual=_answer_owner,
              hint=tr("Empty when it was answered.")),
    ),
)  # fmt: skip
RETELL: Final = Way(
    name="retell",
    subject="entry",
    command=cmd.Retell,
    words=tr("Keep your words"),
    fits=_if_there(_why_not_retell),
    fields=(
        Field(
            name="words", label=tr("What is it about, in your words?"), kind="lines",
            usual=lambda moment: moment.entry.retold if moment.entry is not None else "",
            hint=tr("So that nobody can tell whose it is. Its own words are deleted when the write-up is finished; "
                    "yours stay. Empty takes yours away."),
        ),
    ),
)  # fmt: skip
REWORD: Final = Way(
    name="reword",
    subject="entry",
    command=cmd.Reword,
    words=tr("Show it in these words"),
    fits=_if_there(_why_not_reword),
    fields=(
        Field(
            name="words", label=tr("In which words may others read it?"), kind="lines", usual=_words_now,
            hint=tr("Without names and addresses, say. Its own words are kept, for you alone. "
                    "Empty shows them again."),
        ),
    ),
)  # fmt: skip


def _why_not_withdraw(entry: QueueEntry) -> Text | None:
    return None if entry.may_be_taken_back else tr("Only what a phone sent can be taken back for its owner.")


WITHDRAW: Final = Way(
    name="withdraw", subject="entry", command=cmd.WithdrawWords, words=tr("Take it back for its owner"),
    fits=_if_there(_why_not_withdraw),
)  # fmt: skip

QUEUE: Final = Act(
    name="queue", key="s", label=tr("Read"), title=tr("Read what people sent"), page="reading", in_footer=True,
    help=tr("What people sent: read, approve, hold, show, and write what a story is about."),
)  # fmt: skip

ON_ENTRY: Final = (
    *safety.ON_ENTRY,
    Act(name="approve", key="a", label=tr("Approve"), title=tr("Approve for the big screen"), page="reading",
        help=tr("Let the room see it."), ways=(APPROVE,)),
    Act(name="hold", key="h", label=tr("Hold"), title=tr("Hold back"), page="reading",
        help=tr("Keep it from the room."), ways=(HOLD,)),
    Act(name="hold_phone", key="H", label=tr("Hold phone"), title=tr("Hold everything from this phone"),
        page="reading", help=tr("Keep everything from the phone that sent this from the room, without learning whose "
                                "it is."), ways=(HOLD_PHONE, LET_PHONE)),
    Act(name="show", key="b", label=tr("Big screen"), title=tr("Show on the big screen"), page="reading",
        help=tr("Put an approved one on the big screen."), ways=(SHOW,)),
    Act(name="answered", key="m", label=tr("Answered"), title=tr("Mark as answered, or not"), page="reading",
        help=tr("Mark a question as answered; again takes it back."), ways=(UNANSWERED, ANSWERED)),
    Act(name="answer", key="w", label=tr("In words"), title=tr("What became of this question"), page="reading",
        help=tr("Say what the answer was, or who takes the question away to find out."), ways=(ANSWER,)),
    Act(name="retell", key="t", label=tr("Other words"), title=tr("Say it in other words"), page="reading",
        help=tr("Take a name out, say: others then read your words. Where its owner allows no more, write what a "
                "story is about."), ways=(RETELL, REWORD)),
    *naming.ACTS,
    Act(name="withdraw", key="B", label=tr("Take back"), title=tr("Take it back for its owner"), page="reading",
        help=tr("Where its owner asks for it: its words are deleted for good. Asks first."), ways=(WITHDRAW,)),
    Act(name="unread", key="r", label=tr("Unread"), title=tr("Mark as read, or not"), page="reading",
        help=tr("Between read and unread."), ways=(READ, UNREAD)),
)  # fmt: skip
"""What can be done with one text (`Moment.entry`)."""


def kinds_shown(snapshot: Snapshot) -> dict[str, Message]:
    """What the reading queue can be narrowed down to in this session, in the order in which it goes round.

    As `QueueEntry.kind`, with everything under the empty name.
    """
    from workshop_tui.kinds.registry import KINDS

    asked = {line.kind for line in snapshot.items}
    gathered = {name: kind for name, kind in KINDS.items() if name in asked and isinstance(kind, Gathering)}
    shown: dict[str, Message] = {"": tr("Everything"), **{name: kind.noun.many for name, kind in gathered.items()}}
    if any(line.is_poll for line in snapshot.items):
        shown["reason"] = tr("Reasons")
    if any(kind.upvoted for kind in gathered.values()):
        shown["answer"] = tr("Your answers")
    return {**shown, "note": tr("Your notes")}


def found_words(page: QueuePage, words: str) -> Message:
    """What a search has found so far."""
    return trn(
        "{n} text holds “{words}”, among {first} to {last} of {total}.",
        "{n} texts hold “{words}”, among {first} to {last} of {total}.",
        len(page.entries), words=words, first=min(page.offset + 1, page.total), last=page.offset + page.looked,
        total=page.total,
    )  # fmt: skip


def who_may_read(entry: QueueEntry) -> tuple[Text, ...]:
    """Who may see a text, in whole sentences."""
    if entry.kind == "reason":
        return (tr("For today's report, once you approve it. The big screen and phones never show it."),)
    if entry.kind == "answer":
        return (tr("You wrote it: the room and today's report show it, unless you hold it back."),)
    if entry.kind == "note":
        return (tr("You wrote it: today's report shows it, unless you hold it back."),)
    if entry.withheld:
        return (tr("It is for nobody now: it is never shown, and it is deleted when the write-up is finished."),)
    if entry.only_you:
        return (
            tr("Only you can read this."),
            tr("It is never shown, and it is deleted when the write-up is finished."),
        )
    if not entry.asks_consent:
        return (tr("For the room, once you approve it."),)
    chose = tr("Its owner chose: {words}", words=level_words(entry.consent))
    if entry.wishes:
        chose = tr("As its words say more than its tick: {words}", words=level_words(entry.consent))
    return (chose, tr("Its own words are deleted.")) if entry.gone else (chose,)


class Several(Struct, frozen=True):
    """What an act comes to that is done with several texts."""

    commands: tuple[tuple[str, FacilitatorCommand], ...]
    """(key of the text, what to send) for those with which it can be done."""
    refused: tuple[Text, ...]
    """Why it cannot be done with the others, each reason once."""
    hidden: int
    """With how many not because they may not be shown word for word."""


def several(act: Act, moment: Moment, entries: Sequence[QueueEntry], name: str) -> Several:
    """An act with each of several texts; what is wrong with one keeps none of the others back.

    Args:
        act: What is done with each.
        moment: What the desk sees.
        entries: The texts.
        name: Names the whole: one act, one undo.
    """
    commands: list[tuple[str, FacilitatorCommand]] = []
    refused: dict[Text, None] = {}
    hidden = 0
    for entry in entries:
        about = replace(moment, entry=entry)
        way = act.way(about)
        if way is not None:
            command = way.make(about, {})
            commands.append((entry.key, replace(command, act=name) if isinstance(command, cmd.Moderate) else command))
        else:
            refused[act.why_not(about) or ""] = None
            hidden += act.name == "approve" and not entry.may_show
    return Several(tuple(commands), tuple(refused), hidden)


def several_words(act: str, total: int, left: int, hidden: int) -> Message:
    """What became of several at once.

    Args:
        act: The name of what was done with each.
        total: How many there were.
        left: With how many it was not done.
        hidden: How many of those were not approved because they may not be shown word for word.
    """
    done = total - left
    if left and left == hidden:
        return trn(
            "Approved {done} of {total}; {n} may not be shown word for word.",
            "Approved {done} of {total}; {n} may not be shown word for word.",
            left, done=done, total=total,
        )  # fmt: skip
    match act, bool(left):
        case "approve", False:
            return trn("Approved {n}.", "Approved {n}.", total)
        case "approve", True:
            return trn("Approved {done} of {total}; {n} stays marked.", "Approved {done} of {total}; {n} stay marked.",
                       left, done=done, total=total)  # fmt: skip
        case "hold", False:
            return trn("Held back {n}.", "Held back {n}.", total)
        case "hold", True:
            return trn("Held back {done} of {total}; {n} stays marked.",
                       "Held back {done} of {total}; {n} stay marked.", left, done=done, total=total)  # fmt: skip
        case _, False:
            return trn("Turned {n} between read and unread.", "Turned {n} between read and unread.", total)
        case _:
            return trn("Turned {done} of {total} between read and unread; {n} stays marked.",
                       "Turned {done} of {total} between read and unread; {n} stay marked.",
                       left, done=done, total=total)  # fmt: skip


def lines_on_words(entry: QueueEntry) -> tuple[Message, ...]:
    """How many lines of the write-up rest on a text; nothing where none does."""
    if not entry.lines_count:
        return ()
    many = entry.lines_count
    said = trn("{n} line of the write-up rests on this:", "{n} lines of the write-up rest on this:", many)
    hidden = many - len(entry.lines)
    more = trn("{n} of them is not shown here.", "{n} of them are not shown here.", hidden)
    return (said, more) if hidden else (said,)
