"""Stories told on paper: typed at a desk, with a private code for whoever told them. No phone has them."""

from __future__ import annotations

import msgspec

from workshop_tui.domain import commands as cmd
from workshop_tui.domain.asking import config_of, gathering_of
from workshop_tui.domain.blocks import ChooseLevel, WriteText
from workshop_tui.domain.consent import ROOM_ONLY, at_most
from workshop_tui.domain.deciding.decision import Context, Decision, decides, done
from workshop_tui.domain.deciding.phones import MINUTE, words_kept
from workshop_tui.domain.digests import salt_for
from workshop_tui.domain.names import keyed
from workshop_tui.domain.private_codes import in_groups
from workshop_tui.domain.rows import ContributionRow
from workshop_tui.domain.text import clean_text
from workshop_tui.domain.wishes import wishes_in
from workshop_tui.errors import BallotRejected, CommandRefused
from workshop_tui.messages import Verbatim, tr

SLIP = tr("Write it on their slip now. It is shown only this once, and it is kept nowhere.")


@decides(cmd.EnterStory)
def enter_story(context: Context, command: cmd.EnterStory) -> Decision:
    """Keep it as if its owner had sent it: unread, at their level, and what it says goes before what was ticked."""
    each, story_key = context.state.item(command.item), context.rows.story_key()
    kind = gathering_of(each.item, context.kinds) if each is not None else None
    if each is None or kind is None or not kind.asks_consent or story_key is None:
        raise CommandRefused(tr("This item does not take stories."))
    if context.rows.contribution(command.key) is not None:
        raise CommandRefused(tr("It was entered already. Its owner can take it back at a desk."))
    words, config = clean_text(command.words), config_of(each, kind)
    blocks = kind.ask(config)
    box = next(block.name for block in blocks if isinstance(block, WriteText))
    choice = next(block.name for block in blocks if isinstance(block, ChooseLevel))
    try:
        said = kind.reworded(kind.read(config, {box: (words,), choice: (command.level,)}), words)
    except BallotRejected as problem:
        raise CommandRefused(problem.message) from problem
    body = msgspec.json.encode(said).decode()
    wishes = wishes_in(body)
    level = kind.consent(said)
    row = ContributionRow(
        key=command.key,
        item=command.item,
        kind=kind.kind,
        body=body,
        consent=at_most(level, ROOM_ONLY) if wishes else level,
        # Of a name that no phone has, and no other sheet: nothing tells which are of one person.
        author=keyed(story_key, f"on paper {command.key}"),
        moderation="on_hold" if wishes else "new",
        minute=command.at // MINUTE,
        submission_id=command.key,
        digest=b"",
        salt=salt_for(command.salt, command.key),
    )
    return done(
        tr("entered a story that was told on paper"),
        *words_kept(row, command.salt, command.code),
        more=(tr("Its private code: {code}", code=Verbatim(in_groups(command.code))), SLIP),
    )
