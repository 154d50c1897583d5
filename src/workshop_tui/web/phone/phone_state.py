"""What a phone is to show at this moment, from the state alone; the same for every phone."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.activity import Kinds
from workshop_tui.domain.asking import gathering_of, poll_of
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.state import ItemState, Round, SessionState
from workshop_tui.domain.timing import MINUTE
from workshop_tui.messages import Message, Quoted, tr

StateName = Literal["before", "item", "soon", "open", "closed", "void", "result", "gather", "shut", "ended", "paused"]
"""before: nothing opened yet · item: nothing to do on phones · soon: a poll whose vote is not open yet ·
open, closed, void, result: a poll's newest round · gather, shut: a gathering that takes words, or no longer ·
ended: the workshop is over · paused: everything is, in place of a page on which nobody can write."""


class PhoneState(Struct, frozen=True):
    """What phones show, and of what."""

    name: StateName
    page: str
    """Names it; a phone whose page has another name is told that there is something new."""
    here: ItemState | None = None
    round: Round | None = None
    still: frozenset[str] = frozenset()
    """The pages of questions that still take answers, whatever is asked now."""
    paused: bool = False
    """Whether everything is paused; a page on which people write stays the one it was, with what they wrote."""


def phone_state_of(state: SessionState, kinds: Kinds, listed: int = 0) -> PhoneState:
    """What phones are to show now.

    Args:
        state: The room's.
        kinds: The registry.
        listed: A number for the list of questions that phones show; 0 for none.
    """
    showing = _phone_state(state, kinds, listed)
    votes = {f"{each.key}-open" for each in state.rounds if each.status == "open"}
    still = votes | {f"{each.item.key}-gather" for each in state.items if each.gathering_open}
    if state.pause is not None and showing.name not in ("open", "gather"):
        # What is only to be read may be what the pause is for.
        showing = PhoneState("paused", "paused", showing.here)
    return replace(showing, still=frozenset(still), paused=state.pause is not None)


def _phone_state(state: SessionState, kinds: Kinds, listed: int) -> PhoneState:
    here = state.here
    if state.ended_at is not None:
        return PhoneState("ended", "ended", here, _shown(state.last_round))
    if here is None:
        return PhoneState("before", "before")
    key = here.item.key
    if gathering_of(here.item, kinds) is not None:
        name: StateName = "gather" if here.gathering_open else "shut"
        return PhoneState(name, f"{key}-{name}" + (f"-{listed}" if listed else ""), here)
    if poll_of(here.item, kinds) is None:
        # A vote that was left open on purpose is still there to answer while nothing else is asked.
        left = state.left_open[-1] if state.left_open else None
        if left is not None:
            return PhoneState("open", f"{left.key}-open", here, left)
        back = f"-{here.ends_at // MINUTE}" if here.item.is_break and here.ends_at is not None else ""
        return PhoneState("item", f"{key}-item{back}", here)
    last = state.last_round
    if last is None:
        return PhoneState("soon", f"{key}-soon-{len(here.options)}", here)
    name = _of_round(last)
    return PhoneState(name, f"{last.key}-{name}", here, last)


def _of_round(round_: Round) -> StateName:
    if round_.status == "void":
        return "void"
    if round_.status == "open":
        return "open"
    return "result" if round_.shown else "closed"


def _shown(round_: Round | None) -> Round | None:
    return round_ if round_ is not None and round_.shown and round_.status != "void" else None


def question_number(state: SessionState, about: str = "") -> tuple[int, int]:
    """Which question of how many an item is; (0, 0) where it asks nothing, and once people have left.

    Args:
        state: The room's.
        about: The item's key; empty for the one that is open.
    """
    if state.ended_at is not None:
        return (0, 0)
    key = about or state.current
    asking = [each.item.key for each in state.items if each.item.activity is not None and each.status != "skipped"]
    return (asking.index(key) + 1, len(asking)) if key in asking else (0, 0)


def asked_words(state: SessionState, round_: Round) -> Quoted:
    """A round's question as it was asked, and in the further languages that its item has."""
    each = state.item(round_.item)
    others = state.agenda.asked(each.item).texts if each is not None else ()
    return Quoted(round_.question, state.agenda.language, others)


Options = tuple[tuple[str, Quoted], ...]
"""The letter and the words of each."""


def options_of(config: object) -> Options:
    """What a question lets people choose from; nothing where it is no choice."""
    options: tuple[Option, ...] = getattr(config, "options", ())
    return tuple((option.key.upper(), option.words) for option in options)


GO_ON: Final = tr("Go on")

PAUSED: Final = tr("We are taking a short pause. Your words are safe.")
"""What the strip says while nothing is taken: it goes away by itself."""

STRIP_WORDS: dict[StateName, tuple[Message, Message]] = {
    "before": (tr("We have not started yet."), GO_ON),
    "item": (tr("We have moved on."), GO_ON),
    "soon": (tr("The next question comes soon."), GO_ON),
    "open": (tr("The next question is open."), tr("Go to the question")),
    "closed": (tr("This question is closed."), GO_ON),
    "void": (tr("We stopped this question."), GO_ON),
    "result": (tr("The result is here."), tr("See the result")),
    "gather": (tr("The next question is open."), tr("Go to the question")),
    "shut": (tr("This question is closed."), GO_ON),
    "ended": (tr("The workshop has ended."), GO_ON),
    "paused": (PAUSED, GO_ON),
}
"""What the strip of an older page says of what phones show now, and the words of its link."""


class News(Struct, frozen=True):
    """What is new for a phone on a page."""

    said: Message
    link: Message | None = None
    """The words of its link, if it has one."""
    over: bool = False
    """Whether what the page said is no longer so, and there is nothing on it to read on or to answer.

    A phone then goes on by itself, unless there is a form on its page.
    """

    @property
    def is_pause(self) -> bool:
        """Whether everything is paused: other people's words go from the page as long as that lasts."""
        return self.said == PAUSED


def strip_words(showing: PhoneState, page: str) -> News | None:
    """What is new for a phone on `page`; None when nothing is."""
    if page == showing.page:
        return News(PAUSED) if showing.paused and showing.name != "paused" else None
    said, link = STRIP_WORDS[showing.name]
    if (
        showing.name in ("gather", "shut")
        and showing.here is not None
        and page.startswith(f"{showing.here.item.key}-{showing.name}")
    ):
        if showing.paused:
            # Its list is put away as long as that lasts.
            return News(PAUSED, over=True)
        # The very page the phone shows: only its list of questions has changed.
        return News(tr("There is news about the questions."), tr("See it"))
    if showing.name == "item" and showing.here is not None and page.startswith(f"{showing.here.item.key}-item"):
        return News(tr("The break ends at another time."), tr("See it"), over=True)
    if showing.name == "open" and showing.round is not None and page == f"{showing.round.key}-closed":
        said = tr("The question is open again.")
    question, _, moment = page.rpartition("-")
    if moment.isdecimal():
        question, _, moment = question.rpartition("-")
    return News(said, link, over=moment != "result" and f"{question}-{moment}" not in showing.still)
