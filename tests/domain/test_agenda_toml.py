"""A mistake in the TOML of an agenda is told in plain words: what is wrong, in which line, and what to write."""

from __future__ import annotations

import re

import pytest

from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.errors import AgendaError
from workshop_tui.kinds.registry import KINDS

HEAD = 'title = "A morning"\nstage = "needs"\n'
ITEM = '[[item]]\ntitle = "Hello"\nminutes = 20\nquestion = "Which?"\n'
PHONE = '[item.phone]\nkind = "approval"\noptions = ["Red", "Blue"]\n'

OF_A_PARSER = re.compile(
    r"Expected|Invalid|Illegal|Unclosed|Unterminated|Unescaped|Cannot |namespace|character '|\('|enum|statement|array|`"
)
"""What only somebody who writes parsers says."""

MISTAKES = {
    "no quote at the end": ('purpose = "To hear', 3, "ends with a straight quote"),
    "no quote at the beginning": ('purpose = To hear"', 3, "stands in straight quotes"),
    "no single quote at the end": ("purpose = 'To hear", 3, "ends with a straight quote"),
    "three quotes that do not end": ('purpose = """To hear\nmore', 3, 'between """ and """'),
    "quotes in a text": ('purpose = "To "hear" you"', 3, 'written \\"'),
    "a no-break space before": ('purpose\u00a0= "To hear"', 3, "column 8 again, with the space bar"),
    "a no-break space after": ('purpose =\u202f"To hear"', 3, "column 10 again, with the space bar"),
    "a space without width": ('\u200bpurpose = "To hear"', 3, "column 1 again, with the space bar"),
    "curly quotes": ("purpose = \u201cTo hear\u201d", 3, "curly quotes"),
    "low quotes": ("purpose = \u201eTo hear\u201c", 3, "curly quotes"),
    "angle quotes": ("purpose = \u00abTo hear\u00bb", 3, "curly quotes"),
    "one curly quote": ('purpose = "To hear\u201d', 3, "curly quotes"),
    "a key twice": ('stage = "plan"', 3, "“stage” stands there twice"),
    "a colon": ('purpose: "To hear"', 3, "no “=”"),
    "a space in a key": ('can change = "it"', 3, "no space"),
    "nothing": ("purpose =", 3, "leave the line out"),
    "a large letter": ("protected = False", 3, "true or false, in small letters"),
    "a bare time": ("start = 08:30", 3, "straight quotes"),
    "a bare time without a nought": ("start = 8:30", 3, "straight quotes"),
    "a comma at the end": ('purpose = "To hear",', 3, "no comma"),
    "a decimal comma": ("minutes = 2,5", 3, "with a point"),
    "a unit": ("minutes = 20 minutes", 3, "without a unit"),
    "a day in another order": ("write_up_by = 3.12.2026", 3, "year, month, day"),
    "a list without a comma": ('can_change = ["a" "b"]', 3, "comma"),
    "a list without its end": ('can_change = ["a", "b"', 4, "not closed"),
    "a table without its end": ('title2 = { en = "a", cy = "b"', 3, "not closed"),
    "a path": ('purpose = "\\dir"', 3, "Write two of them"),
    "another sign for remarks": ("// a remark", 3, "begins with “#”"),
    "one bracket at the end": ("[[item]", 3, "[[item]]"),
    "three brackets": ("[[[item]]]", 3, "[[item]]"),
    "a control character": ('purpose = "a\x07b"', 3, "nobody can see"),
}
"""What stands below a sound head, in which line it is told, and what the message must say."""


def refusal(text: str) -> str:
    with pytest.raises(AgendaError) as caught:
        parse_agenda(text, KINDS, file="morning.toml")
    return str(caught.value)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_plain_words_with_its_line_and_what_to_write(mistake: str) -> None:
    written, line, words = MISTAKES[mistake]

    said = refusal(f"{HEAD}{written}\n")

    assert said.startswith(f"morning.toml, line {line}, column ")
    assert words in said
    assert not OF_A_PARSER.search(said), said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + "[item]\ntitle = 'a'\n[item]\n", "begins with a line [[item]]"),
        (HEAD + "[item]\ntitle = 'a'\n[[item]]\n", "begins with a line [[item]]"),
        (HEAD + ITEM + "[item]\ntitle = 'a'\n", "begins with a line [[item]]"),
        (HEAD + ITEM + PHONE + "[item.phone]\n", "[item.phone] stands there twice in one item"),
        (HEAD + ITEM + PHONE + "[[item.phone]]\n", "[item.phone] stands there twice in one item"),
        (HEAD + "[item.phone]\nkind = 'dots'\n[[item]]\n", "begins with a line [[item]]"),
    ],
)
def test_a_table_that_is_there_twice_is_told_with_the_brackets_that_are_right(text: str, words: str) -> None:
    said = refusal(text)

    assert words in said
    assert not OF_A_PARSER.search(said), said


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ('options_from = "Ideas"', "“options_from”: it cannot be “Ideas”. Did you mean “ideas”?"),
        ('ties = "chair"', "“ties”: it cannot be “chair”. It can be “facilitator” or “report”."),
    ],
)
def test_a_word_that_a_key_does_not_know_is_told_with_the_words_that_it_does(key: str, words: str) -> None:
    assert words in refusal(HEAD + ITEM + PHONE.replace('options = ["Red", "Blue"]', key))


HOME = {
    "of phones, in the item": (HEAD + ITEM + 'kind = "single"\n', "“kind”", "below a line [item.phone]"),
    "of phones, in the head": (HEAD + 'options = ["a", "b"]\n' + ITEM, "“options”", "below a line [item.phone]"),
    "of the head, in the item": (HEAD + ITEM + 'start = "09:30"\n', "“start”", "above the first line [[item]]"),
    "of the head, in phones": (HEAD + ITEM + PHONE + 'purpose = "a"\n', "“purpose”", "above the first line [[item]]"),
    "of the item, in the head": (HEAD + "capture = 'a'\n" + ITEM, "“capture”", "below a line [[item]]"),
    "of the item, in phones": (HEAD + ITEM + PHONE + "say = 'a'\n", "“say”", "above its line [item.phone]"),
    "what phones do, beside its item": (HEAD + ITEM + PHONE.replace("[item.phone]", "[phone]"), "“phone”",
                                        "in its item, below a line [item.phone]"),
    "of another kind": (HEAD + ITEM + PHONE + "costs = [1, 2]\n", "“costs”", "belongs to the kind “budget”"),
}  # fmt: skip


@pytest.mark.parametrize("where", HOME)
def test_a_key_in_the_wrong_place_is_told_where_it_belongs(where: str) -> None:
    text, key, words = HOME[where]

    said = refusal(text)

    assert f"the key {key} does not belong here" in said
    assert words in said
