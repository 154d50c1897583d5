"""The shade: covers whatever this screen shows, at once, over any other screen; in a pause, and without one."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Center

from workshop_tui.messages import Text, Verbatim, tr
from workshop_tui.room.times import clock
from workshop_tui.tui.keys import Key, Keys
from workshop_tui.tui.lines import Lines, Pen
from workshop_tui.tui.moment import ConsoleMoment
from workshop_tui.tui.screens.base import DeskScreen
from workshop_tui.tui.screens.own import back
from workshop_tui.tui.widgets.bars import KeyLine
from workshop_tui.tui.widgets.pane import Pane
from workshop_tui.tui.widgets.status import Trouble
from workshop_tui.views.lengths import minutes_words

SHUT = (tr("Covered. The workshop goes on."), tr("ctrl+b or Esc shows the console again."))


class ShadeScreen(DeskScreen):
    """Nothing that anybody said, nor what the day is about: whoever stands behind can read this screen.

    Args:
        go_on: The key that goes on after a pause.
    """

    def __init__(self, go_on: Key) -> None:
        super().__init__(Keys([back(self.answer, "escape,ctrl+b", tr("Uncover"), shown="ctrl+b"), go_on]))

    def compose(self) -> ComposeResult:
        """The words in the middle, what went wrong, and the keys."""
        with Center(classes="body"):
            yield Pane(id="covered")
        yield Trouble(id="foot")
        yield KeyLine(self.keys, id="keys")

    def draw(self, moment: ConsoleMoment) -> None:
        self.query_one("#covered", Pane).show(lambda pen: covered_lines(moment, pen))
        self.query_one("#foot", Trouble).draw(moment)


def covered_lines(moment: ConsoleMoment, pen: Pen) -> Lines:
    """What the shade says."""
    since = moment.snapshot.paused_since
    if since is None:
        return [[], *pen.paragraphs(SHUT)]
    said: list[Text] = [
        tr("Since {time}, for {length}.", time=Verbatim(clock(since)), length=minutes_words(moment.paused_ms)),
        tr("The big screen shows only that there is a pause. Phones keep what people write. Time stands."),
    ]
    return [
        *pen.heading(tr("EVERYTHING IS PAUSED")),
        *pen.paragraphs(said),
        [],
        *pen.paragraph(tr("g goes on, and asks what the rest of the day is to be."), "strong", "→ "),
        *pen.paragraph(tr("Esc shows the console; the pause stays."), "strong", "→ "),
    ]
