"""Acts of the big screen: what it shows, and what it can show now."""

from __future__ import annotations

from typing import Final, Literal

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.state import ScreenMode
from workshop_tui.messages import Message, Text, tr
from workshop_tui.views.act import Act, Way
from workshop_tui.views.moment import Moment

Mode = Literal["join", "promise", "question", "results", "blank", "closing"]

SCREEN_SENTENCES: Final[dict[ScreenMode, Message]] = {
    "join": tr("It shows how to join."),
    "promise": tr("It shows what is promised to the room."),
    "question": tr("It shows the question."),
    "results": tr("It shows the result, or the questions from the room."),
    "story": tr("It shows one thing that was approved."),
    "received": tr("It shows what was handed to us."),
    "blank": tr("It shows nothing."),
    "closing": tr("It says thank you, and what was promised."),
}
"""What the big screen shows, by its mode."""

_ROUND: Final[tuple[Mode, ...]] = ("results", "question", "closing", "join", "promise", "blank")


def has_results(moment: Moment) -> bool:
    """Whether there is a result, or questions with votes, that the room may see."""
    here, round_ = moment.snapshot.here, moment.snapshot.round
    return (here is not None and here.listed > 0) or (round_ is not None and round_.shown)


def next_mode(moment: Moment) -> Mode:
    """What it shows after this: results where they are shown, question, join, blank, and round again."""
    closes = is_closing(moment)
    shown = {"results": has_results(moment), "closing": closes, "promise": bool(moment.snapshot.promises)}
    cycle = [mode for mode in _ROUND if shown.get(mode, True)]
    here = moment.snapshot.screen
    return cycle[(cycle.index(here) + 1) % len(cycle)] if here in cycle else cycle[0]


def is_closing(moment: Moment) -> bool:
    """Whether the room is at its last item, or past it."""
    snapshot = moment.snapshot
    last = next((each.number for each in reversed(snapshot.items) if each.status != "skipped"), 0)
    return snapshot.phase in ("people_left", "finished") or (snapshot.here is not None and snapshot.here.number == last)


def _showing(mode: Mode, words: Message) -> Way:
    def fits(moment: Moment) -> Text | None:
        if moment.snapshot.screen == mode:
            return tr("The big screen shows that already.")
        if mode == "promise" and not moment.snapshot.promises:
            return tr("No more is promised than what stands beside the join square.")
        if mode == "results" and not has_results(moment):
            return tr("This result has not been revealed. Reveal it first.")
        return None

    return Way(name=f"screen_{mode}", command=cmd.SetScreen, words=words, fits=fits, fixed={"mode": mode})


SCREEN: Final = Act(
    name="screen", key="b", label=tr("Big screen"), title=tr("Big screen: question, join or blank"), in_footer=True,
    help=tr("What the big screen shows: results once revealed, question, join, blank."),
    ways=(
        _showing("join", tr("Show how to join")),
        _showing("promise", tr("Show what is promised to the room")),
        _showing("question", tr("Show the question")),
        _showing("results", tr("Show the result, or the questions from the room")),
        _showing("closing", tr("Say thank you and show what was promised")),
        _showing("blank", tr("Show nothing")),
    ),
)  # fmt: skip
"""Its ways are for choosing; one key that goes round sends `next_mode`."""


def _turning(name: str, by: Literal[1, -1], words: Message) -> Way:
    return Way(
        name=name,
        command=cmd.TurnScreen,
        words=words,
        fits=lambda moment: tr("The big screen shows nothing.") if moment.snapshot.screen == "blank" else None,
        build=lambda moment, said: cmd.TurnScreen(by=by),
    )


TURNS: Final = (
    Act(
        name="screen_on", key=">", keys="greater_than_sign,full_stop", title=tr("Big screen: next part"),
        help=tr("Where not everything fits, the big screen says “Part 1 of 2”: this shows the next, and after the last "
                "the first."),
        ways=(_turning("screen_on", 1, tr("Show the next part")),),
    ),
    Act(
        name="screen_back", key="<", keys="less_than_sign,comma", title=tr("Big screen: part before"),
        help=tr("The part before on the big screen."),
        ways=(_turning("screen_back", -1, tr("Show the part before")),),
    ),
)  # fmt: skip
"""The big screen alone knows how many parts there are, so it counts round."""
