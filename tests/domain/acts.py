"""A day on which nearly everything has come about, and one of each command that fits there."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from tests.sessions import Desk, an_agenda, an_info, item, options, sid
from tests.twin import Twin
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.deciding import Decision, Kept, decide
from workshop_tui.domain.points import Tie
from workshop_tui.domain.promise import Promise
from workshop_tui.domain.state import Phase, SessionState
from workshop_tui.room.ports import StoredSession

STORY = '{"parts":[["what_happened","I rang nine times."]],"level":"%s"}'


class Scene(Desk):
    """A day on which nearly everything has come about that can: words, a question, a tie that the room saw."""

    def __init__(self) -> None:
        super().__init__(
            an_agenda(
                item(1, kind="single", options=options("One", "Two", "Three"), ties="facilitator"),
                item(2, "Break", type="break"),
                item(3, kind="vignette"),
                item(4, kind="questions"),
                item(5, kind="rank", options_from="ideas", pick=3),
                item(6),
                roles=("patient", "staff"),
            )
        )
        self.join("ana", "ben", "cyn")
        for person in ("ana", "ben"):
            self.give(cmd.TellRole(person=person, role="patient"))
        self.open("i03")
        self.story = _key(self.tell("ana", STORY % "C2"))
        self.retold = _key(self.tell("ana", STORY % "C1", consent="C1"))
        self.open("i04")
        self.question = _key(self.tell("ana", '{"text":"How far is it?"}', item_="i04"))
        self.give(cmd.Moderate(contribution=self.question, handling="approved"))
        self.open("i01")
        self.open_vote()
        self.vote("ana", "a")
        self.vote("ben", "b")
        self.give(cmd.Reveal())

    def late(self) -> str:
        """Somebody who joins after everything that was counted, and does nothing."""
        self.clock.pass_s(120)
        if self.state.phase in ("running", "paused"):
            self.join("late")
        return "late"

    def come_to(self, phase: Phase) -> None:
        """Go on to a phase."""
        if phase == "paused":
            self.give(cmd.PauseRoom())
        if phase in ("people_left", "finished"):
            self.give(cmd.EndWorkshop(confirm="END"))
        if phase == "finished":
            self.give(cmd.FinishWriteUp(confirm="FINISH"))
        assert self.state.phase == phase

    def ask(self, command: cmd.Command) -> Decision:
        """What would come of a command."""
        dated = replace(command, at=self.clock.now_ms())
        return decide(self.state, dated, self.tables, self.kinds)

    def everything(self) -> tuple[SessionState, StoredSession]:
        """All that is known, but for the history."""
        twin = Twin(an_info(self.state.agenda), b"s" * 32)
        twin.take(self.events, 0)
        return self.state, replace(twin.load(), journal=())


def _key(kept: object) -> str:
    assert isinstance(kept, Kept)
    return kept.key


Act = Callable[[Scene], cmd.Command]
"""Makes a command that fits, and what it needs."""


def after(*before: cmd.Command) -> Callable[[Act], Act]:
    """An act for which something has to happen first."""

    def needing(act: Act) -> Act:
        def prepared(scene: Scene) -> cmd.Command:
            for command in before:
                scene.give(command)
            return act(scene)

        return prepared

    return needing


def _by_code(scene: Scene) -> cmd.Command:
    scene.give(_new_code(scene))
    return cmd.TakeBackByCode(code="acde fhjk-MNPR")


def _new_code(scene: Scene) -> cmd.Command:
    return cmd.NewCode(person="ana", text=scene.story, code="ACDEFHJKMNPR")


def _vote(scene: Scene) -> cmd.Command:
    assert scene.state.last_round is not None
    ballot = '{"option":"c"}'
    return cmd.Cast(person="ana", round=scene.state.last_round.key, choice=ballot, submission_id=sid())


def _lifting(scene: Scene) -> cmd.Command:
    scene.give(cmd.PlaceHold(reason="Our solicitors ask for it."))
    return cmd.LiftHold(reason="The matter is closed.")


def _redacting(scene: Scene) -> cmd.Command:
    scene.give(cmd.Reword(contribution=scene.story, words="Dr Prothero did not ring back."))
    return cmd.Redact(contribution=scene.story, place="*", start=0, end=11, decision="accepted")


OPEN_VOTE = cmd.OpenVote(key=b"k" * 32)
NOTE = cmd.AddNote(key="n1", kind="note", text="Ring them.")
MATTER = cmd.Safeguard(
    key="m1", concern="adult", spoke_privately=True, agreed="yes", handed_to="safeguarding_lead", reference="SG-1"
)
REQUEST = cmd.NoteContact(key="c1", routed_to="service", reference="PA-1")
EDITED = item(6, "Another title")

ACTS: dict[type[cmd.Command], Act] = {
    cmd.OpenItem: lambda _: cmd.OpenItem(item="i06"),
    cmd.StartTimer: after(cmd.PauseTimer())(lambda _: cmd.StartTimer()),
    cmd.PauseTimer: lambda _: cmd.PauseTimer(),
    cmd.AddMinutes: lambda _: cmd.AddMinutes(minutes=1),
    cmd.SetMinutes: lambda _: cmd.SetMinutes(minutes=(("i06", 12),)),
    cmd.EditItem: lambda _: cmd.EditItem(item=EDITED),
    cmd.SkipItem: lambda _: cmd.SkipItem(item="i06", reason="No time"),
    cmd.RestoreItem: after(cmd.SkipItem(item="i06", reason="No time"))(lambda _: cmd.RestoreItem(item="i06")),
    cmd.InsertItem: lambda _: cmd.InsertItem(item=item(9, "New"), after="i06"),
    cmd.ChooseOptions: lambda _: cmd.ChooseOptions(
        item="i05", options=msgspec.convert(options("Once", "Twice", "Thrice", "Never"), tuple[Option, ...])
    ),
    cmd.RefuseLock: lambda _: cmd.RefuseLock(reason="Only a rehearsal."),
    cmd.SetRetention: lambda _: cmd.SetRetention(until="2027-03-31"),
    cmd.PlaceHold: lambda _: cmd.PlaceHold(reason="Our solicitors ask for it."),
    cmd.LiftHold: _lifting,
    cmd.SetPresent: lambda _: cmd.SetPresent(people=12, by_video=3),
    cmd.ChangePromise: lambda _: cmd.ChangePromise(
        promise=Promise(proposal_state="decided", why_changed="The board met.")
    ),
    cmd.CloseJoining: lambda _: cmd.CloseJoining(),
    cmd.OpenJoining: after(cmd.CloseJoining())(lambda _: cmd.OpenJoining()),
    cmd.RenewCode: lambda _: cmd.RenewCode(code="WXYC"),
    cmd.FreeSeats: lambda scene: cmd.FreeSeats(persons=(scene.late(),)),
    cmd.PauseRoom: lambda _: cmd.PauseRoom(),
    cmd.ResumeRoom: lambda _: cmd.ResumeRoom(),
    cmd.ClockMoved: lambda _: cmd.ClockMoved(by_ms=5, slept=False),
    cmd.OpenVote: lambda _: OPEN_VOTE,
    cmd.CloseVote: after(OPEN_VOTE)(lambda _: cmd.CloseVote()),
    cmd.ReopenVote: after(OPEN_VOTE, cmd.CloseVote())(lambda _: cmd.ReopenVote()),
    cmd.Reveal: after(OPEN_VOTE)(lambda _: cmd.Reveal()),
    cmd.HideResults: lambda _: cmd.HideResults(),
    cmd.ShowResults: after(cmd.HideResults())(lambda _: cmd.ShowResults()),
    cmd.VoidRound: lambda _: cmd.VoidRound(round="i01.1", reason="A test of the sound."),
    cmd.BreakTie: lambda _: cmd.BreakTie(round="i01.1", option="a", reason="It costs less."),
    cmd.LeaveTie: after(cmd.BreakTie(round="i01.1", option="a", reason="It costs less."))(
        lambda _: cmd.LeaveTie(round="i01.1")
    ),
    cmd.OpenGathering: after(cmd.OpenItem(item="i03"), cmd.CloseGathering())(lambda _: cmd.OpenGathering()),
    cmd.CloseGathering: after(cmd.OpenItem(item="i03"))(lambda _: cmd.CloseGathering()),
    cmd.Moderate: lambda scene: cmd.Moderate(contribution=scene.story, handling="read"),
    cmd.HoldPhone: lambda scene: cmd.HoldPhone(contribution=scene.story),
    cmd.MarkAnswered: lambda scene: cmd.MarkAnswered(contribution=scene.question, words="Two miles."),
    cmd.Retell: lambda scene: cmd.Retell(contribution=scene.retold, words="Getting through by telephone."),
    cmd.Reword: lambda scene: cmd.Reword(contribution=scene.story, words="Somebody was not rung back."),
    cmd.Redact: lambda scene: _redacting(scene),
    cmd.AddNote: lambda _: NOTE,
    cmd.Warn: lambda scene: cmd.Warn(contribution=scene.story, warnings=("abuse",)),
    cmd.Safeguard: lambda _: MATTER,
    cmd.EnterStory: lambda _: cmd.EnterStory(
        item="i03", words="Rang and rang", level="C2", key="k-paper", code="A" * 12
    ),
    cmd.FollowUp: after(MATTER)(lambda _: cmd.FollowUp(note="m1", handed_to="police", closed=True)),
    cmd.NoteContact: lambda _: REQUEST,
    cmd.FollowContact: after(REQUEST)(lambda _: cmd.FollowContact(request="c1", routed_to="advice", contacted=True)),
    cmd.SortNote: after(NOTE)(lambda _: cmd.SortNote(note="n1", register="point", fields={"asked": "Ring back."})),
    cmd.TieNotes: after(NOTE)(lambda scene: cmd.TieNotes(ties=(Tie("n1", "contribution", scene.story),))),
    cmd.RewriteNote: after(NOTE)(lambda _: cmd.RewriteNote(note="n1", text="Ring each of them.")),
    cmd.DropNote: after(NOTE)(lambda _: cmd.DropNote(key="n1")),
    cmd.SetScreen: lambda _: cmd.SetScreen(mode="blank"),
    cmd.TurnScreen: lambda _: cmd.TurnScreen(by=1),
    cmd.Undo: lambda _: cmd.Undo(),
    cmd.Redo: lambda _: cmd.Redo(),
    cmd.EndWorkshop: lambda _: cmd.EndWorkshop(confirm="END"),
    cmd.FinishWriteUp: lambda _: cmd.FinishWriteUp(confirm="FINISH"),
    cmd.Join: lambda _: cmd.Join(person="dee", token_hash=b"d" * 32),
    cmd.TellRole: lambda _: cmd.TellRole(person="cyn", role="staff"),
    cmd.AskContact: lambda _: cmd.AskContact(person="ben", key="c2"),
    cmd.Cast: after(OPEN_VOTE)(_vote),
    cmd.Contribute: after(cmd.OpenItem(item="i03"))(
        lambda _: cmd.Contribute(
            person="ben", item="i03", body=STORY % "C3", consent="C3", key="k-new", submission_id=sid()
        )
    ),
    cmd.Upvote: after(cmd.OpenItem(item="i04"))(
        lambda scene: cmd.Upvote(person="ben", contribution=scene.question, on=True)
    ),
    cmd.AskToTalk: lambda _: cmd.AskToTalk(person="ana"),
    cmd.HearTalk: after(cmd.AskToTalk(person="ben"))(lambda _: cmd.HearTalk()),
    cmd.WithdrawWords: lambda scene: cmd.WithdrawWords(contribution=scene.story),
    cmd.NoteIssued: lambda _: cmd.NoteIssued(folder="/exports/day", names=("report.md",)),
    cmd.NewCode: _new_code,
    cmd.TakeBackByCode: _by_code,
    cmd.TakeBack: lambda scene: cmd.TakeBack(person="ana", contribution=scene.story),
    cmd.LeavePlace: lambda _: cmd.LeavePlace(person="cyn"),
}
"""One of each command that fits while the session runs."""
