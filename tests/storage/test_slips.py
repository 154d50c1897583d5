"""A recovery slip: what is written down is read again however it was typed, and a slip of the pen is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.storage import slips

pytestmark = pytest.mark.plain_only("no file has a part in it")


@given(st.binary(min_size=slips.SECRET_BYTES, max_size=slips.SECRET_BYTES))
def test_a_slip_is_read_as_it_was_written_in_any_letters_and_with_any_gaps(secret: bytes) -> None:
    slip = slips._written(secret)

    assert slips.read_slip(slip) == slip
    assert slips.read_slip(slip.lower().replace("-", " ")) == slip
    assert slips.read_slip(slip.replace("-", "").replace("1", "l").replace("0", "o")) == slip
    assert set(slip) <= {*slips.LETTERS, "-"}


def test_two_slips_are_never_the_same_and_no_letter_can_be_taken_for_another() -> None:
    assert len({slips.new_slip() for _ in range(200)}) == 200
    assert not set("ILOU") & set(slips.LETTERS)
    assert len(slips.LETTERS) == 32


def test_nearly_every_wrong_letter_and_every_missing_one_is_noticed() -> None:
    slip, unnoticed = slips.new_slip(), 0
    for place, letter in enumerate(slip):
        if letter != "-":
            assert slips.read_slip(slip[:place] + slip[place + 1 :]) is None
            others = set(slips.LETTERS) - {letter}
            unnoticed += sum(slips.read_slip(slip[:place] + each + slip[place + 1 :]) is not None for each in others)

    assert unnoticed <= 3, "one in 4,096 of 868"
