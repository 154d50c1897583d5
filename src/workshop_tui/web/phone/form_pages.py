"""The forms of phones: what stands in the form of a vote and of a gathering, and the page around it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from workshop_tui.domain.activity import AnyGathering
from workshop_tui.domain.agenda import Item
from workshop_tui.domain.asking import config_of
from workshop_tui.domain.blocks import FormBlock
from workshop_tui.domain.state import ItemState, Round
from workshop_tui.messages import Quoted, Sentences, Text, tr
from workshop_tui.web.phone.form_parts import form_parts
from workshop_tui.web.phone.lasting import lasts
from workshop_tui.web.phone.layout import PhonePages
from workshop_tui.web.phone.phone_state import asked_words
from workshop_tui.web.phone.phones import Phone
from workshop_tui.web.phone.repeat import Twice

WORDS_SEEN: Final = {
    "facilitator": tr("Only the person who leads today can read this."),
    "room": tr("The person who leads today reads this first. Then the room may see it. Please do not use names."),
    "consent": tr("You choose who may read this. Please do not use names."),
}


class FormPage(Struct, frozen=True, kw_only=True):
    """One form of a phone."""

    heading: Quoted
    who: tuple[Text, ...]
    """Who sees what is sent."""
    action: str
    page: str
    """The page that it is open on, as `PhoneState.page` names it."""
    item: Item
    blocks: tuple[FormBlock, ...]
    slot: str = ""
    """The round, for a vote; empty where many can be sent."""
    seed: int = 0
    open: bool = True
    """Whether it can still be sent; a closed form only shows the words again."""
    again: bool = False
    """Whether this phone has sent something here before."""
    check: bool = False
    """Whether the words are shown once more before they are sent."""


class FormPages:
    """Makes the pages with a form."""

    def __init__(self, pages: PhonePages) -> None:
        self._pages = pages
        self._phones = pages.phones
        self._twice = Twice(pages.phones)

    def of_vote(self, phone: Phone, round_: Round) -> FormPage:
        """The form of a round for one phone."""
        asked, state = self._phones.round_form(round_), self._phones.room.state
        each = state.item(round_.item)
        assert each is not None  # noqa: S101 - rounds are of items, and items stay
        return FormPage(
            heading=asked_words(state, round_),
            who=self._twice.words(round_, asked.kind.who_sees(asked.config)),
            action=f"/vote/{round_.key}",
            page=f"{round_.key}-open",
            item=each.item,
            blocks=(*self._twice.recalled(phone, round_, asked), *asked.blocks),
            slot=round_.key,
            seed=phone.seed(round_.key),
            open=round_.status == "open",
        )

    def of_gathering(self, each: ItemState, kind: AnyGathering) -> FormPage:
        """The form of a gathering."""
        room = self._phones.room
        who: tuple[Text, ...] = (WORDS_SEEN["consent" if kind.asks_consent else kind.readers],)
        if not kind.asks_consent and kind.readers == "facilitator":
            who = (*who, *lasts(room.info, "day"))
        showing = self._pages.phone_state()
        is_open_here = showing.name == "gather" and showing.here is not None and showing.here.item.key == each.item.key
        return FormPage(
            heading=room.state.agenda.asked(each.item),
            who=who,
            action=f"/say/{each.item.key}",
            page=showing.page if is_open_here else f"{each.item.key}-gather",
            item=each.item,
            blocks=kind.ask(config_of(each, kind)),
            open=each.gathering_open,
            check=kind.asks_consent,
        )

    def page(
        self,
        request: Request,
        phone: Phone,
        form: FormPage,
        values: Mapping[str, list[str]],
        *,
        status: int = 200,
        error: Sentences = "",
        field: str = "",
        said: Text = "",
        pressed: str = "",
        title: Text = "",
        done: Text = "",
        submission_id: str = "",
        sent: bool = False,
        wait_s: int = 0,
    ) -> Response:
        """A page with a form, with whatever was typed so far."""
        shown = {
            "title": title or form.heading, "f": form, "values": values, "error": error, "field": field,
            "said": said, "pressed": pressed, "done": done, "sent": sent,
            "submission_id": submission_id or secrets.token_hex(16), "assets": form_parts(form.blocks),
        }  # fmt: skip
        return self._pages.page(
            request, phone, "form.html", shown, status=status, wait_s=wait_s, about=form.page, item=form.item
        )
