"""Words of every level, looked for in every output in every format: they go as far as their owners let them."""

from __future__ import annotations

from functools import cache

import pytest
from msgspec.structs import replace

from tests.cycle import made
from tests.exports.cycle_day import CycleDay
from tests.exports.opened import readable
from tests.sessions import an_agenda, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.consent import Destination
from workshop_tui.domain.points import Tie
from workshop_tui.domain.promise import promise_of
from workshop_tui.exports.files import NAMES, Writing
from workshop_tui.exports.formats import DATA
from workshop_tui.exports.outputs import OUTPUTS
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH

LEAST: dict[Destination, str] = {"participants": "C2", "session_report": "C2", "board": "C3", "public": "C4",
                                 "cycle_export": "C3"}  # fmt: skip
"""From which level words go to an audience."""

LEVELS = ("C0", "C1", "C2", "C3", "C4")


def canary(level: str, where: str) -> str:
    """Words that nobody else says, and enough of them in a row to be somebody's own."""
    return f"Canary {where} {level} " + " ".join(
        f"{word}{where}{level}" for word in ("sang", "on", "the", "dark", "rim")
    )


def the_day() -> CycleDay:
    """One story of each level, approved; ideas, reasons, private words; and lines of the write-up that repeat them."""
    day = CycleDay(
        an_agenda(
            item(1, "Live with it", kind="consensus", question="Can you?"),
            item(3, "Your story", kind="vignette", question="What happened?"),
            item(4, "Ideas", kind="ideas", question="It works when"),
            item(6, "Needs", kind="private", question="Anything?"),
            item(7, "Bids", kind="panel", options=options("Red", "Blue"), evaluators=["Patient", "Nurse"]),
            item(8, "Spare"),
        )
    )
    day.join(*LEVELS, "more", "last")
    day.give(cmd.SetPresent(people=31))
    day.open("i01")
    day.open_vote()
    day.answer("C2", {"view": "1", "view.why": canary("C2", "reason")})
    day.answer("C3", {"view": "1", "view.why": canary("C0", "unread")})
    day.give(cmd.Reveal())
    for row in day.tables.reasons.kept("i01.1"):
        if "unread" not in row.body:
            day.give(cmd.Moderate(contribution=row.key, handling="approved"))
    day.open("i03")
    stories = {level: day.story(level, canary(level, "story"), level) for level in LEVELS}
    day.give(cmd.Retell(contribution=stories["C1"], words=canary("C1", "retold")))
    held = day.story("more", canary("C0", "held"), "C4", "on_hold")
    gone = day.story("last", canary("C0", "gone"), "C4")
    day.open("i04")
    day.idea("C0", canary("C2", "idea"))
    day.idea("C1", canary("C0", "idle"), "new")
    day.open("i06")
    day.private("C0", canary("C0", "private"))
    day.give(cmd.NoteContact(key="contactcanary", routed_to="advocacy", reference="PA-9137"))
    point = day.line("point", "People want one number to ring", said_by="7", stage="plan", asked="Pay for it")
    day.give(cmd.TieNotes(ties=tuple(Tie(point, "contribution", stories[level]) for level in LEVELS[1:])))
    day.line("missing", "Young carers", reason="School was on")
    # A facilitator can type what somebody said: in a line, and in what is said of it.
    for level in ("C2", "C3", "C4"):
        day.line("concern", f"Somebody told us: {canary(level, 'story')}")
        day.line("offer", f"Offer {level}", who=canary(level, "story"))
        day.line("option", f"Option {level}", state="discarded", reason=canary(level, "story"))
        # Without a register, or where a name belongs.
        day.note("action", f"Act {level}", owner=canary(level, "story"), due="2027-01-02")
        day.line("action", f"Do {level}", role="Lead", name=canary(level, "story"), by="2027-01-02")
    day.line("action", "Ring her", role="Write to ana@example.org", by="2027-01-02")
    # And so can what the room is promised, and everything else that is typed on the day.
    told = canary("C2", "story")
    day.give(
        cmd.ChangePromise(
            promise=replace(promise_of(day.state.agenda), why_now=told, can_change=(told,), who_decides=told,
                            hear_back=told, hear_back_by="2027-01-02", why_changed=told)
        )
    )  # fmt: skip
    day.give(cmd.EditItem(item=replace(day.state.agenda.items[4], title=told, question=told)))
    day.give(cmd.SkipItem(item="i08", reason=told))
    day.open("i07")
    day.line("point", "Noted under an edited title", stage="plan", said_by="3", body="Board")
    day.give(cmd.TakeBack(person="last", contribution=gone))
    day.give(cmd.EndWorkshop(confirm="END"))
    assert held
    day.keys = {"point": point}
    return day


@cache
def files() -> dict[str, str]:
    """Every file, by the name that asks for it, as what a person and a program find in it."""
    day = the_day()
    of = day.record().info.id
    quoted = canary("C2", "story")
    followed = made.follow_up(
        made.answered(day.keys["point"], "done", f"As one said: {quoted}", where=quoted, session=of), session=of
    )
    writing = Writing(day.record(), KINDS, ENGLISH, followed)
    return {
        name: "\n".join(
            readable(file, bytes(content)).decode("utf-8", "replace").replace("\r\n ", "")
            for file, content in writing.files(name).items()
        )
        for name in NAMES
    }


def audience_of(name: str) -> Destination:
    for output in OUTPUTS:
        if name.rpartition(".")[0] == output.name:
            return output.audience
    data = next(each for each in DATA if each.name == name)
    return data.audience or next(each.audience for each in OUTPUTS if each.with_data)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", NAMES)
def test_a_story_is_in_no_file_that_its_owner_did_not_let_it_go_to(name: str, level: str) -> None:
    assert level >= LEAST[audience_of(name)] or canary(level, "story") not in files()[name]


@pytest.mark.parametrize("level", ["C2", "C3", "C4"])
def test_it_is_in_those_that_it_may_be_in(level: str) -> None:
    quoting = {"report.md": "C2", "report.docx": "C2", "session.json": "C2", "record.json": "C2", "stories.csv": "C2",
               "for-staff.html": "C3", "board-item-private.docx": "C3", "board-item.md": "C4"}  # fmt: skip

    assert [
        name for name, least in quoting.items() if level >= least and canary(level, "story") not in files()[name]
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_reasons_and_ideas_go_as_far_as_the_report_and_no_further(name: str) -> None:
    if audience_of(name) not in ("participants", "session_report"):
        assert canary("C2", "reason") not in files()[name]
        assert canary("C2", "idea") not in files()[name]
    assert canary("C2", "reason") in files()["reasons.csv"]
    assert canary("C2", "idea") in files()["report.md"]


@pytest.mark.parametrize("where", ["unread", "held", "gone", "idle", "private"])
def test_what_was_not_read_or_held_or_taken_back_or_private_is_in_no_file(where: str) -> None:
    assert [name for name, text in files().items() if f"Canary {where}" in text] == []


@pytest.mark.parametrize("of_it", ["contactcanary", "PA-9137", "own_care", "advocacy"])
def test_that_somebody_asked_about_their_own_care_is_in_no_file(of_it: str) -> None:
    assert [name for name, text in files().items() if of_it in text] == []


def test_what_the_facilitator_told_of_a_story_for_the_room_is_in_no_file() -> None:
    assert [name for name, text in files().items() if "Canary retold" in text] == []


@pytest.mark.parametrize(
    "name", ["board-item.md", "you-said-we-did.html", "easy-read.md", "for-staff.md", "thank-you.txt"]
)
def test_a_line_that_repeats_what_may_not_go_there_is_left_out_and_counted(name: str) -> None:
    assert "Somebody told us: Canary story C2" not in files()[name]
    assert name in ("easy-read.md", "thank-you.txt") or "left out because" in files()[name]


def test_what_may_tell_who_somebody_is_stands_beside_no_line_until_that_is_decided() -> None:
    assert [name for name, text in files().items() if "Write to ana" in text] == []


def test_an_answer_that_repeats_somebodys_words_is_told_without_them_and_that_is_said() -> None:
    page = files()["you-said-we-did.html"]

    assert "Done" in page
    assert "[…]" in page
    assert "The words of 1 answer are left out because they are held back." in page
    assert "As one said:" in files()["report.md"]
