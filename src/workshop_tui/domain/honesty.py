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
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.domain.blocks import Statement, ViewBlock, Words
from workshop_tui.domain.units import UNITS
from workshop_tui.messages import Counted, Listed, Message, Percent, Sentences, Text, Verbatim, counted, tr, trn

PERCENT_BASE: Final = 30
"""Fewest answers for which a percentage may be said."""

LOW_RESPONSE: Final = (3, 5)
"""Warn when fewer than this share of the people present answered, as a fraction: 0.6."""

SMALL_GROUP: Final = 10
"""Below this many answers, unanimity tells what each person said."""

FIXED_LINE: Final = tr("These are the views of people who took part. They were not chosen to stand for everyone.")
"""Printed with every result."""

_PROPORTIONS: Final = ((1, 5, tr("a few")), (1, 2, tr("some")), (4, 5, tr("most")))
"""Words for a part of the people, each for what is below its fraction: (1, 5, "a few") is below one in five."""

PROPORTIONS_LINE: Final = tr(
    "Beside a count of people, “a few” is under 20%, “some” under half, “most” over half and “nearly all” 80% or more."
)
"""Printed once in every report."""

NO_ANSWERS: Final = tr("Nobody has answered.")

SUPPRESSED: Final = 7
"""The largest number that is never told where numbers are rounded."""

ROUNDED_LINE: Final = tr(
    "Numbers are rounded: * stands for fewer than 8 people, the others are to the nearest 5, and 0 is nobody."
)
"""Printed with every table of rounded numbers."""

Line = tuple[Words, int]
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
    few: bool = False
    """Of rounded numbers: whether the true ones are a low response."""

    @property
    def base(self) -> int:
        """How many could have answered: those present, or the phones that joined; never fewer than did."""
        people = self.joined if self.present is None else self.present
        return max(people, self.answered + self.skipped)

    @property
    def is_beyond(self) -> bool:
        """Whether more answered or skipped than the facilitator counted."""
        return not self.rounded and self.present is not None and self.answered + self.skipped > self.present

    @property
    def out_of(self) -> Message:
        """How many answered, out of how many: "31 of 42"; rounded, "about 30 of about 40", or "fewer than 8".

        Where more answered than were counted there is nothing to be out of: "8 people".
        """
        if self.is_beyond:
            return people_words(self.answered)
        if not self.rounded:
            return tr("{answered} of {base}", answered=self.answered, base=self.base)
        answered, base = _told(self.answered), _nearest(self.base)
        if self.base <= SUPPRESSED:
            return answered
        return tr("{answered} of about {base}", answered=answered, base=base)


class Standing(Struct, frozen=True):
    """What shares one place."""

    place: int
    """1 for the first; after a tie the next numbers are left out."""
    value: int
    labels: tuple[Words, ...]
    """All that have this value, in the order given; more than one is a tie."""


def base_sentence(turnout: Turnout) -> Message:
    """Who answered, out of how many: "31 of 42 people answered; 2 skipped."."""
    if turnout.rounded:
        return _rounded_base(turnout)
    if turnout.is_beyond:
        return _beyond(turnout)
    if not turnout.skipped:
        return trn(
            "{answered} of {n} person answered.",
            "{answered} of {n} people answered.",
            turnout.base,
            answered=turnout.answered,
        )
    return trn(
        "{answered} of {n} person answered; {skipped}.",
        "{answered} of {n} people answered; {skipped}.",
        turnout.base,
        answered=turnout.answered,
        skipped=trn("{n} skipped", "{n} skipped", turnout.skipped),
    )


def _beyond(turnout: Turnout) -> Message:
    """The same where more answered than were counted: neither number is passed off as the other."""
    if not turnout.skipped:
        return trn(
            "{answered} answered, though {n} person was counted in the room.",
            "{answered} answered, though {n} people were counted in the room.",
            turnout.present or 0,
            answered=people_words(turnout.answered),
        )
    return trn(
        "{answered} answered and {skipped} skipped, though {n} person was counted in the room.",
        "{answered} answered and {skipped} skipped, though {n} people were counted in the room.",
        turnout.present or 0,
        answered=people_words(turnout.answered),
        skipped=turnout.skipped,
    )


def _rounded_base(turnout: Turnout) -> Message:
    """The same in rounded numbers; the base is only told where it is not small itself."""
    answered, base = turnout.answered, _nearest(turnout.base)
    if turnout.base <= SUPPRESSED:
        few = trn("Fewer than {n} person answered.", "Fewer than {n} people answered.", SUPPRESSED + 1)
        return few if answered else NO_ANSWERS
    if not answered:
        return trn("0 of about {n} person answered.", "0 of about {n} people answered.", base)
    if answered <= SUPPRESSED:
        return trn(
            "Fewer than {limit} of about {n} person answered.",
            "Fewer than {limit} of about {n} people answered.",
            base,
            limit=SUPPRESSED + 1,
        )
    return trn(
        "About {answered} of about {n} person answered.",
        "About {answered} of about {n} people answered.",
        base,
        answered=answered,
    )


def surplus_caution(turnout: Turnout) -> Text:
    """A warning when more answered than the facilitator counted: a count that is old, or a person with two phones."""
    if not turnout.is_beyond:
        return ""
    return trn(
        "That is more than the {n} counted in the room. Some may have answered twice.",
        "That is more than the {n} counted in the room. Some may have answered twice.",
        turnout.present or 0,
    )


def response_caution(turnout: Turnout) -> Text:
    """A warning when fewer than 6 in 10 answered; empty otherwise, and where nobody was there."""
    if turnout.rounded:
        return tr("Many did not answer.") if turnout.few else ""
    if not _is_low(turnout):
        return ""
    return tr("Many did not answer: {missing} of {base}.", missing=turnout.base - turnout.answered, base=turnout.base)


def _is_low(turnout: Turnout) -> bool:
    part, whole = LOW_RESPONSE
    return turnout.base > 0 and turnout.answered * whole < turnout.base * part


def unanimous_caution(most_alike: int, answered: int) -> Text:
    """A warning when a small group is of one mind; empty otherwise.

    Args:
        most_alike: How many people gave the most frequent answer.
        answered: How many people answered at all.
    """
    if not 0 < answered < SMALL_GROUP or most_alike != answered:
        return ""
    return trn(
        "Only one person answered: publishing this tells what that person said.",
        "All {n} gave the same answer. In so small a group, publishing this tells what each person said.",
        answered,
    )


def against_publishing(caution: Sentences) -> tuple[Statement, ...]:
    """Such a warning as it stands in a result, for `tells_each`; none for an empty one."""
    return (Statement(caution, weight="private"),) if caution else ()


def tells_each(result: Sequence[ViewBlock]) -> bool:
    """Whether a result warns that it tells what single people answered: what is printed for all leaves it out."""
    return any(isinstance(block, Statement) and block.weight == "private" for block in result)


def for_all(result: Sequence[ViewBlock]) -> tuple[ViewBlock, ...]:
    """A result without such warnings, which are no news for the room that they would protect."""
    return tuple(block for block in result if not (isinstance(block, Statement) and block.weight == "private"))


def before_reveal(turnout: Turnout, result: Sequence[ViewBlock]) -> tuple[Text, ...]:
    """What whoever is about to show a result should know first: too many answers, and what it tells of people."""
    private = (block.text for block in result if isinstance(block, Statement) and block.weight == "private")
    told = [sentence for text in private for sentence in (text if isinstance(text, tuple) else (text,))]
    surplus = surplus_caution(turnout)
    return (*((surplus,) if surplus else ()), *told)


def cautions(turnout: Turnout, *, everybody: bool = True, for_room: bool = False) -> tuple[Text, ...]:
    """The sentences that stand with every result, in order: base, too many, low response, whose views these are.

    Where nobody answered there are no views, and the base says all there is to say.

    Args:
        turnout: Who answered.
        everybody: Whether all in the room were asked; of a few named people the others are no low response.
        for_room: Whether the room reads them: that some may have answered twice is then left out.
    """
    if turnout.answered == 0:
        return (base_sentence(turnout),)
    low = response_caution(turnout) if everybody else ""
    surplus = "" if for_room else surplus_caution(turnout)
    said = (base_sentence(turnout), surplus, low, FIXED_LINE)
    return tuple(line for line in said if line != "")


def rounded(count: int) -> Verbatim | int:
    """A number of people as official statistics on small groups tell it.

    The rule of Hospital Episode Statistics since September 2018 (NHS Digital): 1 to 7 is not told ("*"), all else is
    to the nearest 5; nobody stays 0.
    """
    return Verbatim("*") if 0 < count <= SUPPRESSED else _nearest(count)


def rounded_parts(counts: Sequence[int]) -> tuple[Verbatim | int, ...]:
    """The answers to one question as they may be told: each `rounded`, and nobody as "*" where it would tell too much.

    That nobody gave an answer tells what others gave it instead. So it is told only where at least two other answers
    have numbers that are told: then nobody's answer follows from it.
    """
    told = sum(count > SUPPRESSED for count in counts)
    return tuple(Verbatim("*") if not count and told < 2 and any(counts) else rounded(count) for count in counts)


def coarse(turnout: Turnout) -> Turnout:
    """The same with its number of answers rounded, 5 standing for all from 1 to 7, and without who skipped.

    Whether the response is low is judged before.
    """
    answered = 5 if 0 < turnout.answered <= SUPPRESSED else _nearest(turnout.answered)
    few = _is_low(turnout)
    return Turnout(answered=answered, joined=turnout.joined, present=turnout.present, rounded=True, few=few)


def count_words(count: int, *, rounded: bool) -> Message | int:
    """A number of people: 31; of a rounded number "about 30", "fewer than 8", or 0."""
    return _told(count) if rounded and count else count


def _told(count: int) -> Message:
    """A rounded number of people as a part of a sentence."""
    if count > SUPPRESSED:
        return tr("about {count}", count=count)
    return tr("fewer than {limit}", limit=SUPPRESSED + 1) if count else tr("nobody")


def people_words(count: int) -> Message:
    """A number of people with the word for them: "1 person", "31 people"."""
    return UNITS["people"].counted.of(count)


def _nearest(count: int) -> int:
    """To the nearest 5."""
    return 5 * ((count + 2) // 5)


def percent(count: int, base: int) -> Words:
    """A whole percentage such as 29%; empty where fewer than `PERCENT_BASE` answered.

    Halves are rounded up. What is not nobody is never "0%", and what is not everybody never "100%".
    """
    if base < PERCENT_BASE:
        return ""
    whole = (200 * count + base) // (2 * base)
    if whole == 0 and count > 0:
        return tr("less than {percent}", percent=Percent(1))
    if whole == 100 and count < base:
        return tr("more than {percent}", percent=Percent(99))
    return Percent(whole)


def sum_note(counts: Sequence[int], base: int, *, several: bool = False) -> Text:
    """Why percentages of the same base do not add up to 100; empty where they do, or none is told.

    Args:
        counts: How many people gave each answer.
        base: How many answered.
        several: Whether one person could give several answers.
    """
    said = [percent(count, base) for count in counts]
    whole = [each.value for each in said if isinstance(each, Percent)]
    if base < PERCENT_BASE or (len(whole) == len(said) and sum(whole) == 100):
        return ""
    if several and sum(counts) != base:
        return tr("Each person could choose several, so the percentages do not add up to 100.")
    return tr("The percentages are rounded, so they do not add up to exactly 100.")


def proportion_words(count: int, base: int, *, narrower: bool = False) -> Message:
    """How many of the people that is, in words: "a few" for 2 people up to under 20%, "some", "most", "nearly all".

    The words and where they change (20%, 50%, 80%) are those of the project's requirements. Three refinements are our
    own. Exactly half is "half": "most" begins there in the requirements and would say more than is true. Words go by
    the counts and not by the rounded percentage: 119 of 240 people are "some", though that is said as 50%. And where
    the base is narrower than those who answered, all of it is "all of them".

    Args:
        count: How many people, from 0 to the base.
        base: Out of how many.
        narrower: Whether some who answered are not in the base, such as those who left an option out.
    """
    if count <= 0:
        return tr("nobody")
    if count == 1:
        return tr("one person")
    if count >= base:
        return tr("all of them") if narrower else tr("all who answered")
    if 2 * count == base:
        return tr("half")
    below = (words for part, whole, words in _PROPORTIONS if count * whole < base * part)
    return next(below, tr("nearly all"))


def part_words(count: int, base: int, *, narrower: bool = False) -> Words:
    """What stands in brackets after a count of people and its base, as of `proportion_words`: "some, 39%".

    The word is left out for nobody and for one person, which the count says itself; the percentage where the base is
    small. Empty where both are left out. Not for numbers that are told rounded: the word would tell more than they do.
    """
    whole = percent(count, base)
    if count <= 1:
        return whole
    word = proportion_words(count, base, narrower=narrower)
    return word if whole == "" else tr("{word}, {percent}", word=word, percent=whole)


def share(count: int, base: int, *, narrower: bool = False) -> Message:
    """A count of people with its base, as of `part_words`: "12 of 31 people (some, 39%)", "4 of 9 people (some)"."""
    part = part_words(count, base, narrower=narrower)
    if part == "":
        return trn("{count} of {n} person", "{count} of {n} people", base, count=count)
    return trn("{count} of {n} person ({part})", "{count} of {n} people ({part})", base, count=count, part=part)


def short_share(count: int, base: int, *, narrower: bool = False) -> Message | int:
    """The same where the base was said just before: "12 (some, 39%)"."""
    part = part_words(count, base, narrower=narrower)
    return count if part == "" else tr("{count} ({part})", count=count, part=part)


def standings(lines: Sequence[Line]) -> tuple[Standing, ...]:
    """The places, highest value first; lines with the same value share one, and nothing breaks a tie."""
    places: list[Standing] = []
    place = 1
    for value in sorted({value for _, value in lines}, reverse=True):
        labels = tuple(label for label, each in lines if each == value)
        places.append(Standing(place=place, value=value, labels=labels))
        place += len(labels)
    return tuple(places)


_OF_PEOPLE: Final[dict[Literal["dots", "points"], Counted]] = {
    "dots": counted("{part} of {n} dot from {people}", "{part} of {n} dots from {people}"),
    "points": counted("{part} of {n} point from {people}", "{part} of {n} points from {people}"),
}
"""Some of what people gave."""


def leading_sentence(
    lines: Sequence[Line], total: int, unit: Literal["people", "dots", "points"] = "people", people: int = 0
) -> tuple[Message, ...]:
    """Who leads, always with base, runner-up and margin: "Waiting has the most: 12 of 31 people (some, 39%). Next …".

    Args:
        lines: Everything that could be chosen, with its count.
        total: The base: how many people answered, or how many dots were placed.
        unit: What is counted.
        people: How many people answered, where something else is counted.

    Returns:
        One or two sentences; a tie is said as a tie, and an empty result as nobody having answered.
    """
    places = standings(lines)
    if total <= 0 or not places or places[0].value <= 0:
        return (NO_ANSWERS,)
    first, rest = places[0], places[1:]
    if unit == "people":
        base = share(first.value, total)
    else:
        base = _OF_PEOPLE[unit].of(total, part=first.value, people=people_words(people))
    if len(first.labels) > 1:
        tie = tr("{names} tie for the most: each has {base}.", names=listed(first.labels), base=base)
        return (tie, *_next(rest))
    lead = tr("{names} has the most: {base}.", names=listed(first.labels), base=base)
    return (lead, *_next(rest, ahead_of=first.value))


def listed(labels: Sequence[Words]) -> Listed:
    """Labels as words of a sentence: “A”, “B” and “C”."""
    return Listed(tuple(tr("“{words}”", words=label) for label in labels))


def _next(rest: Sequence[Standing], *, ahead_of: int = 0) -> tuple[Message, ...]:
    """The runner-up and how far behind it is, as a sentence to follow the leader's; none where there is none.

    Args:
        rest: The places after the first.
        ahead_of: What a leader alone has; 0 in a tie.
    """
    if not rest:
        return (tr("There was nothing else to choose."),) if ahead_of else ()
    names, value, fewer = listed(rest[0].labels), rest[0].value, ahead_of - rest[0].value
    if value <= 0:
        return (tr("Nobody chose anything else."),)
    if len(rest[0].labels) > 1:
        if ahead_of:
            return (
                tr("Next, tied: {names}, with {value} each ({fewer} fewer).", names=names, value=value, fewer=fewer),
            )
        return (tr("Next, tied: {names}, with {value} each.", names=names, value=value),)
    if ahead_of:
        return (tr("Next is {names}, with {value} ({fewer} fewer).", names=names, value=value, fewer=fewer),)
    return (tr("Next is {names}, with {value}.", names=names, value=value),)
