"""Every error the product can say, told apart by whose turn it is to act.

    WorkshopError
    ├── Refused                    a command did not fit the state; nothing changed
    │   ├── BallotRejected         a phone's answer does not fit the question (HTTP 422, form kept)
    │   ├── TooLate                the question closed before the answer came (HTTP 409, words kept)
    │   ├── UnknownPhone           the phone has not joined this session (HTTP 403)
    │   ├── NoVoice                its person looks on, or has not said who they are here as (HTTP 409)
    │   ├── SameIdOtherWords       a submission id came back with other content (HTTP 409, first kept)
    │   ├── NotAllowed             whoever asks may never do this (HTTP 403)
    │   └── CommandRefused         a facilitator's command cannot be done now (HTTP 409, said in the console)
    ├── InputError                 a file or an option given by the facilitator is wrong (exit code 2)
    │   ├── AgendaError            an agenda file, with item, key and nearest valid name
    │   ├── SettingsError          a command line value
    │   ├── CycleFileError         a record, baton, receipt or follow-up file that cannot be used
    │   └── SessionFileError       a session file that cannot be used
    │       ├── NotASessionFile    some other file
    │       ├── LockedSessionFile  needs a key, or is some other file
    │       ├── WrongKey           does not open with the key that was given
    │       ├── DamagedKeyFile     the key beside it cannot be used
    │       ├── NewerSessionFile   made by a later version
    │       ├── OlderSessionFile   made by an earlier version, in a format that was not settled
    │       └── DamagedSessionFile never written to again (exit code 3)
    └── EnvironmentProblem         the machine is in the way; what is on disk is safe (exit code 4)
        ├── StoreUnavailable       the session file cannot be written now (HTTP 503, words kept)
        │   └── FileLost           it is gone, or somebody changed it: the room saves what it knows
        ├── RoomBusy               the inbox is full (HTTP 503, words kept)
        ├── AddressUnavailable     the port is taken or the address is gone
        ├── FolderUnusable         the folder is read-only, synced or remote
        └── RoomUnreachable        no running room answers

Each message says what happened, what is safe and what to do next. Anything else that is raised is a bug.
"""

from __future__ import annotations

from workshop_tui.messages import ENGLISH, Sentences, as_tuple


class WorkshopError(Exception):
    """The root of the tree; carries words for a person, who reads them in their own language.

    Args:
        message: What happened, as a whole sentence.
        advice: What to do next, as a whole sentence; empty when the message says it.
        lines: What it consists of, one by one, where there are several things to tell.
    """

    exit_code = 1
    """What the program ends with when nothing else handles it."""

    def __init__(self, message: Sentences, *, advice: Sentences = "", lines: tuple[Sentences, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.lines = lines

    @property
    def told(self) -> Sentences:
        """What happened and what to do next, as sentences."""
        said = (*as_tuple(self.message), *as_tuple(self.advice))
        return said[0] if len(said) == 1 else said

    def __str__(self) -> str:
        """Both in English, for logs."""
        said = f"{ENGLISH.text(self.message)} {ENGLISH.text(self.advice)}".strip()
        return "\n  ".join((said, *(ENGLISH.text(line) for line in self.lines)))


class Refused(WorkshopError):
    """A command that does not fit the state it met; nothing changed."""


class BallotRejected(Refused):
    """A phone's answer does not fit the question.

    Args:
        message: Words for the person at the phone.
        field: The name of the form field to point at; empty for the whole form.
    """

    def __init__(self, message: Sentences, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class TooLate(Refused):
    """The question was closed before this answer arrived."""


class UnknownPhone(Refused):
    """The phone has no place in this session; it has to join first."""


class NoVoice(Refused):
    """The phone may not answer: its person looks on, or has not said yet who they are here as."""


class SameIdOtherWords(Refused):
    """A submission id was used again for other content; the first content stays."""


class NotAllowed(Refused):
    """Whoever asks may never do this, whatever the session's state."""


class CommandRefused(Refused):
    """A facilitator's command that cannot be carried out now."""


class InputError(WorkshopError):
    """Something the facilitator gave is wrong; nothing was created."""

    exit_code = 2


class AgendaError(InputError):
    """An agenda file that cannot be used, naming the file, the place and the nearest valid choice."""


class SettingsError(InputError):
    """A command line option or a setting with an unusable value."""


class CycleFileError(InputError):
    """A record, a baton, a receipt or a follow-up file that cannot be used; nothing of it was taken."""


class SessionFileError(InputError):
    """A session file that cannot be used."""


class NotASessionFile(SessionFileError):
    """A file that some other program made."""


class LockedSessionFile(SessionFileError):
    """A file that cannot be read without a key, whoever made it."""


class WrongKey(SessionFileError):
    """A locked file that does not open with the key that was given."""


class DamagedKeyFile(SessionFileError):
    """The file of a session's key is there and cannot be used."""

    exit_code = 3


class NewerSessionFile(SessionFileError):
    """A session file written by a later version of this program."""


class OlderSessionFile(SessionFileError):
    """A session file written by an earlier version of this program, before the format was settled."""


class DamagedSessionFile(SessionFileError):
    """A session file that fails its checks; it is never written to again."""

    exit_code = 3


class EnvironmentProblem(WorkshopError):
    """The machine is in the way; what is already on disk is safe."""

    exit_code = 4


class StoreUnavailable(EnvironmentProblem):
    """The session file cannot be written now; nothing was acknowledged."""


class FileLost(StoreUnavailable):
    """The session file is not there any more as the room left it; what the room knows has to be saved elsewhere."""


class RoomBusy(EnvironmentProblem):
    """More is waiting than the room can hold; the sender keeps its words and tries again."""


class AddressUnavailable(EnvironmentProblem):
    """The port is taken or the address does not belong to this machine."""


class FolderUnusable(EnvironmentProblem):
    """The folder for the session file cannot be trusted with it."""


class RoomUnreachable(EnvironmentProblem):
    """No running room answers where one was expected."""
