"""How numbers are said: never bigger, surer or rounder than they are.

One module for phones, screen, console and report, so that a result cannot sound different in two places. The
rules are those of the project's requirements for honest reporting: the base is always said; percentages only
from 30 answers on and in whole numbers; a word for how many stands beside a count of people; a low response, and a
small group of one mind, are warned of; a winner is never named without its runner-up and the margin between them.
There are no averages of answers, no error bars and no tests of significance: the people in the room were not drawn
by lot.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

PERCENT_BASE: Final = 30
"""Fewest answers for which a percentage may be said."""

LOW_RESPONSE: Final = (3, 5)
"""Warn when fewer than this share of the people present answered, as a fraction: 0.6."""

SMALL_GROUP: Final = 10
"""Below this many answers, unanimity tells what each person said."""

FIXED_LINE: Final = "These are the views of people who took part. They were not chosen to stand for everyone."
"""Printed with every result."""

PROPORTIONS: Final = ((1, 5, "a few"), (1, 2, "some"), (4, 5, "most"))
"""Words for a part of the people, each for what is below its fraction: (1, 5, "a few") is below one in five."""

PROPORTIONS_LINE: Final = (
    "Beside a count of people, “a few” is under 20%, “some” under half, “most” over half and “nearly all” 80% or more."
)
"""Printed once in every report."""

NO_ANSWERS: Final = "Nobody has answered."

SUPPRESSED: Final = 7
"""The largest number that is never told where numbers are rounded."""

ROUNDED_LINE: Final = (
    "Numbers are rounded: * stands for 1 to 7 people, the others are to the nearest 5, and 0 is nobody."
)
"""Printed with every table of rounded numbers."""

Line = tuple[str, int]
"""What was counted and how often: ("Waiting", 12)."""


class Turnout(Struct, frozen=True, kw_only=True):
    """Who answered a question, out of whom."""

    answered: int
    """People with a counted answer."""
    skipped: int = 0
    """People who chose not to answer."""
    joined: int = 0
    """Phones that had joined."""
    present: int | None = None
    """People in the room, as the facilitator counted them; None until said."""
    rounded: bool = False
    """Whether the numbers may only be told rounded; `coarse` makes them so."""

    @property
    def base(self) -> int:
        """How many could have answered: those present, or the phones that joined; never fewer than did."""
        people = self.joined if self.present is None else self.present
        return max(people, self.answered + self.skipped)

    @property
    def out_of(self) -> str:
        """How many answered, out of how many: "31 of 42"; rounded, "about 30 of about 40", or "fewer than 8"."""
        if not self.rounded:
            return f"{self.answered} of {self.base}"
        answered, base = (count_words(number, rounded=True) for number in (self.answered, _nearest(self.base)))
        return f"{answered} of {base}" if self.base > SUPPRESSED else answered


class Standing(Struct, frozen=True):
    """What shares one place."""

    place: int
    """1 for the first; after a tie the next numbers are left out."""
    value: int
    labels: tuple[str, ...]
    """All that have this value, in the order given; more than one is a tie."""


def base_sentence(turnout: Turnout) -> str:
    """Who answered, out of how many: "31 of 42 people answered; 2 skipped."."""
    if turnout.rounded:
        said = f"{turnout.out_of} people answered."
        return said[:1].upper() + said[1:]
    skipped = f"; {turnout.skipped} skipped" if turnout.skipped else ""
    return f"{turnout.answered} of {people_words(turnout.base)} answered{skipped}."


def surplus_caution(turnout: Turnout) -> str:
    """A warning when more answered than the facilitator counted: a count that is old, or a person with two phones."""
    if turnout.rounded or turnout.present is None or turnout.answered + turnout.skipped <= turnout.present:
        return ""
    return f"That is more than the {turnout.present} counted in the room. Some may have answered twice."


def response_caution(turnout: Turnout) -> str:
    """A warning when fewer than 6 in 10 answered; empty otherwise, and where nobody was there."""
    part, whole = LOW_RESPONSE
    if turnout.base == 0 or turnout.answered * whole >= turnout.base * part:
        return ""
    if turnout.rounded:
        return "Many did not answer."
    return f"Many did not answer: {turnout.base - turnout.answered} of {turnout.base}."


def unanimous_caution(most_alike: int, answered: int) -> str:
    """A warning when a small group is of one mind; empty otherwise.

    Args:
        most_alike: How many people gave the most frequent answer.
        answered: How many people answered at all.
    """
    if not 0 < answered < SMALL_GROUP or most_alike != answered:
        return ""
    if answered == 1:
        return "Only one person answered: publishing this tells what that person said."
    return f"All {answered} gave the same answer. In so small a group, publishing this tells what each person said."


def cautions(turnout: Turnout, *, everybody: bool = True) -> tuple[str, ...]:
    """The sentences that stand with every result, in order: base, too many, low response, whose views these are.

    Where nobody answered there are no views, and the base says all there is to say.

    Args:
        turnout: Who answered.
        everybody: Whether all in the room were asked; of a few named people the others are no low response.
    """
    if turnout.answered == 0:
        return (base_sentence(turnout),)
    low = response_caution(turnout) if everybody else ""
    said = (base_sentence(turnout), surplus_caution(turnout), low, FIXED_LINE)
    return tuple(line for line in said if line)


def rounded(count: int) -> str:
    """A number of people as official statistics on small groups tell it.

    The rule of Hospital Episode Statistics since September 2018 (NHS Digital): 1 to 7 is not told ("*"), all else is
    to the nearest 5; nobody stays 0.
    """
    return "*" if 0 < count <= SUPPRESSED else str(_nearest(count))


def coarse(turnout: Turnout) -> Turnout:
    """The same with its number of answers rounded, 5 standing for all from 1 to 7, and without who skipped."""
    answered = 5 if 0 < turnout.answered <= SUPPRESSED else _nearest(turnout.answered)
    return Turnout(answered=answered, joined=turnout.joined, present=turnout.present, rounded=True)


def count_words(count: int, *, rounded: bool) -> str:
    """A number of people in words: "31"; of a rounded number "about 30", "fewer than 8", or "0"."""
    if not rounded or not count:
        return str(count)
    return f"fewer than {SUPPRESSED + 1}" if count <= SUPPRESSED else f"about {count}"


def people_words(count: int) -> str:
    """A number of people with the word for them: "1 person", "31 people"."""
    return "1 person" if count == 1 else f"{count} people"


def _nearest(count: int) -> int:
    """To the nearest 5."""
    return 5 * ((count + 2) // 5)


def percent(count: int, base: int) -> str:
    """A whole percentage such as "29%"; empty where fewer than `PERCENT_BASE` answered.

    Halves are rounded up. What is not nobody is never "0%", and what is not everybody never "100%".
    """
    if base < PERCENT_BASE:
        return ""
    whole = (200 * count + base) // (2 * base)
    if whole == 0 and count > 0:
        return "less than 1%"
    if whole == 100 and count < base:
        return "more than 99%"
    return f"{whole}%"


def proportion_words(count: int, base: int, *, narrower: bool = False) -> str:
    """How many of the people that is, in words: "a few" for 2 people up to under 20%, "some", "most", "nearly all".

    The words and where they change (20%, 50%, 80%) are those of the project's requirements. Three refinements are our
    own. Exactly half is "half": "most" begins there in the requirements and would say more than is true. Words go by
    the counts and not by the rounded percentage: 119 of 240 people are "some", though that is said as 50%. And where
    the base is narrower than those who answered, all of it is "all of them".

    Args:
        count: How many people, from 0 to the base.
        base: Out of how many.
        narrower: Whether some who answered are not in the base, such as those who left an option out.

    Returns:
        Never empty: 0 is "nobody", and 1 is "one person" whatever the base.
    """
    if count <= 0:
        return "nobody"
    if count == 1:
        return "one person"
    if count >= base:
        return "all of them" if narrower else "all who answered"
    if 2 * count == base:
        return "half"
    below = (words for part, whole, words in PROPORTIONS if count * whole < base * part)
    return next(below, "nearly all")


def in_brackets(count: int, base: int, *, narrower: bool = False) -> str:
    """What stands in brackets after a count of people and its base, as of `proportion_words`: " (some, 39%)".

    The word is left out for nobody and for one person, which the count says itself; the percentage where the base is
    small. Empty where both are left out. Not for numbers that are told rounded: the word would tell more than they do.
    """
    word = proportion_words(count, base, narrower=narrower) if count > 1 else ""
    said = ", ".join(part for part in (word, percent(count, base)) if part)
    return f" ({said})" if said else ""


def share(count: int, base: int, *, narrower: bool = False) -> str:
    """A count of people with its base, as of `in_brackets`: "12 of 31 people (some, 39%)", "4 of 9 people (some)"."""
    return f"{count} of {people_words(base)}{in_brackets(count, base, narrower=narrower)}"


def standings(lines: Sequence[Line]) -> tuple[Standing, ...]:
    """The places, highest value first; lines with the same value share one, and nothing breaks a tie."""
    places: list[Standing] = []
    place = 1
    for value in sorted({value for _, value in lines}, reverse=True):
        labels = tuple(label for label, each in lines if each == value)
        places.append(Standing(place=place, value=value, labels=labels))
        place += len(labels)
    return tuple(places)


def leading_sentence(lines: Sequence[Line], total: int, unit: str = "people", people: int = 0) -> str:
    """Who leads, always with base, runner-up and margin: "Waiting has the most: 12 of 31 people (some, 39%). Next …".

    Args:
        lines: Everything that could be chosen, with its count.
        total: The base: how many people answered, or how many dots were placed.
        unit: What is counted, in the plural.
        people: How many people answered, where something else is counted.

    Returns:
        One or two sentences; a tie is said as a tie, and an empty result as nobody having answered.
    """
    places = standings(lines)
    if total <= 0 or not places or places[0].value <= 0:
        return NO_ANSWERS
    first, rest = places[0], places[1:]
    base = f"{first.value} of {total} {unit}"
    if unit == "people":
        base = share(first.value, total)
    elif people:
        base += f" from {people_words(people)}"
    if len(first.labels) > 1:
        return f"{listed(first.labels)} tie for the most: each has {base}.{_next(rest)}"
    return f"{listed(first.labels)} has the most: {base}.{_next(rest, ahead_of=first.value)}"


def listed(labels: Sequence[str]) -> str:
    """Labels as words of a sentence: “A”, “B” and “C”."""
    quoted = [f"“{label}”" for label in labels]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def amount_words(amount: str, unit: str) -> str:
    """An amount with its unit: "£5" for a sign, "5 points" for a word, the bare amount without a unit."""
    if not unit:
        return amount
    return f"{amount} {unit}" if unit[0].isalpha() else f"{unit}{amount}"


def _next(rest: Sequence[Standing], *, ahead_of: int = 0) -> str:
    """The runner-up and how far behind it is, as a sentence to follow the leader's.

    Args:
        rest: The places after the first.
        ahead_of: What a leader alone has; 0 in a tie.
    """
    if not rest:
        return " There was nothing else to choose." if ahead_of else ""
    runner_up = rest[0]
    if runner_up.value <= 0:
        return " Nobody chose anything else."
    margin = f" ({ahead_of - runner_up.value} fewer)" if ahead_of else ""
    if len(runner_up.labels) > 1:
        return f" Next, tied: {listed(runner_up.labels)}, with {runner_up.value} each{margin}."
    return f" Next is {listed(runner_up.labels)}, with {runner_up.value}{margin}."
