"""Content warnings, and noting that a matter was handed on: what it makes of the text, and what it never holds."""

from __future__ import annotations

import pytest

from tests.domain.acts import MATTER, Scene
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.content_warnings import CONTENT_WARNINGS
from workshop_tui.domain.reach import reach_of_row
from workshop_tui.domain.safeguarding import is_reference
from workshop_tui.domain.state import Screen
from workshop_tui.errors import CommandRefused


def from_story(scene: Scene, **changes: object) -> cmd.Safeguard:
    return cmd.Safeguard(
        key="m1", concern="adult", spoke_privately=False, agreed="unable", handed_to="nobody",
        contribution=scene.story, **changes,
    )  # fmt: skip


def test_the_text_that_a_matter_came_from_is_for_nobody_from_then_on() -> None:
    scene = Scene()
    scene.give(cmd.Moderate(contribution=scene.story, handling="approved"))
    scene.give(cmd.SetScreen(mode="story", subject=scene.story))

    scene.give(from_story(scene))

    row = scene.tables.contribution(scene.story)
    assert (row.level, row.consent, row.moderation) == ("C0", "C2", "on_hold")
    assert scene.state.screen == Screen("question")
    assert reach_of_row(row, scene.kinds) == "day"
    with pytest.raises(CommandRefused):
        scene.give(cmd.Moderate(contribution=scene.story, handling="approved"))


def test_what_somebody_wrote_of_it_goes_too() -> None:
    scene = Scene()
    scene.give(cmd.Retell(contribution=scene.retold, words="Of a bus"))
    scene.give(
        cmd.Safeguard(key="m1", concern="child", spoke_privately=True, agreed="yes", handed_to="police",
                      contribution=scene.retold)
    )  # fmt: skip

    assert scene.tables.retelling(scene.retold) == ""


def test_the_note_tells_no_text_and_the_journal_nothing_of_the_note() -> None:
    scene = Scene()
    decision = scene.ask(from_story(scene))

    scene.give(from_story(scene))
    assert scene.story not in repr(scene.tables.safeguarding("m1"))
    assert "safeguarding" not in repr([each for each in decision.events if hasattr(each, "at")])
    assert any("secure route" in str(each) for each in decision.answer.more)


@pytest.mark.parametrize("typed", [
    "he hits her", "CANARY", "hit", "a b1", "1" * 25, "SG 2026/0412", "=1+1", "SG-1\nhe hits her",
])  # fmt: skip
def test_no_account_fits_where_a_reference_belongs(typed: str) -> None:
    scene = Scene()

    assert not is_reference(typed)
    with pytest.raises(CommandRefused, match="no account"):
        scene.give(from_story(scene, reference=typed))
    assert scene.tables.safeguarding("m1") is None


@pytest.mark.parametrize("typed", ["", "SG-2026/0412", "4711", "a1.b2"])
def test_a_reference_fits(typed: str) -> None:
    assert is_reference(typed)


def test_handed_on_and_closed_are_noted_when_they_happen_also_once_the_write_up_is_finished() -> None:
    scene = Scene()
    scene.give(from_story(scene))
    first = scene.tables.safeguarding("m1")
    scene.come_to("finished")
    scene.clock.pass_s(60)
    scene.give(cmd.FollowUp(note="m1", handed_to="safeguarding_lead", reference="SG-1"))
    handed = scene.tables.safeguarding("m1")
    scene.clock.pass_s(60)
    scene.give(cmd.FollowUp(note="m1", handed_to="safeguarding_lead", reference="SG-1", closed=True))
    closed = scene.tables.safeguarding("m1")

    assert (first.handed_at, first.closed_at) == (None, None)
    assert handed.handed_at == first.at + 60_000
    assert (closed.handed_at, closed.closed_at) == (handed.handed_at, first.at + 120_000)
    with pytest.raises(CommandRefused, match="already"):
        scene.give(cmd.FollowUp(note="m1", handed_to="safeguarding_lead", reference="SG-1", closed=True))


def test_a_note_by_itself_changes_no_text() -> None:
    scene = Scene()
    before = list(scene.tables.all_contributions())
    scene.give(MATTER)

    assert list(scene.tables.all_contributions()) == before
    assert scene.tables.safeguarding("m1").handed_at is not None


def test_content_warnings_are_of_one_list_in_its_order_and_can_be_taken_away() -> None:
    scene = Scene()
    scene.give(cmd.Warn(contribution=scene.story, warnings=("abuse", "death", "abuse")))
    assert scene.tables.care(scene.story).warnings == ("death", "abuse")
    with pytest.raises(CommandRefused):
        scene.give(cmd.Warn(contribution=scene.story, warnings=("he hits her",)))
    scene.give(cmd.Warn(contribution=scene.story, warnings=()))

    assert scene.tables.care(scene.story).warnings == ()
    assert len(CONTENT_WARNINGS) == 17
