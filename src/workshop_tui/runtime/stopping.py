"""Stopping a room in order, and saying where everything is then."""

from __future__ import annotations

from pathlib import Path

from workshop_tui.runtime import places, running, starting


def stop(run: running.RunFile) -> str:
    """Stop a room.

    Returns:
        Where everything that was received is, as sentences: in another file where the session's own was lost.

    Raises:
        RoomUnreachable: it does not answer, or does not go.
    """
    fault = running.about_file(run).fault
    starting.stop_room(run)
    session = Path(run.session_path)
    if not fault:
        return f"Stopped. Everything received is saved in {session}"
    saved = places.saved_of(session, newer=True)
    if saved is None:
        return f"Stopped. {fault}"
    return (
        f"Stopped. Everything received is saved in {saved.path}, and not in {session}. "
        "“workshop-tui run” with the agenda goes on with it."
    )
