"""Sessions to export: made by deciding and evolving, as a room makes them, and read as a record."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.exports.opened import readable
from tests.fakes import NOON
from tests.sessions import Desk, an_agenda, an_info, item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.agenda import Agenda
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.identifiers import find
from workshop_tui.domain.redaction import Redaction, texts_in
from workshop_tui.domain.roles import parted
from workshop_tui.exports.building import build_report
from workshop_tui.exports.files import NAMES, Writing
from workshop_tui.exports.formats import html, markdown
from workshop_tui.exports.outputs import session_report
from workshop_tui.exports.report import Report
from workshop_tui.kinds.registry import KINDS
from workshop_tui.locales import translator_for
from workshop_tui.messages import ENGLISH, Translator
from workshop_tui.room.record import RoundRecord, SessionRecord

START = NOON - NOON % 86_400_000 + (16 * 60 + 30) * 60_000
"""16:30 UTC on the day of the tests: half past five by a clock one hour ahead."""


class Workshop(Desk):
    """A desk with short ways to say what happens in a workshop."""

    def pass_min(self, minutes: float) -> None:
        self.clock.pass_s(minutes * 60)

    def order(self, person: str, *keys: str) -> None:
        assert self.state.last_round is not None
        ballot = json.dumps({"order": keys}, separators=(",", ":"))
        sid = f"{len(self.events):032x}"
        self.give(cmd.Cast(person=person, round=self.state.last_round.key, choice=ballot, submission_id=sid))

    def story(self, person: str, words: str, level: str, handling: str = "approved", item_: str = "i03") -> str:
        body = {"parts": [["what_happened", words]], "level": level}
        return self._say(person, body, level, handling, item_)

    def idea(self, person: str, words: str, handling: str = "approved", item_: str = "i04") -> str:
        return self._say(person, {"text": words}, "C2", handling, item_)

    def private(self, person: str, words: str, item_: str = "i06") -> str:
        return self._say(person, {"text": words}, "C0", "read", item_)

    def note(self, kind: str, text: str, owner: str = "", due: str = "") -> None:
        self.give(cmd.AddNote(key=f"n{len(self.events)}", kind=kind, text=text, owner=owner, due=due))

    def _say(self, person: str, body: dict[str, object], level: str, handling: str, item_: str) -> str:
        self.tell(person, json.dumps(body, separators=(",", ":")), item_=item_, consent=level)
        key = next(reversed(self.tables.contributions))
        if handling != "new":
            # Not through `Handle`: it refuses to approve what the consent forbids, and the exports have to hold
            # by themselves.
            self.tables.apply(ev.ModerationSet(key=key, handling=handling))
            self.tables.apply(ev.RedactionsWritten(key, tuple(_left(body))))
            self.tables.commit()
        return key

    def approve_reasons(self) -> None:
        """Let every reason of every vote that is closed be shown."""
        for round_ in self.state.rounds:
            for row in self.tables.reasons.kept(round_.key) if round_.status != "open" else ():
                self.give(cmd.Moderate(contribution=row.key, handling="approved"))

    def record(self, *, start: bool = True) -> SessionRecord:
        return record_of(self, start=start)

    def report(self, *, start: bool = True) -> Report:
        return build_report(self.record(start=start), KINDS, "session_report")


def _left(body: dict[str, object]) -> Iterator[Redaction]:
    """That what may tell who somebody is in a text may be read as it stands: what these words are is not the point."""
    for place, text in texts_in(body):
        yield from (Redaction(place, each.start, each.end, each.sort, "dismissed") for each in find(text))


def record_of(desk: Desk, *, start: bool = True) -> SessionRecord:
    """The session as storage would read it."""
    rounds = []
    for round_ in desk.state.rounds:
        tally = desk.tables.tallies[round_.key]
        rows = tally.ballots.base.values()
        counted = Counter(row.choice for row in rows)
        profile = {choice: counted[choice] for choice in sorted(filter(None, counted))}
        gone = desk.tables.round_key(round_.key) is None
        rounds.append(
            RoundRecord(
                key=round_.key,
                profile=profile,
                skipped=counted[None],
                changes=tally.changes,
                sealed_profile=dict(profile) if gone else None,
                sealed_skipped=counted[None] if gone else None,
                groups=parted(tally.parts) if gone else {},
                reasons=tuple((row.key, row.body) for row in desk.tables.reasons.kept(round_.key)),
            )
        )
    return SessionRecord(
        info=an_info(desk.state.agenda, scheduled_start=START if start else None),
        state=desk.state,
        journal=tuple(event for event in desk.events if isinstance(event, ev.JournalEvent)),
        journal_head="ab" * 32,
        rounds=tuple(rounds),
        contributions=tuple(desk.tables.contributions.values()),
        votes={key: count for key, count in desk.tables.votes.items() if count},
        answers={key: row for key in desk.tables.contributions if (row := desk.tables.kept_answer(key)) is not None},
        retellings={key: words for key in desk.tables.contributions if (words := desk.tables.kept_retelling(key))},
        dealt=desk.tables.dealt,
        notes=desk.tables.notes,
        entries={each.key: row for each in desk.tables.notes if (row := desk.tables.kept_entry(each.key)) is not None},
        ties={each.key: ties for each in desk.tables.notes if (ties := desk.tables.kept_ties(each.key))},
        phones=desk.tables.people(),
        looking_on=desk.tables.roles.get("observer", 0),
    )


def report_html(report: Report, translator: Translator = ENGLISH) -> bytes:
    """The session report as a page."""
    return bytes(html.FORMAT.write(session_report.build(report), translator))


def report_markdown(report: Report, translator: Translator = ENGLISH) -> bytes:
    """The session report as text."""
    return bytes(markdown.FORMAT.write(session_report.build(report), translator))


def written(record: SessionRecord, name: str, translator: Translator | None = ENGLISH) -> str:
    """One file of an export, in the language of the agenda where no translator is given."""
    translator = translator or translator_for(record.state.agenda.language)
    return bytes(Writing(record, KINDS, translator).files(name)[name]).decode()


def text_of(path: Path) -> str:
    """What can be read in a file that an export wrote, also in one that is a zip."""
    return readable(path.name, path.read_bytes()).decode("utf-8-sig", "replace")


def all_files(record: SessionRecord, translator: Translator = ENGLISH) -> dict[str, bytes]:
    """Every file that an export can write; of those that are zips, what is in them."""
    writing = Writing(record, KINDS, translator)
    return {file: readable(file, bytes(content)) for name in NAMES for file, content in writing.files(name).items()}


def agenda() -> Agenda:
    """One item of each sort, and one that nobody reaches."""
    return an_agenda(
        item(1, "Which first", kind="single", options=options("Phones", "Letters", "Parking"), question="Which?"),
        item(2, "Break", minutes=15, type="break", question=""),
        item(3, "Your story", minutes=20, kind="vignette", question="What happened?"),
        item(4, "Good ideas", minutes=15, kind="ideas", question="It works when …"),
        item(5, "What matters", minutes=20, kind="rank", options_from="ideas", pick=2, question="Your top two?"),
        item(6, "Needs", kind="private", question="Anything you need?"),
        item(7, "Quiz", question=""),
        item(8, "Goodbye", minutes=5, type="checkout", question=""),
        start="17:30",
        purpose="Hear people.\n\nThen agree.",
        proposal_state="ideas",
        can_change=("Letters", "Times"),
        cannot_change=("The budget",),
        people="Twelve people",
        venue_access="Context floor",
        baton_in="Complaints",
        baton_out=("needs", "gaps"),
    )


def a_workshop(*, ended: bool = True) -> Workshop:
    """A whole day: votes that tie, changes, skips, a void round, an unshown one, stories, ideas, notes."""
    day = Workshop(agenda())
    day.clock.wall = START + 4 * 60_000
    people = [f"person{n}" for n in range(6)]
    day.join(*people)
    day.give(cmd.SetPresent(people=12))
    day.open("i01", end="keep", scheduled_start=START)
    day.open_vote()
    day.vote(people[0], "a")
    day.give(cmd.VoidRound(round="i01.1", reason="The wrong question was read out"))
    day.open_vote()
    for person, choice in zip(people, ["a", "b", "a", "b", None, "c"], strict=True):
        day.vote(person, choice)
    day.vote(people[5], "b")
    day.vote(people[5], "c")
    day.pass_min(9)
    day.give(cmd.Reveal())
    day.note("concern", "Nobody asked the night staff")
    day.note("note", "It was loud")
    day.give(cmd.SkipItem(item="i02", reason="People wanted to go on"))
    day.pass_min(3)
    day.open("i03")
    day.story(people[0], "I told it nine times", "C2")
    day.story(people[1], "They rang me", "C4")
    day.story(people[2], "SECRET-C0", "C0")
    day.story(people[3], "SECRET-C1", "C1")
    day.story(people[4], "SECRET-HELD", "C4", "on_hold")
    day.pass_min(20)
    day.open("i04")
    day.idea(people[0], "One letter")
    day.idea(people[1], "A named person")
    day.idea(people[2], "SECRET-UNREAD", "new")
    day.pass_min(15)
    day.give(cmd.ChooseOptions(item="i05", options=(Option("a", "One letter"), Option("b", "A named person"))))
    day.give(cmd.EditItem(item=item(7, "Short quiz", minutes=5, question="")))
    day.open("i05")
    day.open_vote()
    day.order(people[0], "a", "b")
    day.order(people[1], "b")
    day.give(cmd.CloseVote())
    day.note("action", "Ring the school", owner="Facilitator", due="2026-12-01")
    day.note("promise", "A summary in three weeks")
    day.give(cmd.InsertItem(item=item(9, "An extra question", minutes=5, question=""), after="i05"))
    day.pass_min(20)
    day.open("i06")
    day.private(people[0], "SECRET-PRIVATE")
    day.pass_min(2)
    day.open("i07")
    day.pass_min(4)
    if ended:
        day.give(cmd.EndWorkshop(confirm="END"))
    return day
