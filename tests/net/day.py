"""A room over a real session file, and one short way for each thing that people do in it.

Every command is made in one method here and nowhere else: when its shape changes, one line has to follow. Nothing is
left to chance or to the clock: names, tokens, keys and sendings are made of the words they are asked for with.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import httpx2
from msgspec.structs import replace
from starlette.applications import Starlette

from tests.fakes import FakeClock
from tests.sayings import said
from tests.web.asking import AskedBy
from tests.web.phones import HOST, Fields, Phone
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.agenda import Item
from workshop_tui.domain.agenda_file import parse_agenda
from workshop_tui.domain.asking import config_of, gathering_of, round_config, round_poll
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.deciding import Answer, Done
from workshop_tui.domain.deciding.decision import Kept, Voted
from workshop_tui.domain.identifiers import find
from workshop_tui.errors import WorkshopError
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH, Translator
from workshop_tui.protocol.answers import ExportAsked, Exported
from workshop_tui.room.desk import Addresses
from workshop_tui.room.ports import SessionInfo
from workshop_tui.room.record import SessionRecord
from workshop_tui.room.room import Room
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, create, open_existing
from workshop_tui.web.control.services import DeskServices
from workshop_tui.web.host.routes import host_routes
from workshop_tui.web.http.credentials import FACILITATOR
from workshop_tui.web.phone.app import PhoneSettings, participants_app
from workshop_tui.web.phone.phones import COOKIE, canonical
from workshop_tui.web.screen.screen import ScreenPresence, screen_routes

AGENDA = Path(__file__).with_name("day.toml")
START = 1_789_921_800_000
"""When the agenda wants to start, UTC: half past five by a clock one hour ahead."""
ADDRESSES = Addresses(
    boot_id="boot",
    session_path="/workshops/day.workshop",
    join_url=f"http://{HOST}/J/KDMP",
    screen_url="http://127.0.0.1:9000/screen",
    host_url="http://127.0.0.1:9000/host",
)
NEAR = "http://127.0.0.1:9000"

Ballot = Mapping[str, str | Sequence[str]] | None
"""The fields of a phone's form; None skips the question."""


def name(words: str) -> str:
    """A name of 32 hexadecimal digits, as phones and edges make them by chance."""
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def key(words: str) -> bytes:
    """32 bytes, as edges make them by chance."""
    return hashlib.sha256(words.encode()).digest()


def token(who: str) -> str:
    """What the cookie of somebody's phone holds."""
    return base64.urlsafe_b64encode(key(f"token {who}")).decode().rstrip("=")


class Day:
    """One workshop day.

    Args:
        folder: Where its session file is to be.
    """

    translator: Translator = ENGLISH
    """Says things at the desks."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "day.workshop"
        self.clock = FakeClock(START + 4 * 60_000)
        self.told: list[str] = []
        """What was answered since it was last looked at."""
        self.given: set[type[cmd.Command]] = set()
        """What sorts of commands were given."""
        self._sent = 0
        self._open(self._new_file())

    def agenda_text(self) -> str:
        """The agenda's file; a day in another language says another."""
        return AGENDA.read_text(encoding="utf-8")

    def _new_file(self) -> SessionFile:
        text = self.agenda_text().encode()
        info = SessionInfo(
            id="0123456789abcdef",
            code="KDMP",
            agenda=parse_agenda(text.decode(), KINDS, file=AGENDA.name),
            agenda_name=AGENDA.name,
            agenda_sha256=hashlib.sha256(text).hexdigest(),
            created_at=START - 3_600_000,
            scheduled_start=START,
            write_up_by="2026-10-04",
        )
        return create(self.path, info, text, key("stories"))

    def _open(self, store: SessionFile) -> None:
        """Begin to run, without looking at the clock by itself."""
        self.room = Room(store, store.load(), KINDS, self.clock)
        self._running = asyncio.create_task(self.room.run())
        # Wide bounds: how much a phone may send is not what this day is about.
        settings = PhoneSettings(hosts=frozenset({HOST}), votes_burst=1_000, words_burst=1_000)
        self._phones_app = participants_app(self.room, settings)
        desk = DeskServices(
            room=self.room, addresses=ADDRESSES, pid=1, connected=lambda: 3, screens=lambda: 1, export=_no_export,
            stop=_no_stop, translator=self.translator,
        )  # fmt: skip
        desk_app = AskedBy(
            Starlette(routes=[*host_routes(desk), *screen_routes(self.room, ADDRESSES, ScreenPresence())])
        )
        self.desk_pages = httpx2.AsyncClient(transport=httpx2.ASGITransport(desk_app), base_url=NEAR)
        self.phones: dict[str, Phone] = {}

    async def close(self) -> None:
        """Stop in order."""
        await self.room.close()
        self._running.cancel()
        with suppress(asyncio.CancelledError):
            await self._running

    async def restart(self, away_min: int) -> None:
        """Stop in order, let time pass in which no room runs, and start again from the file."""
        await self.close()
        self.pass_min(away_min)
        self._open(open_existing(self.path))
        here = self.room.state.here
        if here is not None and here.running_since is not None:
            await self.clock_moved(away_min * 60, away=True)

    def pass_s(self, seconds: float) -> None:
        self.clock.pass_s(seconds)

    def pass_min(self, minutes: float) -> None:
        self.clock.pass_s(minutes * 60)

    async def copied(self) -> SessionRecord:
        """The session as an export of a running room reads it: out of a copy."""
        copy = self.path.with_name("copy.workshop")
        await self.room.copy_to(copy)
        try:
            return read_record(copy)
        finally:
            copy.unlink()

    # The one way in. -----------------------------------------------------------------------------

    async def _give(self, what: str, command: cmd.Command) -> None:
        self.told.append(f"{what}: {await self._answer(command)}")

    async def _answer(self, command: cmd.Command) -> str:
        self.given.add(type(command))
        try:
            desk = FACILITATOR.desk if command.who == "facilitator" else ""
            return answer_words(await self.room.submit(replace(command, at=self.clock.now_ms(), desk=desk)))
        except WorkshopError as problem:
            return f"refused: {problem}"
        except Exception as bug:
            # The day goes on, so that the golden pages tell where it first went wrong.
            return f"FAULT: {bug!r}"

    async def _crowd(self, what: str, commands: Iterable[cmd.Command]) -> None:
        """Many at once, so that the room decides them in batches."""
        answers = Counter(await asyncio.gather(*map(self._answer, commands)))
        self.told += [f"{what}: {count} × {words}" for words, count in sorted(answers.items())]

    # The facilitator. ----------------------------------------------------------------------------

    async def open_item(self, item: str, vote: str = "ask", end: str = "move", start: int | None = None) -> None:
        command = cmd.OpenItem(item=item, vote=vote, end=end, scheduled_start=start)  # type: ignore[arg-type]
        await self._give(f"open {item}", command)

    async def open_vote(self) -> None:
        self._sent += 1
        await self._give("open the vote", cmd.OpenVote(key=key(f"round {self._sent}")))

    async def close_vote(self, round_: str = "") -> None:
        await self._give(f"close the vote {round_}".strip(), cmd.CloseVote(round=round_))

    async def reopen_vote(self, round_: str = "") -> None:
        await self._give(f"reopen the vote {round_}".strip(), cmd.ReopenVote(round=round_))

    async def reveal(self) -> None:
        await self._give("reveal", cmd.Reveal())

    async def hide(self) -> None:
        await self._give("hide the result", cmd.HideResults())

    async def show(self) -> None:
        await self._give("show the result", cmd.ShowResults())

    async def void(self, round_: str, reason: str) -> None:
        await self._give(f"void {round_}", cmd.VoidRound(round=round_, reason=reason))

    async def break_tie(self, round_: str, option: str, reason: str) -> None:
        await self._give(f"break the tie of {round_}", cmd.BreakTie(round=round_, option=option, reason=reason))

    async def leave_tie(self, round_: str) -> None:
        await self._give(f"leave the tie of {round_}", cmd.LeaveTie(round=round_))

    async def open_gathering(self) -> None:
        await self._give("let phones send", cmd.OpenGathering())

    async def close_gathering(self) -> None:
        await self._give("stop phones sending", cmd.CloseGathering())

    async def choose_options(self, item: str, *texts: str) -> None:
        options = tuple(Option(chr(ord("a") + n), text) for n, text in enumerate(texts))
        await self._give(f"choose options for {item}", cmd.ChooseOptions(item=item, options=options))

    async def start_timer(self) -> None:
        await self._give("start the timer", cmd.StartTimer())

    async def pause_timer(self) -> None:
        await self._give("pause the timer", cmd.PauseTimer())

    async def add_minutes(self, minutes: int) -> None:
        await self._give(f"add {minutes} minutes", cmd.AddMinutes(minutes=minutes))

    async def set_minutes(self, *minutes: tuple[str, int]) -> None:
        await self._give("set minutes", cmd.SetMinutes(minutes=minutes))

    async def edit_item(self, item: Item) -> None:
        await self._give(f"edit {item.key}", cmd.EditItem(item=item))

    async def skip_item(self, item: str, reason: str) -> None:
        await self._give(f"skip {item}", cmd.SkipItem(item=item, reason=reason))

    async def restore_item(self, item: str) -> None:
        await self._give(f"restore {item}", cmd.RestoreItem(item=item))

    async def insert_item(self, item: Item, after: str) -> None:
        await self._give(f"insert “{item.title}” after {after}", cmd.InsertItem(item=item, after=after))

    async def present(self, people: int | None) -> None:
        await self._give(f"present: {people}", cmd.SetPresent(people=people))

    async def kept(self) -> None:
        """Nobody locked it; it is kept until a day, and held for a while."""
        await self._give("why it is not locked", cmd.RefuseLock(reason="These are not real people"))
        await self._give("kept until", cmd.SetRetention(until="2027-03-31"))
        await self._give("held", cmd.PlaceHold(reason="Somebody asked for it"))
        await self._give("not held", cmd.LiftHold(reason="It was a misunderstanding"))

    async def screen(self, mode: str, subject: str = "") -> None:
        command = cmd.SetScreen(mode=mode, subject=name(subject) if subject else "")  # type: ignore[arg-type]
        await self._give(f"screen: {mode} {subject}".strip(), command)

    async def turn_screen(self) -> None:
        await self._give("screen: next part", cmd.TurnScreen(by=1))

    async def handle(self, words: str, handling: str) -> None:
        command = cmd.Moderate(contribution=name(words), handling=handling)  # type: ignore[arg-type]
        await self._give(f"mark “{words}” as {handling}", command)

    async def answer(self, words: str, text: str = "", owner: str = "", *, answered: bool = True) -> None:
        command = cmd.MarkAnswered(contribution=name(words), words=text, owner=owner, answered=answered)
        await self._give(f"“{words}” is answered: {answered}", command)

    async def hold_phone(self, words: str, *, hold: bool = True) -> None:
        await self._give(f"hold the phone of “{words}”: {hold}", cmd.HoldPhone(contribution=name(words), hold=hold))

    async def note(self, kind: str, text: str, owner: str = "", due: str = "") -> None:
        command = cmd.AddNote(key=name(text), kind=kind, text=text, owner=owner, due=due)  # type: ignore[arg-type]
        await self._give(f"note a {kind}", command)

    async def drop_note(self, text: str, *, drop: bool = True) -> None:
        await self._give(f"drop the note: {drop}", cmd.DropNote(key=name(text), drop=drop))

    async def undo(self, times: int = 1) -> None:
        for _ in range(times):
            await self._give("undo", cmd.Undo())

    async def redo(self, times: int = 1) -> None:
        for _ in range(times):
            await self._give("redo", cmd.Redo())

    async def clock_moved(self, seconds: int, *, slept: bool = False, away: bool = False) -> None:
        what = "slept" if slept else "away" if away else "set"
        await self._give(f"the clock: {what}", cmd.ClockMoved(by_ms=seconds * 1000, slept=slept, away=away))

    async def end(self, confirm: str = "END") -> None:
        await self._give("end", cmd.EndWorkshop(confirm=confirm))

    async def finish(self, confirm: str = "FINISH") -> None:
        await self._give("finish the write-up", cmd.FinishWriteUp(confirm=confirm))

    async def pause(self) -> None:
        await self._give("pause", cmd.PauseRoom())

    async def resume(self) -> None:
        await self._give("go on", cmd.ResumeRoom())

    async def retell(self, words: str, told: str) -> None:
        await self._give(f"retell “{words}”", cmd.Retell(contribution=name(words), words=told))

    async def read_reasons(self, round_: str, *, held: str = "", reworded: tuple[str, str] = ("", "")) -> None:
        """Approve every reason of a vote but the `held` one, and say one in other words."""
        for row in self.room.tables.reasons.kept(round_):
            handling: cmd.Handling = "on_hold" if held and held in row.body else "approved"
            moderate = cmd.Moderate(contribution=row.key, handling=handling)
            await self._give(f"a reason of {round_}: {handling}", moderate)
            if reworded[0] and reworded[0] in row.body:
                words = cmd.Reword(contribution=row.key, words=reworded[1])
                await self._give(f"other words for a reason of {round_}", words)
                for found in find(reworded[1]):
                    decided = cmd.Redact(
                        contribution=row.key, place="*", start=found.start, end=found.end, decision="accepted"
                    )
                    await self._give(f"a name is taken out of a reason of {round_}", decided)

    async def take_back(self, who: str, words: str) -> None:
        await self._give(f"{who} takes “{words}” back", cmd.TakeBack(person=name(who), contribution=name(words)))

    async def code_for(self, who: str, words: str, code: str) -> None:
        await self._give(f"{who} gets a code", cmd.NewCode(person=name(who), text=name(words), code=code))

    async def take_back_by_code(self, code: str) -> None:
        await self._give(f"somebody takes words back with {code}", cmd.TakeBackByCode(code=code))

    async def withdraw(self, words: str) -> None:
        await self._give(f"“{words}” is taken back for its owner", cmd.WithdrawWords(contribution=name(words)))

    async def issued(self, *names: str) -> None:
        await self._give("files are written", cmd.NoteIssued(folder="/exports/day", names=names))

    async def ask_to_talk(self, who: str) -> None:
        await self._give(f"{who} wants to talk", cmd.AskToTalk(person=name(who)))

    async def warn(self, words: str, *warnings: str) -> None:
        await self._give(
            f"“{words}” is said to speak of {warnings}", cmd.Warn(contribution=name(words), warnings=warnings)
        )

    async def safeguard(self, key: str, words: str = "") -> None:
        command = cmd.Safeguard(
            key=key, concern="adult", spoke_privately=True, agreed="yes", handed_to="safeguarding_lead",
            contribution=name(words) if words else "",
        )  # fmt: skip
        await self._give("a matter is handed on", command)

    async def enter_story(self, item: str, words: str, level: str, code: str) -> None:
        command = cmd.EnterStory(item=item, words=words, level=level, key=name(words), code=code)
        await self._give(f"a story told on paper is entered: “{words}”", command)

    async def follow_up(self, key: str) -> None:
        await self._give("the matter is closed", cmd.FollowUp(note=key, handed_to="safeguarding_lead", closed=True))

    async def hear_talk(self) -> None:
        await self._give("it was heard", cmd.HearTalk())

    async def leave_place(self, who: str) -> None:
        await self._give(f"{who} hands the phone on", cmd.LeavePlace(person=name(who)))

    async def joining(self, is_open: bool) -> None:
        what = "open joining" if is_open else "close joining"
        await self._give(what, cmd.OpenJoining() if is_open else cmd.CloseJoining())

    async def renew_code(self, code: str) -> None:
        await self._give(f"renew the code: {code}", cmd.RenewCode(code=code))

    async def free_seats(self, *people: str) -> None:
        await self._give("free seats", cmd.FreeSeats(persons=tuple(map(name, people))))

    # The people. ---------------------------------------------------------------------------------

    async def join(self, *people: str) -> None:
        commands = [cmd.Join(person=name(who), token_hash=key(token(who))) for who in people]
        await self._crowd("join", commands)

    async def role(self, role: str, *people: str) -> None:
        await self._crowd(f"tell their role, {role}", [cmd.TellRole(person=name(who), role=role) for who in people])

    async def vote(
        self, who: str, round_: str, ballot: Ballot, submission_id: str = "", instead: tuple[str, ...] = ()
    ) -> None:
        await self._give(f"{who} votes in {round_}", self._cast(who, round_, ballot, submission_id, instead))

    async def votes(self, round_: str, ballots: Mapping[str, Ballot]) -> None:
        """Many votes at once, by who gives them."""
        await self._crowd(f"vote in {round_}", [self._cast(who, round_, given) for who, given in ballots.items()])

    def _cast(
        self, who: str, round_: str, ballot: Ballot, submission_id: str = "", instead: tuple[str, ...] = ()
    ) -> cmd.Command:
        self._sent += 1
        number, replaced = name(submission_id or f"sending {self._sent}"), tuple(map(name, instead))
        choice, reasons = (None, ()) if ballot is None else self._ballot(round_, ballot)
        return cmd.Cast(
            person=name(who), round=round_, choice=choice, submission_id=number, instead=replaced, reasons=reasons
        )

    def _ballot(self, round_: str, given: Mapping[str, str | Sequence[str]]) -> tuple[str, tuple[tuple[str, str], ...]]:
        """A ballot as canonical JSON, read from a form by its kind, and the reasons in it."""
        found = self.room.state.round(round_)
        if found is None:
            return "{}", ()
        kind = round_poll(found, KINDS)
        ballot = kind.read(round_config(found, kind), _fields(given))
        bodies = (canonical(reason) for reason in kind.reasons(ballot))
        reasons = tuple((name(f"reason {number} of {self._sent}"), body) for number, body in enumerate(bodies))
        return canonical(kind.bare(ballot)), reasons

    async def tell(self, who: str, item: str, words: str, level: str = "", submission_id: str = "") -> None:
        """Send words, which name the contribution too; with a level for a story."""
        each = self.room.state.item(item)
        kind = gathering_of(each.item, KINDS) if each is not None else None
        assert each is not None
        assert kind is not None
        field = "what_happened" if level else "question" if kind.kind == "questions" else _field_of(kind.kind)
        given = {field: words, **({"level": level} if level else {})}
        said = kind.read(config_of(each, kind), _fields(given))
        command = cmd.Contribute(
            person=name(who), item=item, body=canonical(said), consent=kind.consent(said), key=name(words),
            submission_id=name(submission_id or f"sending of {words}"),
        )  # fmt: skip
        await self._give(f"{who} tells “{words}”", command)

    async def upvote(self, words: str, *people: str, on: bool = True, seen: int | None = None) -> None:
        commands = [cmd.Upvote(person=name(who), contribution=name(words), on=on, seen=seen) for who in people]
        await self._crowd(f"want to know “{words}”: {on}", commands)

    # Phones and their pages. ---------------------------------------------------------------------

    def phone(self, who: str) -> Phone:
        """The browser of somebody who joined, or of a stranger."""
        if who not in self.phones:
            phone = self.phones[who] = Phone(self._phones_app)
            phone.http.cookies.set(COOKIE, token(who))
        return self.phones[who]

    async def page(self, who: str, path: str = "/now") -> str:
        """A page of somebody's phone, as HTML."""
        return (await self.phone(who).see(path)).text

    async def posted(self, who: str, path: str, fields: Fields) -> str:
        """The page that answers a form, as HTML; a redirect is followed."""
        phone = self.phone(who)
        await phone.see("/leave")
        self._sent += 1
        answer = await phone.post(path, {"sid": name(f"sending {self._sent}"), **fields})
        self.told.append(f"{who} posts to {path}: {answer.status_code}")
        return await self.page(who) if answer.status_code == 303 else answer.text


def answer_words(answer: Answer) -> str:
    """What somebody was told, in words that name no class."""
    match answer:
        case Done():
            return f"refused: {said(answer)}" if answer.refusal else said(answer) or "done"
        case Voted():
            return f"counted, revision {answer.revision}" + (", again" if answer.again else "")
        case Kept():
            return "kept" + (", again" if answer.again else "")
        case _:
            return "joined"


def _field_of(kind: str) -> str:
    return {"ideas": "idea", "private": "words", "pledge": "pledge"}[kind]


def _fields(given: Mapping[str, str | Sequence[str]]) -> dict[str, list[str]]:
    return {field: [value] if isinstance(value, str) else list(value) for field, value in given.items()}


async def _no_export(asked: ExportAsked) -> Exported:
    raise AssertionError(json.dumps(asked.only))


def _no_stop() -> None:
    raise AssertionError
