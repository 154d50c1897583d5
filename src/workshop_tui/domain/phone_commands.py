"""What phones ask the room to do, and when they may."""

from __future__ import annotations

from typing import Final

from workshop_tui.domain.base_command import ALWAYS, DAY, DESK_WORK, HELD, PHONE, BaseCommand, Rule, Who


class _PhoneCommand(BaseCommand, frozen=True, kw_only=True):
    who: Who = "phone"


class Join(_PhoneCommand, frozen=True, kw_only=True, tag="join"):
    """A phone takes its place."""

    person: str
    """A random name, 32 hexadecimal digits; only ever stored beside the hash of the phone's token."""
    token_hash: bytes
    """SHA-256 of the 256-bit token in the phone's cookie."""


class TellRole(_PhoneCommand, frozen=True, kw_only=True, tag="tell_role"):
    """A person says who they are here as, where the agenda asks."""

    person: str
    role: str
    """A word of the agenda's `roles`."""


class Cast(_PhoneCommand, frozen=True, kw_only=True, tag="cast"):
    """A vote, or a change of it."""

    person: str
    round: str
    choice: str | None
    """The bare ballot as canonical JSON; None to skip the question."""
    submission_id: str
    """The phone's name for this sending, 32 hexadecimal digits; the same again counts once."""
    instead: tuple[str, ...] = ()
    """Sendings that this one replaces and that the phone had no answer to: they may still be under way."""
    reasons: tuple[tuple[str, str], ...] = ()
    """(random key, canonical JSON) of each of the ballot's reasons, as its kind parts them from it."""


class Contribute(_PhoneCommand, frozen=True, kw_only=True, tag="contribute"):
    """A story, an idea or a private word."""

    person: str
    item: str
    body: str
    """What was said, as canonical JSON of the kind's type."""
    consent: str
    """C0 to C4."""
    key: str
    """A random name for the contribution, made at the edge."""
    submission_id: str
    code: str = ""
    """The private code with which it can be taken back, made at the edge; empty for none."""


class Upvote(_PhoneCommand, frozen=True, kw_only=True, tag="upvote"):
    """Somebody wants to know this too, or no longer."""

    person: str
    contribution: str
    on: bool
    """What it is to be; so the same sent again changes nothing."""
    seen: int | None = None
    """How often this phone had pressed there when its page was made: a press from an older page comes too late. None
    where the page did not say."""


class TakeBack(_PhoneCommand, frozen=True, kw_only=True, tag="take_back"):
    """Somebody takes back what they sent: its words go at once, for good."""

    person: str
    contribution: str


class NewCode(_PhoneCommand, frozen=True, kw_only=True, tag="new_code"):
    """Somebody wants a private code for what they sent; the one they had is good for nothing then."""

    person: str
    text: str
    """The key of their words."""
    code: str
    """The new one, made at the edge."""


class TakeBackByCode(_PhoneCommand, frozen=True, kw_only=True, tag="take_back_by_code"):
    """Whoever has the private code of some words takes them back, from whatever phone."""

    code: str
    """As it was typed."""


class AskToTalk(_PhoneCommand, frozen=True, kw_only=True, tag="ask_to_talk"):
    """Somebody wants to talk to someone. The room learns that, and not who."""

    person: str


class AskContact(_PhoneCommand, frozen=True, kw_only=True, tag="ask_contact"):
    """Somebody wants to be contacted about their own care. The room keeps that, and not who."""

    person: str
    key: str
    """A random name for the request, made at the edge."""


class LeavePlace(_PhoneCommand, frozen=True, kw_only=True, tag="leave_place"):
    """Somebody hands their phone on: its token is good for nothing from now on; what they sent stays."""

    person: str


PhoneCommand = (
    Join
    | TellRole
    | Cast
    | Contribute
    | Upvote
    | TakeBack
    | NewCode
    | TakeBackByCode
    | AskToTalk
    | AskContact
    | LeavePlace
)

RULES: Final[dict[type[BaseCommand], Rule]] = {
    Join: Rule(PHONE, HELD),
    TellRole: Rule(PHONE, HELD),
    Cast: Rule(PHONE, DAY),
    Contribute: Rule(PHONE, DAY),
    Upvote: Rule(PHONE, DAY),
    TakeBack: Rule(PHONE, DESK_WORK),
    NewCode: Rule(PHONE, DESK_WORK),
    TakeBackByCode: Rule(PHONE, ALWAYS),
    AskToTalk: Rule(PHONE, DESK_WORK),
    AskContact: Rule(PHONE, DESK_WORK),
    LeavePlace: Rule(PHONE, ALWAYS),
}
"""Every one of them."""
