"""What an agenda file may say, and how each mistake is told."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.agendas import shipped_agenda
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.domain.blocks import Option
from workshop_tui.errors import AgendaError
from workshop_tui.kinds.registry import KINDS
from workshop_tui.limits import AGENDA_ITEMS, OPTIONS
from workshop_tui.messages import Quoted

HEAD = 'title = "A day"\nstage = "plan"\n'
ITEM = '[[item]]\ntitle = "Begin"\nminutes = 10\n'
POLL = ITEM + 'question = "Which?"\n[item.phone]\nkind = "single"\noptions = ["Tea", "Coffee"]\n'


def parse(text: str) -> Agenda:
    return parse_agenda(text, KINDS, file="day.toml")


def refusal(text: str) -> str:
    with pytest.raises(AgendaError) as caught:
        parse(text)
    return str(caught.value)


def test_the_smallest_agenda_is_a_title_a_stage_and_one_timed_item() -> None:
    agenda = parse(HEAD + ITEM)

    assert (agenda.title, agenda.stage, agenda.minutes) == ("A day", "plan", 10)
    assert agenda.items[0].key == "i01"
    assert agenda.items[0].activity is None
    assert agenda.languages == ("en",)


def test_the_shipped_agenda_is_whole() -> None:
    agenda = parse(shipped_agenda("tell-it-once").read_text("utf-8"))

    assert (agenda.start, agenda.minutes, len(agenda.items), agenda.stage) == ("17:30", 180, 13, "needs")
    assert [item.activity.kind if item.activity else "" for item in agenda.items] == [
        "single", "", "private", "single", "", "", "vignette", "dots", "", "ideas", "rank", "ideas", "single",
    ]  # fmt: skip
    assert [item.minutes for item in agenda.items] == [10, 10, 10, 10, 25, 15, 25, 25, 5, 15, 15, 10, 5]
    assert "We do not ask your name." in agenda.items[0].say
    assert "nickname" not in "".join(item.say for item in agenda.items)
    assert all(item.say or item.question for item in agenda.items)
    assert len(agenda.can_change) == 4
    assert len(agenda.cannot_change) == 3


def test_a_config_is_kept_as_plain_data_that_survives_json_with_every_default_in_it() -> None:
    agenda = parse(HEAD + ITEM + 'question = "Where?"\n[item.phone]\nkind = "dots"\noptions = ["A", "B"]\n')
    activity = agenda.items[0].activity

    assert activity is not None
    assert activity.config == {
        "options": [
            {"key": "a", "text": "A", "other": False, "texts": []},
            {"key": "b", "text": "B", "other": False, "texts": []},
        ],
        "options_from": "", "leaders_of": "", "leaders": 2, "ties": "report", "dots": 0, "max_per_item": 0,
    }  # fmt: skip
    assert msgspec.json.decode(msgspec.json.encode(agenda), type=Agenda) == agenda


def test_something_else_comes_last_and_is_an_option_like_the_others() -> None:
    agenda = parse(HEAD + POLL + 'extra = ["Something else"]\n')
    activity = agenda.items[0].activity

    assert activity is not None
    options = msgspec.convert(activity.config["options"], list[Option])
    assert [(each.key, each.other) for each in options] == [("a", False), ("b", False), ("c", True)]


def test_any_text_may_be_given_in_several_languages() -> None:
    agenda = parse(
        'title = {en = "A day", ur = "ایک دن"}\nstage = "plan"\ncan_change = [{en = "Chairs", cy = "Cadeiriau"}]\n'
        '[[item]]\ntitle = {en = "Begin", cy = "Dechrau"}\nminutes = 10\nquestion = {en = "Which?", ur = "کون سا؟"}\n'
        'say = {en = "Hello", cy = "Helo"}\n'
        '[item.phone]\nkind = "single"\noptions = [{en = "Tea", pl = "Herbata"}, "Coffee"]\n'
    )
    item = agenda.items[0]

    assert agenda.languages == ("en", "cy", "pl", "ur")
    assert agenda.can_change == ("Chairs",)
    assert ("can_change[0]", "cy", "Cadeiriau") in agenda.texts
    assert agenda.said("title") == Quoted("A day", "en", (("ur", "ایک دن"),))
    assert agenda.asked(item) == Quoted("Which?", "en", (("ur", "کون سا؟"),))
    assert agenda.said("say", item) == Quoted("Hello", "en", (("cy", "Helo"),))
    known = agenda.known_words(agenda.items)
    assert known["Tea"] == Quoted("Tea", "en", (("pl", "Herbata"),))
    assert [known[each].language for each in ("A day", "Begin", "Which?", "Coffee")] == ["en"] * 4
    assert item.activity is not None
    assert msgspec.convert(item.activity.config["options"], list[dict[str, object]])[0]["texts"] == [["pl", "Herbata"]]


def test_the_agenda_says_which_languages_the_room_speaks_and_the_screen_shows() -> None:
    agenda = parse(HEAD + 'languages = ["pl", "en", "cy"]\nscreen_languages = ["cy", "en"]\n' + POLL)

    assert agenda.languages == ("en", "pl", "cy")
    assert agenda.screen_languages == ("cy", "en")
    assert parse(HEAD + POLL).screen_languages == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('languages = "en"', "“languages” must be a list of language tags"),
        ("languages = []", "“languages” must be a list of language tags"),
        ('languages = ["en", "Welsh!"]', "“languages” must be a list of language tags"),
        ('languages = ["en", "cy", "cy"]', "“languages” has a language twice"),
        ('languages = ["cy"]', "“languages” leaves out “en”, in which the agenda has texts"),
        ('screen_languages = ["cy"]', "“cy”, which is not among the languages of the agenda"),
        ('languages = ["en", "cy", "pl"]\nscreen_languages = ["en", "cy", "pl"]', "2 is the most that can be read"),
    ],
)
def test_a_list_of_languages_that_cannot_be_used_is_named(line: str, said: str) -> None:
    assert said in refusal(f"{HEAD}{line}\n{POLL}")


def test_every_text_passes_the_cleaning_door() -> None:
    agenda = parse(
        'title = "A\\u001b[31m day\\u202e"\nstage = "plan"\n' + ITEM + 'say = "One\\r\\ntwo\\u0007"\n'
        'question = "Wh\\u009bich?"\n[item.phone]\nkind = "vignette"\nparts = ["one"]\nlabels = {one = "A\\u001b?"}\n'
    )

    assert agenda.title == "A[31m day"
    assert agenda.items[0].say == "One\ntwo"
    assert agenda.items[0].question == "Which?"
    assert "\\u001b" not in json.dumps(agenda.items[0].activity.config if agenda.items[0].activity else {})


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("", ["day.toml is empty"], id="empty"),
        pytest.param(" \n\t\n", ["day.toml is empty"], id="blank"),
        pytest.param("# nothing\n", ["“title” is missing", "“stage” is missing", "no item"], id="only a remark"),
        pytest.param(HEAD, ["there is no item", "[[item]]"], id="no items"),
        pytest.param(HEAD + "[item]\n", ["[[item]]", "two brackets"], id="one bracket"),
        pytest.param(HEAD + "item = 3\n", ["[[item]]"], id="items that are no tables"),
        pytest.param(HEAD + "purpos = 'x'\n" + ITEM, ["key “purpos”", "“purpose”"], id="unknown key"),
        pytest.param(HEAD + ITEM + "minuts = 3\n", ["item 1 “Begin”", "“minuts”", "“minutes”"], id="unknown item key"),
        pytest.param(
            HEAD + POLL + "dots = 3\n",
            ["item 1 “Begin”, phone", "“dots”", "belongs to the kind “dots”"],
            id="key of another kind",
        ),
        pytest.param(HEAD + POLL + "pick = 3\n", ["item 1 “Begin”, phone", "“pick”"], id="unknown phone key"),
        pytest.param(
            HEAD + POLL.replace("single", "singel"), ["item 1 “Begin”, phone", "“singel”", "“single”"], id="kind"
        ),
        pytest.param(HEAD + POLL.replace('"single"', "1"), ["“kind” must be a word in quotes, not 1"], id="kind 1"),
        pytest.param(HEAD + POLL.replace('kind = "single"', ""), ["“kind” is missing", "“dots”"], id="no kind"),
        pytest.param(HEAD + ITEM + 'type = "brake"\n', ["item 1 “Begin”", "“brake”", "“break”"], id="type"),
        pytest.param(HEAD + ITEM + "type = true\n", ["“type” must be a word in quotes, not true"], id="type true"),
        pytest.param('title = "A"\nstage = "plans"\n' + ITEM, ["“stage”", "“plans”", "“plan”"], id="stage"),
        pytest.param('title = "A"\nstage = 2\n' + ITEM, ["“stage”", "not 2", "“needs”"], id="stage number"),
        pytest.param('title = "A"\n' + ITEM, ["“stage” is missing", "“needs”"], id="no stage"),
        pytest.param(HEAD + 'engagement_kind = "listen"\n' + ITEM, ["“listening”"], id="engagement kind"),
        pytest.param(HEAD + 'proposal_state = "idea"\n' + ITEM, ["“ideas”"], id="proposal state"),
        pytest.param(HEAD + 'start = "9:30"\n' + ITEM, ["“start”", "“9:30”", "“09:30”"], id="start short"),
        pytest.param(HEAD + 'start = "24:00"\n' + ITEM, ["“start”", "“24:00”"], id="start too late"),
        pytest.param(HEAD + "start = 17:30:00\n" + ITEM, ["“start”", "in quotes"], id="start bare"),
        pytest.param(HEAD + 'language = "English"\n' + ITEM, ["“language”", "“English”", "“en”"], id="language"),
        pytest.param(HEAD + 'can_change = "Chairs"\n' + ITEM, ["“can_change”", "square brackets"], id="no list"),
        pytest.param(HEAD + "can_change = [1]\n" + ITEM, ["“can_change”, text 1", "not 1"], id="number in list"),
        pytest.param(HEAD + ITEM + 'say = ""\n', ["item 1 “Begin”", "“say” is empty"], id="empty text"),
        pytest.param(HEAD + ITEM + 'say = "\\u200b"\n', ["“say” is empty"], id="invisible text"),
        pytest.param(HEAD + ITEM + f'question = "{"x" * 201}"\n', ["“question” is 1 letter too long"], id="long"),
        pytest.param(HEAD + ITEM + 'protected = "yes"\n', ["“protected”", "true or false", "“yes”"], id="flag"),
        pytest.param(HEAD + ITEM + "phone = 3\n", ["“phone”", "[item.phone]"], id="phone no table"),
        pytest.param(HEAD + POLL.replace('question = "Which?"\n', ""), ["“question” is missing"], id="no question"),
        pytest.param(HEAD + POLL.replace(', "Coffee"', ""), ["phone: There is only one option"], id="one option"),
        pytest.param(HEAD + POLL.replace('["Tea", "Coffee"]', "[]"), ["There are no options"], id="no options"),
        pytest.param(
            HEAD + POLL.replace('["Tea", "Coffee"]', '"Tea"'), ["“options” must be a list"], id="options text"
        ),
        pytest.param(HEAD + POLL.replace('"Coffee"', "7"), ["option 2 must be a text in quotes, not 7"], id="option 7"),
        pytest.param(HEAD + POLL.replace("Coffee", "TEA"), ["“TEA” is there twice"], id="same option"),
        pytest.param(
            HEAD + POLL + f"extra = {json.dumps(['x'] * OPTIONS)}\n", ["there are 28 options"], id="too many options"
        ),
        pytest.param(
            HEAD + POLL + 'options_from = "ideas"\n', ["“options” and “options_from”"], id="options twice over"
        ),
        pytest.param(HEAD + POLL + 'options_from = "idea"\n', ["exclude each other"], id="options twice, misspelt"),
        pytest.param(
            HEAD + ITEM + 'question = "?"\n[item.phone]\nkind = "dots"\noptions = ["A", "B"]\ndots = "3"\n',
            ["item 1 “Begin”, phone: “dots”: expected a whole number, got a text"],
            id="a text for a number",
        ),
        pytest.param(
            HEAD + ITEM + 'question = "?"\n[item.phone]\nkind = "ideas"\nmax_chars = 0\n',
            ["max_chars is 0"],
            id="kind's",
        ),
        pytest.param(HEAD + ITEM + ITEM, ["item 2 has the same title as item 1, “Begin”"], id="same titles"),
        pytest.param(HEAD + ITEM + ITEM.replace("Begin", "BEGIN"), ["same title"], id="same titles but for capitals"),
        pytest.param(HEAD + ITEM * (AGENDA_ITEMS + 1), ["there are 101 items; 100 is the most"], id="too many items"),
        pytest.param('title = {ur = "x"}\nstage = "plan"\n' + ITEM, ["“title”", "“en”"], id="own language missing"),
        pytest.param('title = {en = "x", Urdu = "y"}\nstage = "plan"\n' + ITEM, ["“Urdu”", "“ur”"], id="no tag"),
        pytest.param('title = {en = "x", ur = 3}\nstage = "plan"\n' + ITEM, ["“title” in “ur”", "not 3"], id="tag 3"),
        pytest.param("a = 1\nb = = 2\n", ["day.toml, line 2, column 5", "b = = 2"], id="syntax"),
        pytest.param('title = "A\n', ["day.toml, line 1, column 11"], id="open quote"),
        pytest.param("start = 10:00\n", ["line 1", "Texts and times stand in straight quotes"], id="bare time"),
        pytest.param("title = A day\n", ["line 1", "A text stands in straight quotes"], id="bare words"),
        pytest.param("title = “A day”\n", ["line 1", "curly quotes"], id="curly quotes"),
        pytest.param("title = [1,\n2", ["day.toml, line 2, column 2"], id="end of file"),
        pytest.param('title = "A"\ntitle = "B"\n', ["line 2", "“title” stands there twice"], id="key twice"),
        pytest.param("a = " + "9" * 5000, ["day.toml"], id="endless number"),
        pytest.param("a = " + "[" * 5000, ["day.toml"], id="endless brackets"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_the_nearest_valid_word(text: str, parts: list[str]) -> None:
    message = refusal(text)

    assert message.startswith("day.toml")
    for part in parts:
        assert part in message
    assert "\x1b" not in message
    assert len(message) < 2_500


@pytest.mark.parametrize("minutes", ["0", "-5", "2.5", '"10"', "481", "true", "1e1", "[10]", "10:00:00", "{a = 1}"])
def test_minutes_are_a_whole_number_from_1_to_480(minutes: str) -> None:
    message = refusal(HEAD + f'[[item]]\ntitle = "Begin"\nminutes = {minutes}\n')

    assert "day.toml: item 1 “Begin”: “minutes” must be a whole number of minutes from 1 to 480" in message


def test_missing_minutes_are_told() -> None:
    assert "item 1 “Begin”: “minutes” is missing" in refusal(HEAD + '[[item]]\ntitle = "Begin"\n')


def test_all_problems_of_a_file_are_told_at_once_up_to_ten() -> None:
    items = "".join(f'[[item]]\ntitle = "T{number}"\nminutes = 0\n' for number in range(12))
    lines = refusal(HEAD + items).split("\n")

    assert lines[0] == "day.toml has 12 problems. Please mend the file and try again."
    assert len(lines) == 12
    assert "item 10 “T9”" in lines[10]
    assert lines[11] == "  And 2 more."


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_breaks_the_reader_and_none_reaches_a_terminal_raw(title: str, key: str) -> None:
    # JSON's way to write strings is TOML's, but for lone surrogates, which no UTF-8 file can hold.
    quoted = [json.dumps(each.encode("utf-8", "ignore").decode()).replace("\x7f", "\\u007f") for each in (title, key)]
    message = refusal(f'title = {quoted[0]}\nstage = "plan"\n{quoted[1]} = 1\n{ITEM}')

    assert all(letter.isprintable() or letter == "\n" for letter in message if ord(letter) < 0xA0)


def test_the_day_of_an_award_is_a_date_and_nothing_else() -> None:
    assert parse(HEAD + "award_on = 2026-12-24\n" + ITEM).award_on == "2026-12-24"
    assert parse(HEAD + ITEM).award_on == ""
    for written in ("2026-13-01", '"soon"', "12"):
        with pytest.raises(AgendaError):
            parse(HEAD + f"award_on = {written}\n" + ITEM)


def test_whose_duties_are_looked_at_is_one_of_four_places_and_a_wrong_one_is_told_the_nearest() -> None:
    assert parse(HEAD + 'jurisdiction = "WAL"\n' + ITEM).jurisdiction == "WAL"
    assert parse(HEAD + ITEM).jurisdiction is None
    with pytest.raises(AgendaError, match="SCO"):
        parse(HEAD + 'jurisdiction = "SOC"\n' + ITEM)


@pytest.mark.parametrize("written", ["2026-12-24", '"2026-12-24"'])
def test_the_last_day_of_the_write_up_is_a_date_with_quotes_or_without(written: str) -> None:
    assert parse(HEAD + f"write_up_by = {written}\n" + ITEM).write_up_by == "2026-12-24"


def test_an_agenda_can_give_more_time_to_take_a_closing_back() -> None:
    assert parse(HEAD + "reopen_seconds = 90\n" + ITEM).reopen_seconds == 90
    assert parse(HEAD + ITEM).reopen_seconds == 30


@pytest.mark.parametrize("written", ["29", "601", "true", '"90"', "45.5"])
def test_any_other_time_to_take_a_closing_back_is_refused(written: str) -> None:
    with pytest.raises(AgendaError):
        parse(HEAD + f"reopen_seconds = {written}\n" + ITEM)


@pytest.mark.parametrize("written", ["2026-13-01", '"24.12.2026"', "2026-12-24T10:00:00", "12", '"2026-02-30"'])
def test_a_last_day_that_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(AgendaError):
        parse(HEAD + f"write_up_by = {written}\n" + ITEM)


PROMISE = """title = "A day"
stage = "plan"
engagement_kind = "co_production"
proposal_state = "ideas"
level = "involve"
cannot_change = ["The date", { text = { en = "The size", cy = "Y maint" }, reason = { en = "Walls", cy = "Waliau" } }]
decides_on = 2027-01-15
hear_back_days = 21
by_video = 4
[[item]]
title = "End"
minutes = 5
level = "consult"
"""


def test_what_cannot_change_is_a_text_or_has_its_reason_in_every_language() -> None:
    read = parse_agenda(PROMISE, KINDS, file="day.toml")

    assert read.cannot_change == ("The date", "The size")
    assert read.cannot_because == ("", "Walls")
    assert read.each_said("cannot_change")[1].texts == (("cy", "Y maint"),)
    assert read.each_said("cannot_because")[1].texts == (("cy", "Waliau"),)
    assert (read.level, read.items[0].level, read.decides_on) == ("involve", "consult", "2027-01-15")
    assert (read.hear_back_days, read.by_video) == (21, 4)


@pytest.mark.parametrize(
    ("line", "instead", "problem"),
    [
        ('level = "involve"', 'level = "envolve"', "“level” cannot be “envolve”. Did you mean “involve”?"),
        (
            '"The date", {',
            '{ text = "A", reson = "B" }, {',
            "text 1: the key “reson” is not known. Did you mean “reason”?",
        ),
        ('"The date", {', '{ reason = "B" }, {', "“cannot_change”, text 1 is empty."),
        ("2027-01-15", '"in January"', "“decides_on” must be a date"),
        ("hear_back_days = 21", 'hear_back_days = "21"', "“hear_back_days” must be a whole number from 0 to 730"),
        ("hear_back_days = 21", "hear_back_days = 21\nhear_back_by = 2027-02-01", "please give one of them"),
        ("by_video = 4", "by_video = true", "“by_video” must be a whole number"),
        ("by_video = 4", f'word_for_pass = "{"x" * 41}"', "it is 1 letter too long for it"),
        ('"co_production"', '"pre_consultation"', ""),
    ],
)
def test_what_is_wrong_with_a_promise_is_told_with_its_place(line: str, instead: str, problem: str) -> None:
    if not problem:
        called = PROMISE.replace(line, instead).replace('"A day"', '"Consultation on beds"')
        with pytest.raises(AgendaError, match="calls this a consultation"):
            parse_agenda(called, KINDS, file="day.toml")
        assert parse_agenda(called.replace("Consultation on", "Before the consultation on"), KINDS, file="day.toml")
        return
    with pytest.raises(AgendaError) as caught:
        parse_agenda(PROMISE.replace(line, instead), KINDS, file="day.toml")
    assert problem in " ".join(map(str, (caught.value, *caught.value.lines)))
