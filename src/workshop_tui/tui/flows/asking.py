"""Questions that are not in the agenda yet, and items that are not open yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from workshop_tui.domain.agenda import Activity, Item
from workshop_tui.domain.asking import gets_options
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.commands import EditItem, InsertItem
from workshop_tui.limits import ITEM_MINUTES, OPTIONS
from workshop_tui.room.snapshot import ItemLine
from workshop_tui.tui.flows.agenda import go_to
from workshop_tui.tui.lines import shorten
from workshop_tui.tui.screens.dialogs import Blank, Choose, Form

if TYPE_CHECKING:
    from workshop_tui.tui.app import ConsoleApp

KINDS: Final = (
    ("single", "One choice"),
    ("dots", "Dots to share out"),
    ("rank", "Put in order"),
    ("ideas", "Short ideas, read first"),
    ("questions", "Questions, read first, with votes"),
    ("private", "Private words, only for you"),
)
"""What can be asked on the spot; stories need their consent page explained first, so they stay in agendas."""

WITH_OPTIONS: Final = ("single", "dots", "rank")
_KEYS: Final = "abcdefghijklmnopqrstuvwxyz"


async def ask(app: ConsoleApp) -> None:
    """Ask the room something that is not in the agenda; it comes right after the open item."""
    said = await app.push_screen_wait(
        Form(
            "Ask the room a new question",
            "It comes right after the open item.",
            [
                Blank("question", "The question"),
                Blank("kind", "How people answer", "single", kind="choice", choices=KINDS),
                Blank("options", "The options, one on each line (not for words)", kind="lines"),
                Blank("minutes", "Minutes", "5"),
            ],
            "Add it and open it now",
            check=_what_is_wrong,
            others=[("later", "Add it for later")],
        )
    )
    if said is None:
        return
    here = app.desk.snapshot.here
    before = {line.key for line in app.desk.snapshot.items}
    item = Item(
        key="",
        title=shorten(said["question"], 60),
        minutes=int(said["minutes"]),
        question=said["question"],
        activity=Activity(kind=said["kind"], config=_config(said)),
    )
    if not await app.send(InsertItem(item=item, after=here.item.key if here is not None else "")):
        return
    desk = await app.fresh()
    added = next((line for line in desk.snapshot.items if line.key not in before), None) if desk is not None else None
    if said["button"] == "later" or added is None:
        app.say("Added. n goes to it.")
    elif await go_to(app, added):
        voting = said["kind"] in WITH_OPTIONS
        app.say("Phones see the question. v opens the vote." if voting else "Phones can send now.")


def _what_is_wrong(said: Mapping[str, str]) -> str:
    if not said["question"]:
        return "Please type the question."
    options = _options(said["options"])
    if said["kind"] in WITH_OPTIONS and not 2 <= len(options) <= OPTIONS:
        return f"Please give 2 to {OPTIONS} options, one on each line."
    if len({option.casefold() for option in options}) < len(options):
        return "Two options are the same."
    return _minutes_wrong(said["minutes"])


def _minutes_wrong(minutes: str) -> str:
    good = minutes.isascii() and minutes.isdigit() and 1 <= int(minutes[:6]) <= ITEM_MINUTES
    return "" if good else f"Minutes are a number from 1 to {ITEM_MINUTES}."


def _options(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _config(said: Mapping[str, str]) -> dict[str, object]:
    if said["kind"] not in WITH_OPTIONS:
        return {}
    options = zip(_KEYS, _options(said["options"]), strict=False)
    return {"options": [{"key": key, "text": text} for key, text in options]}


async def edit(app: ConsoleApp) -> None:
    """Change an item that was not opened yet."""
    lines = {line.key: line for line in app.desk.snapshot.items if line.status == "planned"}
    if not lines:
        app.say("Every item was opened already. i asks something new.", ok=False)
        return
    chosen = await app.push_screen_wait(
        Choose("Edit which item?", "Only items that were not opened yet.",
               [(key, f"{line.number} {line.title}") for key, line in lines.items()])
    )  # fmt: skip
    if chosen in lines:
        await edit_line(app, lines[chosen])


async def edit_line(app: ConsoleApp, line: ItemLine) -> None:
    """Change this item: its words, its minutes, its options."""
    item = line.item
    options = item.activity.config.get("options") if item.activity is not None else None
    old = msgspec.convert(options, tuple[Option, ...]) if options else ()
    with_options = bool(old) and not gets_options(item)
    blanks = [
        Blank("title", "Title", item.title),
        Blank("minutes", "Minutes", str(line.minutes)),
        Blank("question", "Question on the phones", item.question),
        Blank("say", "Words to say", item.say, kind="lines"),
    ]
    if with_options:
        blanks.append(Blank("options", "Options, one on each line", "\n".join(each.text for each in old), kind="lines"))

    def wrong(said: Mapping[str, str]) -> str:
        if not said["title"]:
            return "The item needs a title."
        if with_options and not 2 <= len(_options(said["options"])) <= OPTIONS:
            return f"Please give 2 to {OPTIONS} options."
        return _minutes_wrong(said["minutes"])

    said = await app.push_screen_wait(
        Form(f"Edit “{item.title}”", "Nothing changes on phones until it is opened.", blanks, "Keep (ctrl+s)",
             check=wrong)
    )  # fmt: skip
    if said is None:
        return
    activity = item.activity
    texts = _options(said["options"]) if with_options else []
    if activity is not None and with_options and texts != [each.text for each in old]:
        new = _edited_options(texts, old)
        activity = replace(activity, config={**activity.config, "options": msgspec.to_builtins(new)})
    changed = replace(
        item,
        title=said["title"],
        minutes=int(said["minutes"]),
        question=said["question"],
        say=said["say"],
        activity=activity,
        # Words that changed are no longer what their translations say.
        texts=tuple(
            each for each in item.texts if said[each[0]] == (item.title if each[0] == "title" else item.question)
        ),
    )
    if changed == item and int(said["minutes"]) == line.minutes:
        app.say("Nothing was changed.")
        return
    await app.send(EditItem(item=changed))


def _edited_options(texts: list[str], old: tuple[Option, ...]) -> list[Option]:
    """Options with these words; one whose words stayed keeps everything else it had."""
    known = {option.text: option for option in old}
    return [replace(known[text], key=key) if text in known else Option(key=key, text=text)
            for key, text in zip(_KEYS, texts, strict=False)]  # fmt: skip
