"""A story from paper, typed in at the console."""

from __future__ import annotations

import re

from tests.tui.desk_room import by_name, console, press, screen_text, settle, sitting
from workshop_tui.domain.private_codes import plain, text_of


async def test_a_story_told_on_paper_is_typed_in_by_keys_and_its_code_stays_until_something_else_is_done() -> None:
    async with sitting() as here, console(here, (100, 40)) as pair:
        await press(here, pair, "n")
        pair[0].press(by_name("paper"))
        await settle(here, *pair)
        # Its words, who may read it, the item, and the button.
        await press(here, pair, *"Rang", "tab", "enter", "down", "enter", "tab", "tab", "enter")

        (row,) = here.room.tables.contributions.values()
        assert (row.consent, row.moderation) == ("C0", "new")
        assert "Rang" in row.body
        found = re.search(r"Its private code: ((?:[A-Z]{4} ?){3})", " ".join(screen_text(pair[0]).split()))
        assert found is not None
        assert text_of(plain(found[1]), here.room.tables.kept_codes) == row.key
