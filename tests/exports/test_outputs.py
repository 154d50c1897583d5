"""Each output answers its reader's question by itself, says who may have it, and nothing that is not its to say."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cycle import made as made_lines
from tests.exports.cycle_day import BUS, CALL, OTHERS, RING, SIGNS, CycleDay, answers, cycle_day
from tests.exports.opened import readable
from tests.exports.workshops import agenda, all_files
from tests.sessions import an_agenda, item, options
from workshop_tui.counting.formats import read_ballots
from workshop_tui.counting.formats.ballot_file import BallotFile
from workshop_tui.cycle import follow_up
from workshop_tui.cycle.follow_up import FollowUp
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.points import Tie
from workshop_tui.errors import InputError
from workshop_tui.exports.building import build_report
from workshop_tui.exports.document import Section
from workshop_tui.exports.files import NAMES, ON_REQUEST, Writing
from workshop_tui.exports.formats import PAGES
from workshop_tui.exports.outputs import OUTPUTS
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH
from workshop_tui.room.record import SessionRecord, as_it_may_be_read
from workshop_tui.runtime import follow_ups
from workshop_tui.runtime.exporting import write_reports

DOCS = Path(__file__).parents[2] / "docs" / "exports.md"

PAGE_NAMES = [name for name in NAMES if name.rpartition(".")[2] in {page.ending for page in PAGES}]


READ = ("report.md", "summary.md", "one-page.md", "thank-you.txt", "board-item.md", "you-said-we-did.md",
        "easy-read.md", "for-staff.md")  # fmt: skip
"""Every output that is read, in one format."""


def made(day: CycleDay, name: str, followed: FollowUp | None = None) -> str:
    """One file, as text in which no sign has a meaning."""
    return plain(Writing(day.record(), KINDS, ENGLISH, followed), name)


def plain(writing: Writing, name: str) -> str:
    raw = readable(name, bytes(writing.files(name)[name])).decode("utf-8", "replace").replace("\r\n ", "")
    if name.endswith(".html"):
        raw = re.sub(r"\s*</(?:td|th|li|p|h\d)>\s*", "\n", re.sub(r"<(style).*?</\1>", "", raw, flags=re.DOTALL))
        raw = re.sub("<[^>]+>", "", raw).replace("&#39;", "'").replace("&amp;", "&")
    return raw.replace("\\", "")


@cache
def the_day() -> Writing:
    day = cycle_day()
    return Writing(day.record(), KINDS, ENGLISH, answers(day))


@cache
def of_the_day(name: str) -> str:
    return plain(the_day(), name)


QUESTIONS = {
    "report": (
        "What happened at this workshop, and what came of it?",
        [RING, "12 of 30 people (some, 40%) said this.", "3 of 30 people (a few, 10%) said the opposite.",
         "We write to you", "Behind it: 4 stories.", "It was loud", *(text for text, _ in OTHERS.values())],
    ),
    "summary": (
        "I was there: what did they hear, and what happens now?",
        [RING, "We write to you", "Ring the bus company", "Nobody asked the night staff"],
    ),
    "one-page": (
        "What do I have to do, and by when?",
        ["Ring the bus company", "Ward manager, Kim Doe", "by 1 December 2026", "We write to you", RING],
    ),
    "thank-you": (
        "Was I heard, and how do I take my words back?",
        [f"- {RING}", f"- {BUS}", f"- {SIGNS}", "We write to you: by 24 December 2026", "private code"],
    ),
    "board-item": (
        "What are we asked to note, decide or do, and what worries people?",
        ["The board is asked to decide\n", "Pay for one number", "The board is asked to act",
         "Talk to the bus company", "The board is asked to note", SIGNS, "Nobody asked the night staff",
         "From the lay member", "Who explains it", "night workers", "120.50"],
    ),
    "board-item-private": (
        "What do those say who did not want it published?",
        ["not to be published", "Told by person1", RING],
    ),
    "you-said-we-did": (
        "What became of what people said?",
        [f"{SIGNS}", "Every sign has larger letters.", "You said, and we can't, because", "has no driver",
         "You said, and there is no answer yet", "No answer yet. An answer was asked for by 31 January 2027."],
    ),
    "easy-read": (
        "What did we say, and what did they do? In words that I can read",
        [SIGNS, "We did this:\n", "Every sign has larger letters.\n", "We cannot do this, because:",
         "There is no answer yet."],
    ),
    "actions": (
        "What has to be done, and what became of it?",
        ["Ring the bus company", "Ward manager", "Kim Doe", "2026-12-01", "We write to you", "Nobody asked the night"],
    ),
    "dates": (
        "On which days must something be ready?",
        ["20261201", "Ring the bus company", "20261224", "We write to you"],
    ),
    "for-staff": (
        "What did patients change, and what do I do differently now?",
        [SIGNS, "Every sign has larger letters.", "The desk moves in May", "The bus company has no driver.",
         "Ring the bus company", "Ward manager"],
    ),
}  # fmt: skip
"""What the reader of each output wants to know, and what of its file answers that."""


def test_every_output_has_a_question() -> None:
    assert {*QUESTIONS} == {output.name for output in OUTPUTS}


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_the_readers_question_stands_in_the_docs_and_the_file_answers_it_by_itself(name: str) -> None:
    question, wanted = QUESTIONS[name.rpartition(".")[0]]
    flat = " ".join(re.sub(r"[|>*]", " ", of_the_day(name)).split())

    assert question in DOCS.read_text("utf-8")
    assert [each for each in wanted if " ".join(each.split()) not in flat] == []


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_every_file_says_in_words_who_may_have_it_and_has_no_code(name: str) -> None:
    output = next(each for each in OUTPUTS if each.name == name.rpartition(".")[0])

    assert str(output.for_whom) in of_the_day(name)
    # Behind what a person reads in a workbook stand the names of its cells.
    assert not re.search(r"\bC[0-4]\b", of_the_day(name).partition("<?xml")[0])
    assert str(output.for_whom) in DOCS.read_text("utf-8")


def test_no_two_outputs_are_one_template() -> None:
    def headings(parts: object) -> list[str]:
        found = [part for part in parts if isinstance(part, Section)]  # type: ignore[attr-defined]
        return [str(part.heading) for part in found] + [each for part in found for each in headings(part.parts)]

    day = cycle_day()
    asked = {
        each.name: {*headings(each.build(build_report(day.record(), KINDS, each.audience, answers(day))).sections)}
        for each in OUTPUTS
        if "md" in each.formats
        # The same item, for a session without the public: that is what it is for.
        if each.name != "board-item-private"
    }
    for one, mine in asked.items():
        for other, theirs in asked.items():
            assert one == other or len(mine & theirs) <= 0.7 * len(mine | theirs), (one, other)


# The half page. ---------------------------------------------------------------------------------------

REPORTS = ("report", "board-item", "you-said-we-did", "for-staff")


@pytest.mark.parametrize("name", REPORTS)
def test_half_a_page_stands_first_and_what_was_left_out_last(name: str) -> None:
    text = of_the_day(f"{name}.md")
    places = [text.index(f"# {each}") for each in (
        "In short", "What came out of it", "What was promised, by whom and when", "What happens next",
        "What stays in place, so that we keep talking", "What people do not agree on", "What was left out, and why",
    )]  # fmt: skip

    assert places == sorted(places)
    headings = re.findall(r"^## (.*)", text, re.MULTILINE)
    # A board reads what it is about and the concerns before all else.
    assert headings[0 if name != "board-item" else 2] == "In short"
    assert headings[-2] == "What was left out, and why"


def test_a_point_says_how_many_as_a_number_then_a_word() -> None:
    short = of_the_day("report.md").split("## At a glance")[0]

    assert f"- {RING}  \n  12 of 30 people (some, 40%) said this. 3 of 30" in short
    assert f"- {CALL}  \n  1 of 30 people (3%) said this.\n" in short


def test_there_is_no_percentage_below_thirty_people() -> None:
    day = cycle_day(present=29)

    for name in READ:
        assert "%" not in made(day, name).replace("“a few” is under 20%", "").replace("“nearly all” 80%", ""), name
    assert "12 of 29 people (some) said this." in made(day, "you-said-we-did.md")


@pytest.mark.parametrize(("present", "told"), [(4, False), (9, True), (12, True)])
def test_a_number_that_tells_what_each_of_a_few_said_is_in_the_rooms_own_report_alone(present: int, told: bool) -> None:
    day = CycleDay(agenda())
    day.give(cmd.SetPresent(people=present))
    day.open("i03")
    day.line("point", RING, said_by="4")
    day.give(cmd.EndWorkshop(confirm="END"))

    assert f"4 of {present} people" in made(day, "report.md")
    for name in ("board-item.md", "you-said-we-did.md", "for-staff.md", "one-page.md"):
        assert (f"4 of {present} people" in made(day, name)) == told, name
        assert ("so small a group" in made(day, name)) != told, name
    assert ("4 people said this." in made(day, "easy-read.md")) == told


def test_a_day_without_a_write_up_says_so_in_every_output() -> None:
    day = CycleDay(an_agenda(item(1)))

    for name in ("report.md", "one-page.md", "board-item.md", "you-said-we-did.md", "for-staff.md"):
        assert "Nobody has made points of what was said yet." in made(day, name), name
    assert "We are still reading" in made(day, "thank-you.txt")
    assert "We are still reading" in made(day, "easy-read.md")


# What each may say. -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["you-said-we-did.md", "easy-read.md", "thank-you.txt", "board-item.md"])
def test_nobody_is_named_to_the_public(name: str) -> None:
    assert "Kim Doe" not in of_the_day(name)


def test_stories_and_points_can_be_followed_both_ways() -> None:
    day = cycle_day()
    text = made(day, "report.md")
    story = text.split("Told by person2")[0].rpartition("### Story ")[2]

    assert "In this report: story 1, 2 and 3." in text
    assert f"It stands behind this point: “{RING}”" in story


def test_a_story_that_was_taken_back_is_in_nothing_and_its_point_still_stands() -> None:
    day = CycleDay(agenda())
    day.join("ana")
    day.open("i03")
    key = day.story("ana", "CANARYWORDS", "C4")
    point = day.line("point", RING, said_by="1")
    day.give(cmd.TieNotes(ties=(Tie(point, "contribution", key),)))
    before = made(day, "board-item.md")
    day.give(cmd.TakeBack(person="ana", contribution=key))
    day.give(cmd.EndWorkshop(confirm="END"))

    assert "CANARYWORDS" in before
    for name in READ:
        assert "CANARYWORDS" not in made(day, name), name
        assert RING in made(day, name), name
    assert "The story behind this was taken back." in made(day, "report.md")


def test_what_patients_changed_is_not_told_as_changed_before_somebody_says_so() -> None:
    day = cycle_day()

    assert "Nothing is recorded as changed yet." in made(day, "for-staff.md")
    assert "You said, we did" not in made(day, "you-said-we-did.md").split("## ", 1)[1]


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_nothing_claims_what_no_program_can_know(name: str) -> None:
    assert not re.search(r"lawful|complian|statistically|representative|anonymi[sz]ed", of_the_day(name), re.IGNORECASE)


def test_work_before_a_consultation_is_not_called_one() -> None:
    day = cycle_day(replace(agenda(), engagement_kind="pre_consultation"))
    writing = Writing(day.record(), KINDS, ENGLISH, answers(day))

    for name in READ:
        text = plain(writing, name).replace("This is early engagement, before any formal consultation.", "")
        text = text.replace("It was not a consultation, and nothing in here stands for one.", "")
        assert "consultation" not in text.casefold(), name


def test_where_the_words_of_the_day_call_it_a_consultation_every_page_says_that_it_was_none() -> None:
    planned = replace(agenda(), engagement_kind="pre_consultation", title="Consultation on the night desk")
    day = cycle_day(planned)
    formal = cycle_day(replace(planned, engagement_kind="formal_consultation"))
    said = "This session was not part of one."

    for name in READ:
        assert said in made(day, name), name
    assert said not in made(formal, "board-item.md")


def test_the_boards_item_for_a_private_session_is_made_only_when_asked_for() -> None:
    assert {name for name in ON_REQUEST if name.startswith("board-item")} == {
        "board-item-private.docx", "board-item-private.html", "board-item-private.md",
    }  # fmt: skip
    assert "Told by person1" not in of_the_day("board-item.md")
    assert "Told by person2" in of_the_day("board-item.md")


def test_easy_read_has_one_idea_on_a_line_in_short_sentences_of_ours() -> None:
    day = cycle_day()
    lines = [line for line in made(day, "easy-read.md", answers(day)).splitlines() if line and not line.startswith("#")]

    assert all(line.count(". ") == 0 for line in lines)
    assert max(len(line.split()) for line in lines) <= 15
    assert (
        'class="large"'
        in bytes(Writing(day.record(), KINDS, ENGLISH).files("easy-read.html")["easy-read.html"]).decode()
    )


# What was answered since. -----------------------------------------------------------------------------


def test_what_was_answered_beside_the_session_is_in_its_files_and_a_damaged_file_of_answers_is_said(
    tmp_path: Path,
) -> None:
    day, session = cycle_day(), tmp_path / "day.workshop"
    beside = follow_ups.path_of(session)
    beside.write_bytes(follow_up.write(answers(day)))

    def you_said(to: str) -> str:
        (path,) = write_reports(day.record(), tmp_path / to, ["you-said-we-did.md"], session=session)
        return path.read_text("utf-8")

    assert "Every sign has larger letters." in you_said("one")
    beside.write_bytes(beside.read_bytes().replace(b"larger", b"smaller"))
    damaged = you_said("two")
    assert "smaller" not in damaged
    assert "day.follow-up.jsonl" in damaged


def test_an_answer_that_changed_is_to_be_confirmed_anew() -> None:
    day = cycle_day()
    of, point = day.record().info.id, f"{day.record().info.id}:{day.keys[SIGNS]}"
    done = made_lines.answered(day.keys[SIGNS], "done", "Larger letters.", session=of)
    yes = follow_up.Line(at=made_lines.NOON, what="confirmed", about=point, yes=4, no=1)
    more = made_lines.answered(day.keys[SIGNS], "done", "Larger letters, and arrows.", session=of)

    told = made_lines.follow_up(done, yes, session=of)
    assert "4 of 5 who asked say yes." in made(day, "you-said-we-did.md", told)
    told = made_lines.follow_up(done, yes, more, session=of)
    assert "Not yet confirmed by those who asked." in made(day, "you-said-we-did.md", told)


def test_where_a_clock_was_put_back_the_pages_have_the_later_line_too() -> None:
    day = cycle_day()
    of, key = day.record().info.id, day.keys[SIGNS]
    lines = (
        made_lines.answered(key, "planned", "Arrows.", session=of, on="2027-05-01", at=made_lines.NOON + 9),
        made_lines.answered(key, "not_done", "No money.", session=of, at=made_lines.NOON),
    )

    page = made(day, "you-said-we-did.md", made_lines.follow_up(*lines, session=of))
    assert "No money." in page
    assert "Arrows." not in page


def test_what_was_done_since_is_not_what_happens_next() -> None:
    day = cycle_day(replace(agenda(), baton_out=()))
    of = day.record().info.id
    (action,) = (each.key for each in day.report().entries if each.register == "action")
    done = made_lines.follow_up(made_lines.answered(action, "done", "They ring.", session=of), session=of)

    def short(*followed: follow_up.FollowUp) -> str:
        return made(day, "report.md", *followed).split("What happens next")[1].split("What stays in place")[0]

    assert "Ring the bus company" in short()
    assert "Ring the bus company" not in short(done)
    assert "Everything that was agreed has its answer." in short(done)


# Scores of a panel. -----------------------------------------------------------------------------------


def a_panel(award_on: str = "2026-12-24") -> CycleDay:
    """A panel that scored, and a note that repeats a reason of it."""
    bids = item(1, "Bids", kind="panel", options=options("Red", "Blue"), evaluators=["Patient", "Nurse"])
    day = CycleDay(replace(an_agenda(bids), award_on=award_on, stage="procure"))
    day.join("ana")
    day.open("i01")
    day.open_vote()
    day.answer("ana", {"name": "e2", "score.a": "2", "score.a.why": "CANARYREASON of a long score"})
    day.give(cmd.Reveal())
    day.approve_reasons()
    day.line("concern", "Somebody wrote CANARYREASON of a long score")
    day.line("concern", "The bids came late")
    day.give(cmd.EndWorkshop(confirm="END"))
    return day


def on(day: CycleDay, date: str) -> SessionRecord:
    """The session as it may be read on a day."""
    now = dt.datetime.fromisoformat(f"{date}T23:00:00").timestamp() * 1000
    return as_it_may_be_read(day.record(), KINDS, int(now))


def everything(record: SessionRecord) -> dict[str, str]:
    return {name: raw.decode("utf-8", "replace") for name, raw in all_files(record).items()}


@pytest.mark.parametrize("date", ["2026-11-28", "2026-12-23"])
def test_before_the_award_no_file_has_a_score_or_a_reason_of_the_panel(date: str) -> None:
    day = a_panel()
    after, before = everything(on(day, "2026-12-24")), everything(on(day, date))

    assert "CANARYREASON" in after["report.md"]
    assert "CANARYREASON" in after["session.json"]
    assert not [name for name, text in before.items() if "CANARYREASON" in text]
    assert not [name for name, text in before.items() if "score.a" in text and name.endswith(".json")]
    assert '"score.a"' not in "\n".join(line for line in before["votes.csv"].splitlines()[1:])
    assert not [line for line in before["votes.csv"].splitlines()[1:] if '"panel"' in line]
    assert "Nurse" not in before["session.json"].split('"rounds"')[1]
    assert "until the contract is awarded on 24 December 2026" in before["report.md"]
    assert "The bids came late" in before["report.md"]


def test_whoever_counts_a_file_from_before_the_award_is_told_that_scores_wait_for_it() -> None:
    bids = item(1, "Bids", kind="score", options=options("Red", "Blue"))
    lunch = item(2, "Lunch", kind="single", options=options("Soup", "Bread"))
    day = CycleDay(replace(an_agenda(bids, lunch), award_on="2026-12-24"))
    day.join("ana")

    def counted(date: str) -> tuple[BallotFile, ...]:
        return read_ballots("session.json", all_files(on(day, date))["session.json"])

    waits = "The scores of round “i01.1” are in no file until the contract is awarded."
    day.open("i01")
    day.open_vote()
    day.answer("ana", {"score.a": "2", "score.b": "1"})
    day.give(cmd.Reveal())
    with pytest.raises(InputError) as refused:
        counted("2026-12-23")
    assert [str(each) for each in refused.value.lines] == [waits]

    day.open("i02")
    day.open_vote()
    day.answer("ana", {"choice": "a"})
    day.give(cmd.Reveal())
    (chosen,) = counted("2026-12-23")
    assert [str(each) for each in chosen.oddities] == [waits]
    assert [each.key for each in counted("2026-12-24")] == ["i01.1", "i02.1"]


def test_an_agenda_without_an_award_has_its_scores_in_its_files() -> None:
    record = on(a_panel(""), "2026-11-28")

    assert "CANARYREASON" in everything(record)["report.md"]
    assert not record.awaits_award
