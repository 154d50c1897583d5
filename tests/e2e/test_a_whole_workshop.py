"""One workshop, from the first scan to the report, as the people in the room see it."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.phones import BigScreen, Phone
from tests.e2e.terminal import Terminal
from tests.exports.workshops import text_of
from tests.runtime.laptop import Laptop, free_port
from workshop_tui.agendas import shipped_agenda
from workshop_tui.runtime import running
from workshop_tui.runtime.running import RunFile

OPEN_STORY = "I told his story to nine people in seven months."
URDU_STORY = "مجھے ہر بار شروع سے بتانا پڑا"
URDU_QUESTION = "آپ کیسے شامل ہو رہے ہیں؟"
SECRET_STORY = "A secret that only the facilitator may read."
LATE_STORY = "Sent while the laptop was off, and not lost."
NEED = "I need a seat near the door."
CONCERN = "Families are taken off the list without a call."

SHARED_WIDELY = "Also staff who are learning"
SHARED_TONIGHT = "This room, and the report of today"
SHARED_WITH_NOBODY = "Nobody else"


@pytest.mark.browser
@pytest.mark.timeout(240)
def test_a_whole_workshop(laptop: Laptop, browser: Browser, terminals: Terminals) -> None:
    workshop = the_facilitator_starts_tell_it_once(laptop)
    console = terminals.console()
    console.shows("Tell it once", "NOT STARTED", "Phones 0")
    big_screen = BigScreen(browser, workshop.screen_url)

    # People come in: one scans the square, one has an old phone and types the code, one reads Urdu.
    one = Phone(browser)
    old = Phone(browser, script=False)
    urdu = Phone(browser, language="ur")
    one.scans(big_screen.square())
    old.types_the_code(the_address_on_the_wall(workshop), workshop.join_code)
    urdu.scans(big_screen.square())
    console.shows("Phones 3")

    # The first question. Nobody sees a result before it is revealed, not even the facilitator.
    console.press("n")
    console.shows("1 of 13", "Arrive, eat, join", "not open")
    console.press("v")
    console.shows("Vote ● OPEN", "Results ▪ HIDDEN")
    for phone in (one, old, urdu):
        phone.goes_on()
    one.chooses("On my phone")
    old.chooses("On my phone")
    old.changes_to("On paper")
    urdu.is_on_the_page_again_from_right_to_left()
    urdu.chooses("اپنے فون پر")
    console.shows("3 of 3", "Live results hidden")
    big_screen.shows("How are you joining in tonight?", "3")
    big_screen.holds_nothing_of("<table", "bar")
    console.press("r", "y")
    console.shows("Results ► SHOWN", "“On my phone” has the most: 2 of 3 people (most)")
    big_screen.shows_bars(On_my_phone=2, On_paper=1, On_a_borrowed_tablet=0)
    one.goes_on()
    one.sees("On my phone", "2")

    # A need that only the facilitator reads.
    the_facilitator_goes_on_to(console, "How we look after each other")
    one.goes_on()
    one.writes_privately(NEED)
    console.shows("1 only for you")

    # Stories. Each owner says who may read it; the facilitator reads them all before anybody else does.
    the_facilitator_goes_on_to(console, "Your own")
    for phone in (one, old, urdu):
        phone.goes_on()
        phone.reads_the_ground_rules()
    one.writes_a_story(OPEN_STORY, may_read=SHARED_WIDELY)
    old.writes_a_story(SECRET_STORY, may_read=SHARED_WITH_NOBODY)
    urdu.writes_a_story(URDU_STORY, may_read=SHARED_TONIGHT)
    for phone in (one, old, urdu):
        phone.sends_it()
        phone.keeps_the_code()
    the_facilitator_reads_and_approves_what_may_be_shown(console)
    big_screen.shows(OPEN_STORY)
    big_screen.holds_nothing_of(SECRET_STORY, NEED)
    the_facilitator_keeps_a_concern(console, CONCERN)

    # The laptop stumbles, while somebody is sending. Her words stay on her phone and send themselves.
    one.page.get_by_role("link", name="Tell us more").click()
    one.writes_a_story(LATE_STORY, may_read=SHARED_TONIGHT)
    console.kill()
    laptop.kill(workshop)
    one.presses("Send it")
    one.sees("Not connected. Your words are safe.")
    again = the_facilitator_starts_it_again(laptop)
    assert again.join_url == workshop.join_url
    one.sees("Thank you. We have your words.")

    # Back at the same place, and to the end.
    console = terminals.console()
    console.shows("7 of 13", "Your own", "Phones 3", "TO READ")
    the_facilitator_approves_the_story_that_came_late(console)
    console.press("b")
    big_screen.shows("What was going on?")
    the_facilitator_ends_the_workshop(console)
    # The news at the top of her page, or, when that went on by itself, the page of the end.
    one.sees("workshop has ended")
    the_facilitator_finishes_the_write_up(console)
    reports = the_facilitator_writes_the_reports(console, again)
    the_facilitator_stops_the_room(laptop, console)

    # What was said is in the reports, and nothing else.
    assert what_was_voted(reports) == {"On my phone": 2, "On paper": 1}
    assert what_was_told(reports) == {OPEN_STORY, URDU_STORY, LATE_STORY}
    report = (reports / "report.html").read_text(encoding="utf-8")
    for words in (OPEN_STORY, URDU_STORY, LATE_STORY, CONCERN, "How are you joining in tonight?"):
        assert words in report
    for path in reports.iterdir():
        for words in (SECRET_STORY, NEED, workshop.join_code):
            assert words not in text_of(path), f"“{words}” is in {path.name}"
    assert the_votes_counted_again_are_the_same(laptop, again)


# What the facilitator does. --------------------------------------------------------------------------


def the_facilitator_starts_tell_it_once(laptop: Laptop) -> RunFile:
    """The shipped agenda with a few words in Urdu, and without a time of day."""
    text = shipped_agenda("tell-it-once").read_text(encoding="utf-8")
    for english, translated in {
        '"How are you joining in tonight?"': f'{{ en = "How are you joining in tonight?", ur = "{URDU_QUESTION}" }}',
        '"On my phone"': '{ en = "On my phone", ur = "اپنے فون پر" }',
        '"On paper"': '{ en = "On paper", ur = "کاغذ پر" }',
        'start = "17:30"\n': "",
    }.items():
        assert english in text
        text = text.replace(english, translated)
    agenda = laptop.write("tell-it-once.toml", text)
    started = laptop.cli("run", agenda, "--no-console", "--lan", "127.0.0.1", "--port", free_port())
    assert started.returncode == 0, started.stderr
    (run,) = running.find_all()
    return run


def the_facilitator_starts_it_again(laptop: Laptop) -> RunFile:
    """The same command as in the beginning: it goes on with the session that is there."""
    again = laptop.cli("run", laptop.folder / "tell-it-once.toml", "--no-console")
    assert "Going on with the session" in again.stdout, again.stderr
    (run,) = running.find_all()
    return run


def the_address_on_the_wall(workshop: RunFile) -> str:
    """What stands below the square."""
    return workshop.join_url.lower().partition("/j/")[0]


def the_facilitator_goes_on_to(console: Terminal, title: str) -> None:
    """Press n until the item is open; wait for each one, so that none is skipped."""
    while title not in console.top_line():
        number = int(console.top_line().split()[0])
        # Another key in between: n again at once would be taken for one that is held down.
        console.press("up", "n")
        console.shows(f"{number + 1} of 13")


def the_facilitator_reads_and_approves_what_may_be_shown(console: Terminal) -> None:
    """s opens the queue; a approves; b puts the first story on the big screen."""
    console.press("s")
    console.shows("Is the big screen a separate display?")
    console.press("up", "enter")
    # The newest comes first.
    console.shows("Not read: 1–4 of 4", SHARED_TONIGHT)
    console.press("a")
    console.shows("Not read: 1–3 of 3", "Nobody else", "It may not be shown word for word.")
    the_facilitator_only_reads_it(console, SECRET_STORY)
    console.shows("Not read: 1–2 of 2", SHARED_WIDELY, OPEN_STORY)
    console.press("a")
    console.shows("Not read: 1–1 of 1", "Only you can read this.")
    the_facilitator_only_reads_it(console, NEED)
    console.shows("Not read: nothing")
    console.press("f", "f")
    console.shows("Approved: 1–2 of 2")
    # The newest is the first; the one in English came before it.
    console.press("down")
    console.waits_for(lambda: "nine people" in console.text.partition("Its owner chose")[2])
    console.press("b")
    console.shows("Big screen: what somebody sent.")
    the_facilitator_goes_back_to_the_agenda(console)


def the_facilitator_only_reads_it(console: Terminal, words: str) -> None:
    """Open it whole, and go back without doing anything with it."""
    console.press("enter")
    console.shows("Back (Esc)", words)
    console.press("escape")
    console.waits_for(lambda: "Back (Esc)" not in console.text)


def the_facilitator_approves_the_story_that_came_late(console: Terminal) -> None:
    """The queue once more."""
    console.press("s")
    console.shows("Is the big screen a separate display?")
    console.press("up", "enter")
    console.shows("Not read: 1–1 of 1", LATE_STORY)
    console.press("a")
    console.shows("Not read: nothing")
    the_facilitator_goes_back_to_the_agenda(console)


def the_facilitator_goes_back_to_the_agenda(console: Terminal) -> None:
    """Esc; wait, because a key that follows at once would be taken for one with Alt."""
    console.press("escape")
    console.shows("AGENDA")


def the_facilitator_keeps_a_concern(console: Terminal, words: str) -> None:
    """k, the words, Enter."""
    console.press("k")
    console.shows("What worries people?")
    console.press(words, "enter")
    console.shows("Kept a concern")


def the_facilitator_ends_the_workshop(console: Terminal) -> None:
    """From the palette, with the typed word."""
    console.press("ctrl+p")
    console.shows("Search for commands")
    console.press("End the workshop")
    console.shows("People leave. Type END.")
    console.press("enter")
    console.shows("Type END to do it")
    console.press("END", "enter")
    console.shows("ENDED", "You can write up until")


def the_facilitator_finishes_the_write_up(console: Terminal) -> None:
    """The same way, with another word."""
    console.press("ctrl+p")
    console.shows("Search for commands")
    console.press("Finish the write-up")
    console.shows("Type FINISH, once people have left.")
    console.press("enter")
    console.shows("Type FINISH to do it")
    console.press("FINISH", "enter")
    console.shows("THE WRITE-UP IS FINISHED", "Deleted:")


def the_facilitator_writes_the_reports(console: Terminal, workshop: RunFile) -> Path:
    """x; gives the folder."""
    console.press("x")
    console.shows("Reports written", "report.html", "votes.csv", "stories.csv")
    session = Path(workshop.session_path)
    return session.parent / "exports" / session.stem


def the_facilitator_stops_the_room(laptop: Laptop, console: Terminal) -> None:
    """Nothing is lost by it."""
    assert laptop.cli("stop", "--yes").returncode == 0
    assert running.find_all() == []
    console.close()


# What the reports say. -------------------------------------------------------------------------------


def what_was_voted(reports: Path) -> Counter[str]:
    """The answers in votes.csv."""
    return Counter(row["words"] for row in _rows(reports / "votes.csv"))


def what_was_told(reports: Path) -> set[str]:
    """The stories in stories.csv; each is there once."""
    told = [row["what_happened"] for row in _rows(reports / "stories.csv")]
    assert len(told) == len(set(told))
    return set(told)


def the_votes_counted_again_are_the_same(laptop: Laptop, workshop: RunFile) -> bool:
    """`workshop-tui recount`."""
    recounted = laptop.cli("recount", workshop.session_path)
    return recounted.returncode == 0 and "same. 3 answers" in recounted.stdout


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Terminals:
    """Windows that are closed with the test."""

    def __init__(self) -> None:
        self.open: list[Terminal] = []

    def console(self) -> Terminal:
        """`workshop-tui attach` in a window of its own."""
        terminal = Terminal([sys.executable, "-m", "workshop_tui", "attach"])
        self.open.append(terminal)
        return terminal


@pytest.fixture
def terminals() -> Iterator[Terminals]:
    """No window yet."""
    terminals = Terminals()
    yield terminals
    for each in terminals.open:
        each.close()
