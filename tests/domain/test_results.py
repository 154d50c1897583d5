"""What stands beside a result: the sentences and the room that two counts take."""

from __future__ import annotations

import pytest

from workshop_tui.domain.blocks import Bars, Option, Statement, ViewBlock
from workshop_tui.domain.honesty import Turnout
from workshop_tui.domain.results import CountedRound, change_sentences, result_blocks
from workshop_tui.domain.state import Compared, Round
from workshop_tui.kinds.single import OneChoice, Single, SingleConfig
from workshop_tui.messages import ENGLISH


def a_round(key: str, compared: Compared | None = None, status: str = "sealed") -> Round:
    return Round(
        key=key, item="i01", number=1, question="?", config={}, kind="single", opened_at=0, status=status,
        again="i01.1" if key != "i01.1" else "", compared=compared,
    )  # fmt: skip


def counted(key: str, options: int) -> CountedRound:
    config = SingleConfig(options=tuple(Option(chr(97 + n), f"Way {n}") for n in range(options)))
    return CountedRound(a_round(key), Single(), config, {OneChoice("a"): 3}, Turnout(answered=3, joined=4))


@pytest.mark.parametrize(
    ("compared", "said"),
    [
        (Compared(few=True), ("Fewer than 10 people answered both times.",)),
        (Compared(few=False, both=31, changed=12),
         ("12 of 31 who answered both times (some, 39%) changed their answer.",)),
        (Compared(few=False, both=29, changed=29),
         ("29 of 29 who answered both times (all of them) changed their answer.",)),
        (Compared(few=False, both=10), ("None of the 10 who answered both times changed their answer.",)),
        (Compared(few=False, both=10, changed=1, only_before=1, only_now=2),
         ("1 of 10 who answered both times changed their answer.",
          "1 person answered only the first time.",
          "2 people answered only the second time.")),
        (None, ("How many changed their answer was not counted.",)),
    ],
)  # fmt: skip
def test_changes_are_said_with_their_base(compared: Compared | None, said: tuple[str, ...]) -> None:
    assert tuple(map(str, change_sentences(a_round("i02.1", compared)))) == said


@pytest.mark.parametrize("status", ["open", "closed", "void"])
def test_nothing_is_said_of_changes_before_they_are_counted(status: str) -> None:
    assert change_sentences(a_round("i02.1", None, status)) == ()


def leading(blocks: tuple[ViewBlock, ...]) -> int:
    """How many sentences say what leads."""
    said = [ENGLISH.text(block.text) for block in blocks if isinstance(block, Statement)]
    return sum("has the most" in text for text in said)


def test_the_big_screen_has_both_counts_the_second_first() -> None:
    for options in (2, 20):
        big = result_blocks(counted("i02.1", options), counted("i01.1", options), big=True)
        elsewhere = result_blocks(counted("i02.1", options), counted("i01.1", options))

        assert [bars for bars in big if isinstance(bars, Bars)] == [
            bars for bars in reversed(elsewhere) if isinstance(bars, Bars)
        ]
        assert _times(big) == ["The second time:", "The first time:"]
        assert _times(elsewhere) == ["The first time:", "The second time:"]
        # What leads is said once on the big screen, of the second count, and of both everywhere else.
        assert (leading(big), leading(elsewhere)) == (1, 2)


def _times(blocks: tuple[ViewBlock, ...]) -> list[str]:
    said = [str(block.text[0]) for block in blocks if isinstance(block, Statement) and isinstance(block.text, tuple)]
    return [each for each in said if each.endswith("time:")]
