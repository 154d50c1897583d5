"""The closed vocabulary in which kinds speak of forms and of results.

A kind says *what* is asked and *what* came out; phone, console, screen, host page and exports each draw these
blocks once, so that escaping, accessibility and dark mode are done once. A block carries meaning, never looks.
Add a block only when no existing one can say it: every renderer ends in ``assert_never``, so the type checker
lists the places where a new one must be drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

from workshop_tui.domain.units import UnitName
from workshop_tui.messages import Counted, Place, Quoted, Sentences, Text

Words = Place
"""What stands by itself as a label or in a cell: anybody's words, or a number, which each language writes its way."""


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that can be chosen."""

    key: str
    """Stable name inside the poll: "a", "b", … in agenda order; shown as a capital letter on the screen."""
    text: str
    """The words, in the agenda's language."""
    other: bool = False
    """Whether this stands for "something else": it counts like the rest and is drawn last."""
    texts: tuple[tuple[str, str], ...] = ()
    """The words in further languages, as (language tag, text)."""

    @property
    def words(self) -> Quoted:
        """The words, for a reader of any of the languages."""
        return Quoted(self.text, texts=self.texts)


class Choice(Struct, frozen=True):
    """One thing that can be chosen, in the product's own words: a step of a scale, "I would rather not say"."""

    key: str
    words: Words
    other: bool = False
    """Whether it is drawn last, after all that can be chosen."""


# What a form can ask. --------------------------------------------------------------------------------


class ChooseOne(Struct, frozen=True, tag=True):
    """One of several options, as radio buttons."""

    name: str
    options: tuple[Option | Choice, ...]
    label: Text = ""
    """What is asked here, where a form asks more than its question; empty for the question itself."""
    scale: bool = False
    """Whether the options are the steps of a scale: they stand side by side, in their order, without letters."""
    optional: bool = False
    """Whether it may be left out while other parts of the form are answered."""


class ChooseSome(Struct, frozen=True, tag=True):
    """Any of several options, as boxes to tick; the field `name` repeats, one key for each."""

    name: str
    options: tuple[Option, ...]
    most: int = 0
    """How many may be ticked; 0 for as many as there are."""
    costs: tuple[int, ...] = ()
    """What each option costs, in the order of the options; empty where nothing costs anything."""
    cap: int = 0
    """The most that what is ticked may cost together; only where there are costs."""
    unit: str = ""
    """What the costs are in: a sign such as "£", or a word in the plural."""
    decimals: int = 0
    """How many digits of costs and `cap` are decimals: 2 where they are in cents."""
    shuffled: bool = False
    """Whether each phone gets its own order, so that the list steers nobody."""


class GradeEach(Struct, frozen=True, tag=True):
    """Several things, each on the same scale; field names are ``name.key``, and ``name.key.why`` for a reason.

    A row may be left out; at least one has to be graded.
    """

    name: str
    rows: tuple[Option | Choice, ...]
    scale: tuple[Option | Choice, ...]
    """The steps of the scale, in their order."""
    label: Text = ""
    """What is asked of each row, where a form asks more than its question; empty for the question itself."""
    why: Text = ""
    """What stands over the box for a reason; empty where no reasons are asked."""
    most: int = 0
    """Longest reason, in code points after cleaning."""
    shuffled: bool = False
    """Whether each phone gets its own order of rows; the scale never changes its order."""


class ShareOut(Struct, frozen=True, tag=True):
    """A number of dots, or points, to spread over options; field names are ``name.key``."""

    name: str
    options: tuple[Option, ...]
    total: int
    """How many there are to spread."""
    most_each: int
    """The most that one option may get."""
    step: int = 1
    """How many one press of a button gives or takes."""
    exact: bool = False
    """Whether all of them have to be used."""
    unit: Literal["dots", "points"] = "dots"
    """What is spread."""


class PutInOrder(Struct, frozen=True, tag=True):
    """Options to put in order, best first; the field `name` repeats, one key for each place."""

    name: str
    options: tuple[Option, ...]
    places: int
    """How many places count; fewer may be filled."""
    shuffled: bool = False
    """Whether each phone gets its own starting order, so that the list steers nobody."""


BY: Final = ".by"
"""Added to the name of a `PutInOrder`: how the order is being made, one of the three ways below."""

START: Final = "start"
MOVED: Final = "moved"
LISTS: Final = "lists"

SURE: Final = ".sure"
"""Added to the name of a `PutInOrder`: ticked by who wants an order that nobody touched just as it is."""


class WriteText(Struct, frozen=True, tag=True):
    """Words to type."""

    name: str
    label: Text
    most: int
    """Longest text, in code points after cleaning."""
    rows: int = 4
    """Lines the box shows; 1 for a single line."""
    hint: Sentences = ""
    together: bool = False
    """Whether `most` is for all such boxes of the form together: it is then said once, before the first."""


class ChooseLevel(Struct, frozen=True, tag=True):
    """Who may read a story: the levels from least to most shared; none is chosen beforehand."""

    name: str
    levels: tuple[tuple[str, Text], ...]
    """(level, who may read it, in words)."""


class Group(Struct, frozen=True):
    """One thing to choose in `AddMore`."""

    name: str
    label: Text
    choices: tuple[tuple[str, Text], ...]
    """(what is sent, words)."""
    several: bool = False
    """Whether more than one may be ticked."""
    own: Text = ""
    """What a line for words of one's own is called; it is sent as ``name.own``. Empty for none."""


class AddMore(Struct, frozen=True, tag=True):
    """What may be said besides, and need not: closed until somebody opens it."""

    label: Text
    groups: tuple[Group, ...]
    most: int
    """Longest line of one's own, in code points."""


class Remark(Struct, frozen=True, tag=True):
    """Words between the questions of a form."""

    text: Sentences


FormBlock = ChooseOne | ChooseSome | GradeEach | ShareOut | PutInOrder | WriteText | ChooseLevel | AddMore | Remark


def text_fields(form: Sequence[FormBlock]) -> frozenset[str]:
    """The names of the fields in which people write words of their own."""
    boxes = {block.name for block in form if isinstance(block, WriteText)}
    boxes |= {f"{each.name}.own" for block in form if isinstance(block, AddMore) for each in block.groups if each.own}
    graded = [block for block in form if isinstance(block, GradeEach) and block.why]
    return frozenset(boxes | {f"{block.name}.{row.key}.why" for block in graded for row in block.rows})


# What a result can show. -----------------------------------------------------------------------------


class Bar(Struct, frozen=True):
    """One line of a bar chart."""

    label: Words
    value: int
    letter: str = ""
    """The option's capital letter; empty where the line is no option."""
    notes: tuple[Words, ...] = ()
    """What else to say of this line, such as "5 people"."""
    leads: bool = False
    """Whether this line has the highest value; several do when they tie."""
    said: Words = ""
    """The value where it is no whole number of the unit, such as "67.4"; `value` then gives the length."""


class Bars(Struct, frozen=True, tag=True):
    """Amounts compared by length, most first; zero is the baseline and every value is printed."""

    unit: UnitName
    """What is counted."""
    bars: tuple[Bar, ...]
    people: int = 0
    """How many people answered, where each bar counts some of them; 0 where something else is counted."""


class RankingRow(Struct, frozen=True):
    """One line of a ranking."""

    place: int
    """1 for the first; lines that tie share the number and the next number is left out."""
    label: Words
    letter: str
    amounts: tuple[int, ...]
    """One number for each column of the ranking."""


class Column(Struct, frozen=True):
    """What one amount of each place in a ranking is."""

    name: Text
    """Its heading: "points", "first choices", "in any place"."""
    counted: Counted
    """So many of them, where there is no table: "{n} first choices"."""


class Ranking(Struct, frozen=True, tag=True):
    """Options in the order the room put them, with the numbers the order rests on."""

    columns: tuple[Column, ...]
    places: tuple[RankingRow, ...]


class Scaled(Struct, frozen=True):
    """One line of a distribution."""

    label: Words
    """What was graded; empty where the question itself was."""
    counts: tuple[int, ...]
    """How many gave each answer of the scale, in its order."""
    letter: str = ""
    """The option's capital letter; empty where the line is no option."""
    note: Sentences = ""
    """What else to say of this line, such as "half said 4 or more"; empty for nothing."""


class Distribution(Struct, frozen=True, tag=True):
    """How many gave each answer along a scale: every answer stays visible and none is averaged away."""

    unit: Literal["people", "evaluators"]
    """Who is counted."""
    scale: tuple[Words, ...]
    """The answers, in their order."""
    lines: tuple[Scaled, ...]
    """What was graded, in agenda order unless the kind says otherwise."""
    aside: int = 0
    """How many answers at the end of the scale stand beside it, such as "I do not know yet"."""


class MatrixRow(Struct, frozen=True):
    """One row of a matrix."""

    label: Words
    cells: tuple[Words, ...]
    """One for each column; empty for nothing to say."""
    letter: str = ""


class Matrix(Struct, frozen=True, tag=True):
    """Words or numbers in rows and columns: who beats whom, who gave what, what each rule says."""

    title: Text
    corner: Text
    """What the rows are."""
    columns: tuple[Words, ...]
    rows: tuple[MatrixRow, ...]


class Statement(Struct, frozen=True, tag=True):
    """A sentence, or a few that belong together, that must be read with the result: a tie, the rule, a caution."""

    text: Sentences
    weight: Literal["plain", "caution", "private", "rule"] = "plain"
    """"private": a caution that publishing the result tells what single people answered.
    "rule": how it was counted; the big screen leaves it to phones and reports, for the back row's sake."""

    @property
    def is_caution(self) -> bool:
        """Whether it is to be noted before anything is read into the result."""
        return self.weight in ("caution", "private")


class Quote(Struct, frozen=True):
    """One person's words; each part has a heading, or none."""

    parts: tuple[tuple[Words, str], ...]
    """(heading, words); the heading is empty for free text."""


class Quotes(Struct, frozen=True, tag=True):
    """What people said, one by one."""

    quotes: tuple[Quote, ...]
    title: Text = ""
    """What they have in common; empty for nothing to say."""


ViewBlock = Bars | Ranking | Distribution | Matrix | Statement | Quotes
