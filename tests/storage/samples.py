"""One small session with every kind of event in it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec.structs import replace

from workshop_tui.domain import events as ev
from workshop_tui.domain import steps
from workshop_tui.domain.agenda import Activity, Agenda, Item
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.digests import digest_of
from workshop_tui.domain.journal import digest_of_contribution, digest_of_counts, digest_of_entry, with_digest
from workshop_tui.domain.own_care import OwnCareRow
from workshop_tui.domain.points import Tie
from workshop_tui.domain.private_codes import code_row
from workshop_tui.domain.promise import Promise
from workshop_tui.domain.redaction import Redaction
from workshop_tui.domain.registers import EntryRow
from workshop_tui.domain.rows import AnswerRow, ContributionRow, IssuedRow, ReasonRow
from workshop_tui.domain.safeguarding import SafeguardingRow
from workshop_tui.domain.state import Compared, ItemTimes, Screen
from workshop_tui.room.ports import SessionInfo
from workshop_tui.storage.session_file import SessionFile, create

STORY_KEY = b"the key of every story, 32 bytes"
ROUND_KEY = b"the key of the first round, 32 b"
SECRET = "what only the facilitator may read"
AGENDA_TEXT = b'title = "Tell it once"\n'
START = 1_760_000_000_000

OPTIONS = (
    Option(key="a", text="Fewer forms"),
    Option(key="b", text="One number"),
    Option(key="c", text="ØÙ 🙂", other=True),
)


def agenda() -> Agenda:
    """Three items: a vote, words, a break."""
    options = [{"key": each.key, "text": each.text} for each in OPTIONS]
    vote = Activity(kind="single", config={"options": options})
    return Agenda(
        title="Tell it once",
        stage="improve",
        items=(
            Item(key="i01", title="What first?", minutes=10, question="What comes first?", activity=vote),
            Item(key="i02", title="Stories", minutes=20, activity=Activity(kind="vignette", config={})),
            Item(key="i03", title="Break", minutes=15, type="break"),
        ),
    )


def info(**changes: object) -> SessionInfo:
    """What that session is."""
    values: dict[str, object] = {
        "id": "0123456789abcdef",
        "code": "WXYZ",
        "agenda": agenda(),
        "agenda_name": "tell-it-once.toml",
        "agenda_sha256": hashlib.sha256(AGENDA_TEXT).hexdigest(),
        "created_at": START,
        "scheduled_start": START + 60_000,
        "address": "192.168.8.2",
        "port": 8080,
    }
    return SessionInfo(**(values | changes))  # type: ignore[arg-type]


def fresh(folder: Path, name: str = "session.workshop") -> SessionFile:
    """A new session file in `folder`, open."""
    return create(folder / name, info(), AGENDA_TEXT, STORY_KEY)


Counts = tuple[tuple[str | None, int], ...]

COUNTS: dict[str, tuple[Counts, int]] = {
    "i01.1": (((None, 1), ('"a"', 1), ('"c"', 1)), 2),
    "i01.3": ((('"a"', 1),), 0),
    "i01.4": ((('"a"', 1),), 0),
    "i01.5": ((('"a"', 1),), 0),
}
"""What the rounds of `whole_day` give, and how often somebody changed a vote."""


def voter(n: int) -> bytes:
    """The keyed name of the n-th voter."""
    return hashlib.sha256(b"voter %d" % n).digest()


def cast(
    n: int, choice: str | None = '"a"', *, round_: str = "i01.1", revision: int = 1, old: str | None = None
) -> ev.BallotCast:
    """The n-th voter's ballot."""
    receipt = hashlib.sha256(b"receipt %d %d" % (n, revision)).digest()
    return ev.BallotCast(
        round=round_, voter=voter(n), old=old, new=choice, first=revision == 1, revision=revision, receipt=receipt
    )


def reasons(n: int, *words: str, round_: str = "i01.1", gone: tuple[str, ...] = ()) -> ev.ReasonsGiven:
    """What the n-th voter gives as reasons, under keys that `reason_key` knows."""
    rows = tuple(ReasonRow(reason_key(each), round_, voter(n), f'{{"why":"{each}"}}') for each in words)
    return ev.ReasonsGiven(round_, voter(n), rows, gone)


def reason_key(words: str) -> str:
    """The key of some words."""
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def story(n: int, *, kind: str = "vignette", body: str | None = None) -> ev.ContributionKept:
    """The n-th contribution."""
    text = body if body is not None else f'{{"text":"story {n}"}}'
    row = ContributionRow(
        key=f"c{n:05}",
        item="i02",
        kind=kind,
        body=text,
        consent="C0" if kind == "private" else "C3",
        author=voter(n % 7),
        moderation="new",
        minute=START // 60_000,
        submission_id=f"{n:032x}",
        digest=b"",
        salt=b"salt of %d" % n,
    )
    row = replace(row, digest=digest_of_contribution(row))
    return ev.ContributionKept(row)


def code_given(n: int, code: str = "a code") -> ev.CodeGiven:
    """The n-th contribution has a private code."""
    return ev.CodeGiven(code_row(f"c{n:05}", b"key of %d" % n, code))


def upvoted(question: int, n: int, *, on: bool = True) -> ev.Upvoted:
    """The n-th phone wants to know one contribution too, or no longer."""
    return ev.Upvoted(f"c{question:05}", hashlib.sha256(b"upvoter %d %d" % (question, n)).digest(), on)


def opened(round_: str = "i01.1", key: bytes = ROUND_KEY, at: int = START) -> list[ev.Event]:
    """A round is opened and has its key."""
    item, number = round_.split(".")
    config: dict[str, object] = {"options": [{"key": each.key, "text": each.text} for each in OPTIONS]}
    return [
        ev.RoundOpened(
            at=at, round=round_, item=item, number=int(number), kind="single", question="What comes first?",
            config=config,
        ),
        ev.RoundKeyMade(round_, key),
    ]  # fmt: skip


def started() -> list[ev.Event]:
    """The workshop has begun and the first vote is open."""
    return [
        ev.WorkshopStarted(at=START, planned_end=START + 2_700_000),
        ev.ItemOpened(at=START, item="i01"),
        *opened(),
    ]


def sealed(round_: str = "i01.1", at: int = START + 9, counts: Counts | None = None) -> list[ev.Event]:
    """A round is closed, counted and its key destroyed."""
    return [*counted(round_, at, counts=counts), ev.RoundKeyDestroyed(round_)]


def counted(round_: str, at: int, kept_for: str = "", counts: Counts | None = None) -> list[ev.Event]:
    """A round is closed and counted for good: as said, or as `COUNTS` says."""
    usual, changes = COUNTS.get(round_, ((), 0))
    ballots = ev.BallotsSealed(round_, usual if counts is None else counts, changes, "none", salt=b"salt of the counts")
    seal = ev.RoundSealed(at=at, round=round_, kept_for=kept_for, digest=digest_of_counts(ballots))
    return [ev.RoundClosed(at=at, round=round_, present=40, joined=3), seal, ballots]


def kept(round_: str, at: int = START + 45, counts: Counts | None = None) -> list[ev.Event]:
    """A round is counted for good, and its key kept for a second count."""
    return counted(round_, at, kept_for="i01", counts=counts)


def again(round_: str, key: bytes, at: int, first: str = "i01.3") -> list[ev.Event]:
    """The same is asked a second time."""
    event, made = opened(round_, key, at)
    assert isinstance(event, ev.RoundOpened)
    return [replace(event, again=first), made]


def compared(first: str, second: str, at: int = START + 60) -> list[ev.Event]:
    """Two rounds of one question are held side by side, and the earlier key is destroyed."""
    return [
        ev.RoundsCompared(at=at, first=first, second=second, counts=Compared(few=True)),
        ev.RoundReleased(at=at, round=first),
        ev.RoundKeyDestroyed(first),
    ]


def signed(event: ev.Event) -> ev.Event:
    """An event as deciding hands it out: with the digest of what the journal does not hold."""
    return with_digest(event, b"a salt") if isinstance(event, ev.Worded) and event.is_kept else event


def whole_day() -> list[list[ev.Event]]:
    """Every kind of event at least once, in batches as a room would write them."""
    added = Item(key="i04", title="One more thing", minutes=5, question="Anything else?")
    step = steps.VoteOpened(label="opened the vote of item 1", round="i01.1")
    note = ev.NoteWritten(
        key="n1", kind="action", item="i01", text="Ring them", owner="Chair", due="2026-12-24", at=START, salt=b"salt"
    )
    voided = ev.BallotsSealed("i01.2", (('"a"', 1),), 0, "none", salt=b"another salt")
    batches: list[list[ev.Event]] = [
        [ev.PersonJoined("p1", voter(101), START // 60_000), ev.PersonJoined("p2", voter(102), START // 60_000)],
        [ev.RoleTold("p1", "staff")],
        [ev.PresentSet(at=START, people=42), ev.ScreenSet(at=START, screen=Screen("join"))],
        [*started(), ev.StepDone("desk", step), ev.StepDone("other", step)],
        [ev.StepUndone("desk"), ev.StepRedone("desk"), ev.StepUndone("other")],
        [cast(1), cast(2, '"b"'), ev.PersonJoined("p3", voter(103), START // 60_000), cast(3, None)],
        [reasons(1, "It is near", "It is warm"), reasons(2, "No stairs")],
        [ev.PlaceLeft("p3")],
        [
            ev.PersonJoined("p4", voter(104), START // 60_000), ev.SeatFreed("p4"), ev.SeatsFreed(at=START, seats=1),
            ev.JoiningSet(at=START, is_open=False), ev.CodeRenewed(at=START, code="WXYC"),
            ev.ScreenTurned(at=START, turn=1),
        ],
        [cast(2, '"a"', revision=2, old='"b"'), cast(2, '"c"', revision=3, old='"a"')],
        [reasons(2, "A lift", gone=(reason_key("No stairs"),))],
        [ev.RoundClosed(at=START + 5, round="i01.1", present=42, joined=3)],
        [ev.RoundReopened(at=START + 6, round="i01.1")],
        [*sealed(), ev.ResultRevealed(at=START + 9, round="i01.1"), ev.ResultHidden(at=START + 10, round="i01.1")],
        [*opened("i01.2", b"another key"), cast(4, round_="i01.2"), reasons(4, "So far", round_="i01.2")],
        [
            ev.RoundVoided(
                at=START + 11, round="i01.2", reason="wrong question", digest_of_counts=digest_of_counts(voided)
            ),
            voided, ev.RoundKeyDestroyed("i01.2"),
        ],
        [ev.LockRefused(at=START + 11, reason="only a rehearsal"), ev.RetentionSet(at=START + 11, until="2027-03-31")],
        [ev.HoldPlaced(at=START + 11, reason="asked for"), ev.HoldLifted(at=START + 11, reason="closed again")],
        [ev.TimerPaused(at=START + 12), ev.TimerStarted(at=START + 13)],
        [ev.ClockShifted(at=START + 14, by_ms=7, slept=False)],
        [ev.MinutesSet(at=START, minutes=(("i01", 12), ("i03", 10)))],
        [ev.ItemReplaced(at=START, item="i03", new=added_to_break())],
        [ev.ItemInserted(at=START, item="i04", new=added, after="i01")],
        [ev.ItemSkipped(at=START, item="i04", reason="no time")],
        [ev.ItemRestored(at=START, item="i04"), ev.ItemSkipped(at=START, item="i03", reason="running late")],
        [ev.OptionsChosen(at=START, item="i04", options=OPTIONS), ev.ItemOpened(at=START + 20, item="i02")],
        [ev.GatheringOpened(at=START + 21, item="i02"), story(1), story(2), story(3, kind="private", body=SECRET)],
        [
            ev.ContributionModerated(at=START, contribution="c00001", handling="read"),
            ev.ModerationSet("c00001", "approved"),
        ],
        [upvoted(1, 1), upvoted(1, 2), upvoted(2, 1)],
        [upvoted(1, 2, on=False), upvoted(2, 3)],
        [
            ev.QuestionAnswered(at=START, contribution="c00001", answered=True),
            ev.AnswerWritten("c00001", AnswerRow("On Monday", "")), ev.AnswerWritten("c00002", AnswerRow("", "Chair")),
        ],
        [ev.AnswerWritten("c00001", AnswerRow("", "The board")), ev.AnswerWritten("c00002", None)],
        [ev.PhoneHeld(at=START, contribution="c00002", hold=True), ev.AuthorHeld(voter(2), True)],
        [ev.AuthorHeld(voter(3), True)],
        [code_given(1), code_given(2), code_given(3), code_given(4)],
        [code_given(2, "another code"), ev.FilesIssued(IssuedRow(START, "/exports/day", ("report.md", "votes.csv")))],
        [ev.AuthorHeld(voter(3), False), ev.GatheringClosed(at=START + 30, item="i02")],
        [ev.NoteAdded(at=START, key="n1", kind="action", item="i01"), note],
        [ev.NoteDropped(at=START, key="n1", drop=True), ev.NoteMarked("n1", True)],
        [ev.NoteRequoted(at=START, key="n1"), ev.NoteRewritten("n1", "One said […]", b"another salt")],
        [ev.QuotationsTakenOut(at=START, items=("i01",)), ev.QuotationsGone(("i01",), ())],
        sorted_as("n1", EntryRow("action", {"role": "Chair", "by": "2026-12-24", "money": "12.50"})),
        sorted_as("n2", EntryRow("point", {"asked": "Ring them"})),
        [ev.NoteChanged(at=START, key="n1"), ev.NoteRewritten("n1", "Ring each of them", b"a third salt")],
        tied(Tie("n1", "contribution", "c00004"), Tie("n1", "result", "i01.1"), Tie("n1", "note", "n0")),
        tied(Tie("n2", "contribution", "c00004"), Tie("n2", "reason", reason_key("It is near"))),
        tied(Tie("n1", "note", "n0"), on=False),
        sorted_as("n2", None),
        [ev.TalkAsked(at=START), ev.TalkHeard(at=START)],
        [],
        [*opened("i01.3", b"the third key", START + 40), cast(5, round_="i01.3")],
        [reasons(5, "Not today", round_="i01.3")],
        kept("i01.3"),
        [*again("i01.4", b"the fourth key", START + 50), cast(6, round_="i01.4")],
        [*sealed("i01.4", START + 60), *compared("i01.3", "i01.4")],
        [ev.TieBroken(at=START + 70, round="i01.4", option="a", reason="It was first")],
        [ev.TieLeft(at=START + 71, round="i01.4")],
        [ev.TieBroken(at=START + 72, round="i01.4", option="a", reason="It was first after all")],
        [*opened("i01.5", b"the fifth key", START + 80), cast(7, round_="i01.5")],
        [ev.StoryRetold(at=START, contribution="c00002"), ev.RetellingWritten("c00002", "Of a bus", b"salt")],
        [ev.RetellingWritten("c00002", "Of a late bus", b"salt"), ev.RetellingWritten("c00001", "Of a chair", b"s")],
        [ev.RetellingWritten("c00001", "", b""), story(4), upvoted(4, 1)],
        [ev.ContributionModerated(at=START, contribution="n1", handling="on_hold"), ev.TextHandled("n1", "on_hold")],
        [ev.TextHandled("answer.c00001", "on_hold"), ev.TextHandled("answer.c00004", "read")],
        [ev.TextReworded(at=START, text="n1"), ev.RewordingWritten("n1", "Of somebody", b"salt")],
        redacted("n1", Redaction("", 0, 7, "person_name", "accepted", "[NAME]", "desk", START)),
        redacted("c00004", Redaction("parts.0.1", 2, 9, "postcode", "dismissed"),
                 Redaction("parts.0.1", 12, 14, "person_name", "edited", "a friend", "desk", START)),
        redacted("answer.c00001", Redaction("*", 1, 2, "phone", "accepted", "[PHONE]")),
        redacted("n1"),
        [
            ev.RewordingWritten("answer.c00001", "By the chair", b"s"),
            ev.RewordingWritten("c00004", "Of a lift", b"t"),
            ev.RewordingWritten("c00001", "Of a taxi", b"u"), ev.RewordingWritten("n1", "", b""),
        ],
        [ev.AnswerWritten("c00001", AnswerRow("On Friday", "")), ev.TextHandled("n1", "approved")],
        [ev.CareTaken("c00002", warnings=("abuse",)), ev.CareTaken("c00004", withheld=True), matter(), request()],
        [ev.CareTaken("c00002", withheld=True, warnings=("abuse",)), matter(handed_to="police", handed_at=START + 5),
         request(contacted_at=START)],
        [ev.ContributionWithdrawn(at=START, contribution="c00004"), ev.ContributionEmptied("c00004")],
        [
            ev.TextHandled(reason_key("It is near"), "approved"),
            ev.RewordingWritten(reason_key("It is near"), "Of a stop", b"v"),
        ],
        [
            ev.ContributionWithdrawn(at=START, contribution=reason_key("It is near")),
            ev.ReasonGone(reason_key("It is near")),
        ],
        [ev.ContributionNoted(at=START, contribution="c00001", item="i02", digest=story(1).row.digest)],
        [ev.ItemOpened(at=START + 80, item="i04"), returned()],
        [ev.ScreenTurned(at=START + 89, turn=1)],
        [ev.PromiseChanged(at=START + 89, promise=Promise(hear_back="A letter", why_changed="It was asked for"))],
        [request(key="c2"), ev.OwnCareGone(("c2",))],
        [ev.RoomPaused(at=START + 90), ev.RoomResumed(at=START + 91, timer=True)],
        [ev.PeopleLeft(at=START + 99), *sealed("i01.5", START + 99), ev.StepsForgotten()],
        [ev.WriteUpFinished(at=START + 100), ev.WordsWiped(("c00003",)), ev.StoryKeyDestroyed()],
    ]  # fmt: skip
    return [[signed(event) for event in batch] for batch in batches]


def request(**changes: object) -> ev.OwnCareNoted:
    """Somebody asked to be contacted."""
    row = OwnCareRow(key="c1", asked_at=START, routed_to="advice", reference="PA-7")
    return ev.OwnCareNoted(replace(row, **changes))


def matter(**changes: object) -> ev.SafeguardingNoted:
    """A matter that is handed on."""
    row = SafeguardingRow(key="m1", at=START, concern="adult", spoke_privately=True, agreed="yes", reference="SG-77")
    return ev.SafeguardingNoted(replace(row, **changes))


def redacted(text: str, *decisions: Redaction) -> list[ev.Event]:
    """What was decided of one text, as a command leaves it; nothing takes every decision away."""
    salt = b"salt" if decisions else b""
    digest = digest_of(salt, decisions) if decisions else b""
    return [ev.TextRedacted(at=START, text=text, digest=digest), ev.RedactionsWritten(text, decisions, salt)]


def sorted_as(note: str, entry: EntryRow | None) -> list[ev.Event]:
    """How one note is sorted, as a command leaves it."""
    if entry is None:
        return [ev.NoteSorted(at=START, key=note, register=""), ev.EntrySorted(note, None)]
    digest = digest_of_entry(b"salt", entry)
    return [
        ev.NoteSorted(at=START, key=note, register=entry.register, digest=digest), ev.EntrySorted(note, entry, b"salt"),
    ]  # fmt: skip


def tied(*ties: Tie, on: bool = True) -> list[ev.Event]:
    """What notes rest on from then on, or no longer."""
    return [ev.NotesTied(at=START, ties=ties, tied=on), ev.TiesChanged(ties, on)]


def returned() -> ev.OpeningTakenBack:
    """The opening of the last item is taken back."""
    times = (ItemTimes("i02", "open", START + 20, None, 5, START + 81, True), ItemTimes("i04", "planned", *_NEVER))
    return ev.OpeningTakenBack(
        at=START + 81, item="i04", current="i02", items=times, started_at=START, planned_end=START + 2_700_000
    )


_NEVER = (None, None, 0, None, False)


def finished_day(*wiped: str) -> list[ev.Event]:
    """People leave and the write-up is finished."""
    return [
        ev.PeopleLeft(at=START + 99),
        ev.WriteUpFinished(at=START + 100),
        ev.WordsWiped(wiped),
        ev.StoryKeyDestroyed(),
        ev.StepsForgotten(),
    ]


def added_to_break() -> Item:
    """The break, changed on the day."""
    return Item(key="i03", title="A longer break", minutes=25, type="break", access="Lift to the garden")
