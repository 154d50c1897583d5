"""A reason beside a vote is found by its words and taken back by the command line, whatever words others read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.domain.test_reasons_taken_back import GONE, OTHER, REWORDED, SALT, WORDS, a_vote
from tests.domain.test_taking_back import having, stored
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import SettingsError
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.runtime.withdrawing import meant, withdraw
from workshop_tui.storage.records import read_record


@pytest.mark.parametrize("words", [WORDS[3:20].upper(), REWORDED[3:20]])
def test_a_counted_reason_is_found_by_its_own_words_and_by_others_and_no_byte_of_it_stays(
    tmp_path: Path, words: str
) -> None:
    desk = a_vote()
    desk.give(cmd.Reveal(salt=SALT))
    stored(desk, tmp_path).close()
    session, ring = tmp_path / "day.workshop", KeyRing()
    with pytest.raises(SettingsError):
        meant(session, "", "Act on it", ring)

    found = meant(session, "", words, ring)
    said = withdraw(session, found, ring)

    assert WORDS in str(found.lines[0])
    assert "deleted for good" in str(said[0])
    assert [having(tmp_path, each) for each in GONE] == [[]] * len(GONE)
    assert having(tmp_path, OTHER.encode())
    assert sum(read_record(session).rounds[0].profile.values()) == 2
