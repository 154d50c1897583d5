"""Which phone is asking, and what all pages of one room share."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final, Literal

import msgspec
from msgspec import Struct
from starlette.types import Scope

from workshop_tui.domain.activity import AnyPoll, SentFields
from workshop_tui.domain.asking import poll_of, round_config
from workshop_tui.domain.blocks import FormBlock, text_fields
from workshop_tui.domain.state import Round
from workshop_tui.errors import RoomBusy
from workshop_tui.limits import PEOPLE
from workshop_tui.room.room import Room
from workshop_tui.room.square import LENGTH
from workshop_tui.web.http.forms import headers_of
from workshop_tui.web.http.quotas import PhoneSettings
from workshop_tui.web.http.rate_limit import Buckets
from workshop_tui.web.phone.arriving import Arrivals
from workshop_tui.web.phone.naming import Asked
from workshop_tui.web.phone.new_codes import NewCodes
from workshop_tui.web.phone.presence import PhonePresence
from workshop_tui.web.phone.refusals import BUSY, TooQuick

COOKIE: Final = "ws"
COOKIE_S: Final = 12 * 3_600
"""How long a phone keeps its place when its browser is closed: longer than any workshop day."""

Look = Literal["at once", "soon", "refused"]
"""How a look is answered: "soon" is after a moment, for a phone that asks for page after page."""

HASTY: Final = 24
"""Looks in a row from which on each page waits a moment: the first load of a page takes up to seven."""

_TOKEN = re.compile(rb"(?:^|; ?)ws=([A-Za-z0-9_-]{43})(?=;|$)")
_SUBMISSION_ID = re.compile(r"[0-9a-f]{32}")


class Phone(Struct, frozen=True):
    """A phone that has joined."""

    person: str
    proof: str
    """What shows that a form came from a page of ours: HMAC(token, "f"), 32 hexadecimal digits."""

    def sent(self, given: str) -> bool:
        """Whether a form with this proof came from a page that this phone was given."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.proof.encode())

    def seed(self, subject: str) -> int:
        """A number of this phone's own for one question, the same each time: for shuffled options."""
        return int.from_bytes(hashlib.sha256(f"{self.person} {subject}".encode()).digest()[:4])


class RoundForm(Struct, frozen=True):
    """A round as phones need it: its kind, its config and the form made of them."""

    kind: AnyPoll
    config: object
    blocks: tuple[FormBlock, ...]
    texts: frozenset[str]
    """The names of fields that keep their lines."""
    made_of: dict[str, object]
    """The round's config: where words in it were taken back, the form is made anew."""


class Phones:
    """What the pages of one room share.

    Args:
        room: The running session.
        settings: Bounds and addresses.
    """

    def __init__(self, room: Room, settings: PhoneSettings) -> None:
        self.room = room
        self.settings = settings
        self.hosts = frozenset(host.lower().encode() for host in settings.hosts)
        self.origins = frozenset(f"http://{host}".encode() for host in settings.hosts)
        self.presence = PhonePresence(room.clock)
        self.arrivals = Arrivals()
        self.asked = Asked()
        """Who was asked about which words before they were taken."""
        self.new_codes = NewCodes(room.clock)
        self.read_rules: set[str] = set()
        """Who has gone on from the ground rules to a story."""
        self.votes = Buckets(settings.votes_burst, settings.votes_per_s, PEOPLE)
        self.words = Buckets(settings.words_burst, settings.words_per_s, PEOPLE)
        self.looks = Buckets(settings.looks_burst, settings.looks_per_s, PEOPLE)
        self.strangers = Buckets(settings.strangers_burst, settings.strangers_per_s, PEOPLE)
        self.writes = Buckets(max(1, round(settings.writes_per_s)), settings.writes_per_s or 1.0, 1)
        self._round_forms: dict[str, RoundForm] = {}
        self._known: dict[bytes, tuple[bytes, Phone]] = {}
        """Phones with the hash of their token, by token: taking it anew costs more than looking it up."""

    def phone(self, scope: Scope) -> Phone | None:
        """The phone that sent a request; None when it has no place in this session."""
        # Another program on this laptop may have left a cookie of the same name: what nobody knows is skipped.
        for found in _TOKEN.finditer(headers_of(scope).get(b"cookie", b"")):
            phone = self._recognize(found[1])
            if phone is not None:
                self.presence.heard(phone.person)
                return phone
        return None

    def seat(self, scope: Scope, token: str) -> None:
        """From here on a request is of the phone that has just got its seat, as if it had come with its cookie."""
        headers = headers_of(scope)
        headers[b"cookie"] = b"ws=%s; %s" % (token.encode(), headers.get(b"cookie", b""))

    def _recognize(self, token: bytes) -> Phone | None:
        known = self._known.get(token)
        hashed = known[0] if known is not None else hashlib.sha256(token).digest()
        person = self.room.tables.person_by_token.get(hashed)
        if person is None:
            # A place that was left ends at once, wherever else it is still known.
            self._known.pop(token, None)
            return None
        if known is not None:
            return known[1]
        if len(self._known) >= 2 * PEOPLE:
            self._known.clear()
        phone = Phone(person, proof_of(token))
        self._known[token] = (hashed, phone)
        return phone

    def forget(self, phone: Phone) -> None:
        """Keep nothing of a phone that was handed on."""
        for token in [token for token, (_, each) in self._known.items() if each.person == phone.person]:
            del self._known[token]
        self.new_codes.forget(phone.person)
        self.read_rules.discard(phone.person)
        self.presence.left(phone.person)

    def is_square(self, secret: str) -> bool:
        """Whether this is what the square says, and no more than that: too long to be guessed."""
        return len(secret) == LENGTH and secret.upper() == self.room.square

    def is_our_address(self, scope: Scope) -> bool:
        """Whether a request was sent to an address of ours."""
        return headers_of(scope).get(b"host", b"").lower() in self.hosts

    def is_foreign(self, scope: Scope) -> bool:
        """Whether a page that is not ours sent this; a request without `Origin` is judged by its proof."""
        origin = headers_of(scope).get(b"origin")
        return origin is not None and origin not in self.origins

    def round_form(self, round_: Round) -> RoundForm:
        """The form of a round; a round changes its question only where somebody takes back words that are in it."""
        asked = self._round_forms.get(round_.key)
        if asked is None or asked.made_of is not round_.config:
            kind = self.room.kinds[round_.kind]
            each = self.room.state.item(round_.item)
            poll = poll_of(each.item, self.room.kinds) if each is not None else None
            assert poll is not None and poll.kind == kind.kind  # noqa: S101, PT018 - rounds are opened for polls only
            config = round_config(round_, poll)
            blocks = poll.ask(config)
            asked = self._round_forms[round_.key] = RoundForm(poll, config, blocks, text_fields(blocks), round_.config)
        return asked

    def answered(self, phone: Phone, round_: Round) -> SentFields:
        """What a phone answered in a round that is not counted yet, as the fields of its form; empty for nothing.

        Also empty where it may be joined with nothing: then not even the page of whoever holds the phone says it.
        """
        mine, asked = self.room.tables.kept_ballot(round_.key, phone.person), self.round_form(round_)
        if mine is None or mine.choice is None or asked.kind.is_apart:
            return {}
        bodies = (mine.choice, *(row.body for row in self.room.tables.kept_reasons(round_.key, phone.person)))
        fields: SentFields = {}
        for body in bodies:
            fields |= asked.kind.fields_of(asked.config, msgspec.json.decode(body, type=asked.kind.ballot_type))
        return fields

    def take(self, buckets: Buckets, phone: Phone, submission_id: str = "") -> None:
        """Let a phone write one more.

        Args:
            buckets: What it is counted against.
            phone: Which.
            submission_id: Of a sending: the same again is not counted twice.

        Raises:
            TooQuick: it has to wait.
            RoomBusy: all phones together have to.
        """
        now = self.room.clock.steady_ms()
        if not buckets.take(phone.person, now, submission_id):
            raise TooQuick(buckets.wait_s(phone.person, now))
        if not self.may_write(now):
            raise RoomBusy(BUSY)

    def look(self, scope: Scope) -> Look:
        """Let somebody see one more page, or look for news once more."""
        now, phone = self.room.clock.steady_ms(), self.phone(scope)
        if phone is not None:
            if not self.looks.take(phone.person, now):
                return "refused"
            return "soon" if self.looks.taken(phone.person) > HASTY else "at once"
        if self.is_square(scope["path"].rpartition("/")[2]):
            # Else whoever asks without end keeps out everybody behind the same address.
            return "at once"
        arrival = self.arrivals.of(scope, self.room.code, now)
        if arrival is not None:
            may_look = self.looks.take(arrival.person, now)
        else:
            client = scope.get("client")
            may_look = self.strangers.take(client[0] if client else "", now)
        return "at once" if may_look else "refused"

    def may_write(self, now_ms: int) -> bool:
        """Whether all phones together may write one more; always, unless a setting bounds it."""
        return not self.settings.writes_per_s or self.writes.take("", now_ms)


def token_hash(token: str) -> bytes:
    """What the room keeps of a token."""
    return hashlib.sha256(token.encode()).digest()


def proof_of(token: bytes) -> str:
    """A form's proof, from the phone's token."""
    return hmac.digest(token, b"f", "sha256").hex()[:32]


def submission_id_of(given: str) -> str | None:
    """A submission id, or None for anything that is not 32 lower-case hexadecimal digits."""
    return given if _SUBMISSION_ID.fullmatch(given) else None


def wants_json(scope: Scope) -> bool:
    """Whether our script asks rather than a browser."""
    return b"application/json" in headers_of(scope).get(b"accept", b"")


def canonical(said: object) -> str:
    """A ballot as canonical JSON: equal ballots are equal texts."""
    return msgspec.json.encode(said).decode()
