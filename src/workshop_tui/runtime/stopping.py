"""Stopping a room in order, and saying where everything is then."""

from __future__ import annotations

from pathlib import Path

from workshop_tui.messages import Sentences, Verbatim, as_tuple, tr
from workshop_tui.runtime import places, running, starting


def stop(run: running.RunFile) -> Sentences:
    """Stop a room.

    Returns:
        Where everything that was received is, as sentences: in another file where the session's own was lost.

    Raises:
        RoomUnreachable: it does not answer, or does not go.
    """
    fault = running.about_file(run).fault
    starting.stop_room(run)
    session = Path(run.session_path)
    here = Verbatim(str(session))
    if not fault:
        return tr("Stopped. Everything received is saved in {file}", file=here)
    saved = places.saved_of(session, newer=True)
    if saved is None:
        return (tr("Stopped."), *as_tuple(fault))
    return (
        tr(
            "Stopped. Everything received is saved in {saved}, and not in {file}.",
            saved=Verbatim(str(saved.path)),
            file=here,
        ),
        tr("“workshop-tui run” with the agenda goes on with it."),
    )
