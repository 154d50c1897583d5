"""What kind of session this is and what is decided stands where people read it, and only where the agenda says it."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest

from tests.exports.workshops import Workshop, all_files
from tests.sessions import an_agenda
from tests.web.host_desk import host_desk
from tests.web.pages_seen import text_of
from tests.web.phones import a_house
from tests.web.test_screen import a_wall
from workshop_tui.domain.agenda import Agenda, EngagementKind, ProposalState, status_sentence

EVERY = {
    str(sentence)
    for kind, state in product(get_args(EngagementKind), get_args(ProposalState))
    for sentence in status_sentence(an_agenda(engagement_kind=kind, proposal_state=state))
}
"""Every sentence of the status that there is."""

SAYS = {
    "nothing": (an_agenda(engagement_kind=None, proposal_state=None), set()),
    "one of the two": (an_agenda(engagement_kind="monitoring", proposal_state=None),
                       {"This session looks at how a service is doing."}),
    "the other": (an_agenda(engagement_kind=None, proposal_state="short_list"),
                  {"There is a short list of options. Nothing has been decided."}),
}  # fmt: skip


async def _seen(agenda: Agenda) -> dict[str, str]:
    """Everything that tells it, by who reads it."""
    async with a_house(agenda) as house:
        phone = house.stranger()
        pages = [(await phone.see(path)).text for path in ("/", "/help", "/privacy")]
        await phone.join()
        pages += [(await phone.see(path)).text for path in ("/now", "/sent")]
    async with a_wall(agenda) as (_, wall):
        screen = await wall.page()
    with host_desk(agenda) as desk:
        host = desk.look().text
    day = Workshop(agenda)
    files = {name: content.decode() for name, content in all_files(day.record()).items()}
    return {"phones": text_of("".join(pages)), "screen": text_of(screen), "host page": host, **files}


@pytest.mark.parametrize("says", SAYS)
async def test_nobody_is_told_more_of_the_status_than_the_agenda_says(says: str) -> None:
    agenda, told = SAYS[says]

    for where, text in (await _seen(agenda)).items():
        assert {sentence for sentence in EVERY if sentence in " ".join(text.split())} <= told, where


async def test_what_the_agenda_says_of_it_is_told_to_everybody() -> None:
    seen = await _seen(an_agenda(engagement_kind="listening", proposal_state="long_list"))

    for where in ("phones", "screen", "host page", "report.html", "report.md", "session.json"):
        assert "This is a listening session." in seen[where], where
        assert "There is a long list of options. Nothing has been decided." in " ".join(seen[where].split()), where


async def test_no_page_has_an_empty_line_where_nothing_is_told() -> None:
    agenda = an_agenda(engagement_kind=None, proposal_state=None)
    async with a_house(agenda) as house, a_wall(agenda) as (_, wall):
        assert "<p></p>" not in (await house.stranger().see("/")).text
        assert "<p></p>" not in await wall.page()
