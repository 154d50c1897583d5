"""Every honest sentence at the bases where the rules change, as one page to read: tests/domain/honesty.txt.

After a wanted change, `python -m tests.domain.test_honesty_golden` writes the page anew; read what changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workshop_tui.domain.honesty import (
    Turnout,
    base_sentence,
    cautions,
    leading_sentence,
    percent,
    proportion_words,
    share,
    unanimous_caution,
)
from workshop_tui.messages import ENGLISH

said = ENGLISH.text

PAGE = Path(__file__).with_name("honesty.txt")
BASES = (0, 1, 5, 9, 29, 30, 100)
PERCENTS = (0, 1, 19, 20, 49, 50, 51, 79, 80, 99, 100)
"""Where the words for how many change, and next to it."""


def rooms(base: int) -> dict[str, tuple[int, int, int]]:
    """How answers may fall on three options."""
    most = base - base // 3
    return {
        "of one mind": (base, 0, 0),
        "a leader": (most, base - most, 0),
        "a tie": (base // 2, base // 2, base % 2),
        "a tie of all": (base // 3, base // 3, base // 3),
    }


def sentences() -> Iterator[str]:
    """The page, line by line."""
    for base in BASES:
        yield f"## {base} answered"
        yield from map(str, cautions(Turnout(answered=base, joined=base + 2)))
        yield str(base_sentence(Turnout(answered=base, skipped=1, present=2 * base + 3)))
        yield f"a third: {said(share(base // 3, base))}; {said(percent(base // 3, base)) or 'no percentage'}"
        for count in dict.fromkeys(part * base // 100 for part in PERCENTS):
            yield f"{said(share(count, base))}: {said(proportion_words(count, base))}"
        yield f"all of a part of those who answered: {said(share(base, base, narrower=True))}"
        for name, (first, second, third) in rooms(base).items():
            total = first + second + third
            lines = (("Waiting", first), ("Letters", second), ("Somewhere else", third))
            yield f"{name}: {said(leading_sentence(lines, total))}"
            dots = tuple((label, 3 * count) for label, count in lines)
            yield f"{name}, in dots: {said(leading_sentence(dots, 3 * total, 'dots', total))}"
            yield f"{name}, a small group: {said(unanimous_caution(max(first, second, third), total)) or 'no warning'}"
        yield ""


def test_every_honest_sentence_is_as_it_was_read_and_agreed() -> None:
    assert "\n".join(sentences()) == PAGE.read_text(encoding="utf-8")


if __name__ == "__main__":
    PAGE.write_text("\n".join(sentences()), encoding="utf-8")
