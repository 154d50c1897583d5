"""A rehearsal may be held on a day of the past; nothing else may."""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import msgspec
import pytest

from tests.runtime.laptop import a_laptop
from workshop_tui.room.clock import SystemClock, day_at, local_day
from workshop_tui.runtime import addresses, exporting
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.runtime.serving import ServeAsked
from workshop_tui.runtime.sessions import NewSession

REHEARSED = {
    "session_path": "day.workshop", "new": NewSession(agenda="a.toml"), "address": addresses.LOOPBACK,
    "hurried": True, "parent": 1, "days_ago": 30,
}  # fmt: skip


@pytest.mark.parametrize(
    "real",
    [{"hurried": False}, {"new": None}, {"address": "192.168.8.2"}, {"address": ""}, {"parent": 0}],
    ids=["at_peoples_pace", "a_session_that_is_there", "for_other_devices", "wherever", "of_its_own"],
)
def test_a_room_that_is_no_rehearsal_cannot_be_asked_for_on_another_day(real: dict[str, object]) -> None:
    asked = ServeAsked(**REHEARSED)  # type: ignore[arg-type]
    as_sent = msgspec.to_builtins(asked)

    with pytest.raises(ValueError, match="only a rehearsal"):
        ServeAsked(**{**REHEARSED, **real})  # type: ignore[arg-type]
    with pytest.raises(msgspec.ValidationError, match="only a rehearsal"):
        msgspec.json.decode(msgspec.json.encode({**as_sent, **real}), type=ServeAsked)


def test_a_clock_that_is_put_back_goes_on_as_the_others_do(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = dt.datetime(2026, 11, 28, 12).astimezone()
    monkeypatch.setattr(time, "time_ns", lambda: int(noon.timestamp()) * 1_000_000_000)

    assert local_day() == dt.date(2026, 11, 28)
    assert local_day(SystemClock(28)) == dt.date(2026, 10, 31)
    assert day_at(SystemClock(1).now_ms()) == dt.date(2026, 11, 27)
    monkeypatch.setattr(time, "time_ns", lambda: int(noon.timestamp() + 60) * 1_000_000_000)
    assert SystemClock(28).now_ms() == int(noon.timestamp() + 60) * 1_000 - 28 * 24 * 3_600_000


def test_a_session_that_is_rehearsed_on_a_day_of_the_past_is_of_that_day(tmp_path: Path) -> None:
    days = [local_day(SystemClock(30))]
    with a_laptop(tmp_path) as laptop:
        run = laptop.begin(hurried=True, parent=os.getpid(), days_ago=30)
        session = Path(run.session_path)
        with exporting.session_record(session, KeyRing(), SystemClock(30)) as then:
            made = day_at(then.info.created_at)
        with exporting.session_record(session, KeyRing()) as now:
            pass

    # Midnight may pass meanwhile.
    assert made in (*days, local_day(SystemClock(30)))
    assert then.info.write_up_by == (made + dt.timedelta(days=14)).isoformat()
    assert (then.is_overdue, now.is_overdue) == (False, True)
