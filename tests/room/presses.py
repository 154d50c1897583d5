"""What people press, as a few words each, and the commands that come of them."""

from __future__ import annotations

import hashlib

from hypothesis import strategies as st

from tests.room.expected import PEOPLE, VOTES, WORDS
from tests.sessions import item, options
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Option

Words = tuple[object, ...]

_people = st.sampled_from(PEOPLE)
_choices = st.sampled_from(['{"option":"a"}', '{"option":"b"}', None])
_rounds = st.sampled_from((1, 1, 1, 1, 2))
"""Which round is meant, from the newest."""
_back = st.integers(1, 4)
"""Which words, note or sending, from the newest."""


def _one_of(*words: str) -> st.SearchStrategy[Words]:
    return st.tuples(st.sampled_from(words))


FAR, COLD = '{"option":"far"}', '{"option":"cold"}'
"""What stands for a reason here: the kind has none, but what is kept must be a ballot of it."""

_reasons = st.sampled_from(((), (), (FAR,), (FAR, COLD)))
_vote = st.tuples(st.just("vote"), _people, _rounds, _choices, _reasons)
_again = st.tuples(st.just("again"), st.integers(1, 6))
_words = st.one_of(
    st.tuples(st.just("upvote"), _people, _back, st.booleans()),
    st.tuples(st.just("take back"), _people, _back),
    st.tuples(st.just("leave"), _people),
    st.tuples(st.just("role"), _people, st.sampled_from(("patient", "carer", "staff"))),
)
_tell = st.tuples(st.just("tell"), _people)
PHONE = st.one_of(_vote, _vote, _vote, _vote, _again, _again, _tell, _tell, _words)

LEAD = st.one_of(
    st.tuples(st.just("item"), st.sampled_from((*VOTES, *WORDS))),
    st.tuples(st.just("open")),
    st.tuples(st.just("open")),
    st.tuples(st.just("close"), _rounds),
    st.tuples(st.just("reopen"), _rounds),
    st.tuples(st.just("reopen"), _rounds),
    st.tuples(st.sampled_from(("reveal", "join"))),
    st.tuples(st.just("void"), _rounds),
    _one_of("stop words", "take words", "pause", "go on", "go on"),
)

DESK = st.one_of(
    st.tuples(st.just("mark"), _back, st.sampled_from(("new", "read", "approved", "approved", "on_hold"))),
    st.tuples(st.just("hold"), _back, st.booleans()),
    st.tuples(st.just("answer"), _back, st.booleans()),
    st.tuples(st.just("retell"), _back, st.booleans()),
    st.tuples(st.sampled_from(("note", "drop note")), _back),
    st.tuples(st.just("screen"), st.sampled_from(("join", "question", "results", "blank"))),
    st.tuples(st.just("story"), _back),
    st.tuples(st.just("tie"), _rounds, st.sampled_from("ab")),
    st.tuples(st.just("no tie"), _rounds),
    _one_of("options", "skip", "restore", "insert", "edit", "minutes", "present", "hide", "show", "timer", "no timer"),
)
"""What changes rows that nobody votes with."""

READY = st.sampled_from(("", "vote", "vote", "words", "words"))
_PARTS = (st.lists(PHONE, max_size=8), st.lists(LEAD | DESK, max_size=3), st.lists(PHONE, max_size=4))
BURST = st.tuples(*_PARTS).map(lambda parts: [words for part in parts for words in part])


def token(person: str) -> bytes:
    """The hash of what the cookie of somebody's phone holds."""
    return hashlib.sha256(person.encode()).digest()


def a_key(number: int) -> bytes:
    """A round's key, or a salt."""
    return hashlib.sha256(b"key %d" % number).digest()


def from_phone(words: Words, n: int, round_: str, here: str, target: str) -> cmd.Command | None:
    """The command of a phone; None where these are no words of one.

    Args:
        words: What was pressed.
        n: A number that no command had before.
        round_: The round that is meant.
        here: The item that words are sent to.
        target: The words that are meant.
    """
    match words:
        case ("join",):
            person = PEOPLE[n % len(PEOPLE)]
            return cmd.Join(person=person, token_hash=token(person))
        case ("leave", str(person)):
            return cmd.LeavePlace(person=person)
        case ("role", str(person), str(role)):
            return cmd.TellRole(person=person, role=role)
        case ("vote", str(person), int(), (str() | None) as choice, tuple(bodies)):
            reasons = tuple((f"{n:030x}{place:02x}", body) for place, body in enumerate(bodies))
            return cmd.Cast(person=person, round=round_, choice=choice, submission_id=f"{n:032x}", reasons=reasons)
        case ("tell", str(person)):
            level = f"C{n % 5}"
            # Words of every kind at once: what is none of its kind is passed over at the next start.
            body = f'{{"parts":[["story","Story {n}"]],"level":"{level}","text":"Story {n}"}}'
            return cmd.Contribute(
                person=person, item=here, body=body, consent=level, key=f"k{n}", submission_id=f"{n:032x}"
            )
        case ("upvote", str(person), int(), bool(on)):
            return cmd.Upvote(person=person, contribution=target, on=on)
        case ("take back", str(person), int()):
            return cmd.TakeBack(person=person, contribution=target)
    return None


def from_desk(words: Words, n: int, round_: str, target: str, note: str) -> cmd.Command:
    """The command of a facilitator; the arguments as for a phone, and the note that is meant."""
    match words:
        case ("item", str(item_)):
            return cmd.OpenItem(item=item_, vote="close")
        case ("open",):
            return cmd.OpenVote(key=a_key(n))
        case ("close", int()):
            return cmd.CloseVote(round=round_)
        case ("reopen", int()):
            return cmd.ReopenVote(round=round_)
        case ("reveal",):
            return cmd.Reveal()
        case ("void", int()):
            return cmd.VoidRound(round=round_, reason="A test of the sound.")
        case ("tie", int(), str(option)):
            return cmd.BreakTie(round=round_, option=option, reason="It came first.")
        case ("no tie", int()):
            return cmd.LeaveTie(round=round_)
        case ("mark", int(), ("new" | "read" | "approved" | "on_hold") as handling):
            return cmd.Moderate(contribution=target, handling=handling)
        case ("hold", int(), bool(hold)):
            return cmd.HoldPhone(contribution=target, hold=hold)
        case ("answer", int(), bool(answered)):
            return cmd.MarkAnswered(contribution=target, words=f"On day {n}", answered=answered)
        case ("retell", int(), bool(tells)):
            return cmd.Retell(contribution=target, words=f"Of bus {n}" if tells else "")
        case ("note", int()):
            return cmd.AddNote(key=f"n{n}", kind="action", text=f"Ring {n}", owner="Chair")
        case ("drop note", int(back)):
            return cmd.DropNote(key=note, drop=back < 3)
        case ("screen", ("join" | "question" | "results" | "blank") as mode):
            return cmd.SetScreen(mode=mode)
        case ("story", int()):
            return cmd.SetScreen(mode="story", subject=target)
        case (str(word),):
            return _alone(word, n)
    raise AssertionError(words)


def _alone(word: str, n: int) -> cmd.Command:
    changed = item(8, f"Changed {n}")
    return {
        "stop words": cmd.CloseGathering(),
        "take words": cmd.OpenGathering(),
        "pause": cmd.PauseRoom(),
        "go on": cmd.ResumeRoom(),
        "end": cmd.EndWorkshop(confirm="END"),
        "finish": cmd.FinishWriteUp(confirm="FINISH"),
        "options": cmd.ChooseOptions(item="i06", options=ideas(n)),
        "skip": cmd.SkipItem(item="i08", reason="No time."),
        "restore": cmd.RestoreItem(item="i08"),
        "insert": cmd.InsertItem(item=item(1, f"New {n}", kind="single", options=options("A", "B")), after="i08"),
        "edit": cmd.EditItem(item=changed),
        "minutes": cmd.AddMinutes(minutes=5),
        "present": cmd.SetPresent(people=n % 50),
        "hide": cmd.HideResults(),
        "show": cmd.ShowResults(),
        "timer": cmd.StartTimer(),
        "no timer": cmd.PauseTimer(),
    }[word]


def ideas(n: int) -> tuple[Option, ...]:
    """Options made of what the room said."""
    return (Option("a", f"Idea {n}"), Option("b", "Another idea"))
