"""What a kind is to be told, as fields of a form: made from the type of its config, and read back into one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.activity import AnyKind, OptionsConfig, Setting, settings_of
from workshop_tui.domain.asking import as_data
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.exact import Exact
from workshop_tui.domain.text import clean_line, has_words, plain_number
from workshop_tui.errors import CommandRefused
from workshop_tui.limits import OPTIONS
from workshop_tui.messages import Message, tr, trn
from workshop_tui.views.act import Choice, Field, FieldKind, Typed
from workshop_tui.views.moment import Moment
from workshop_tui.views.typed import lines_in

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"

EXTRA: Final = "extra"
"""The field of the options that stand apart at the end, as agendas call them."""

_EXTRA: Final = Setting(
    label=tr("Options that come last, one to a line"), hint=tr("Such as “Something else”. They count like the rest.")
)
_NO_NUMBER: Final = tr("Please type a whole number in plain digits, such as 1000.")
_NO_NUMBERS: Final = tr("Please type whole numbers in plain digits, one to a line.")
_NO_EXACT: Final = tr("Please type a number in plain digits, such as 1000 or 600.50.")
_NO_EXACTS: Final = tr("Please type numbers in plain digits, such as 1000 or 600.50, one to a line.")
_NO_PART: Final = tr("Please type the name of a part, a colon and its words on each line.")
_NO_QUESTION: Final = tr("Please type a question first, then its answers, each with a dash before it.")


class _Form(Struct, frozen=True):
    """How values of one type are typed."""

    field: FieldKind
    show: Callable[[Any], str]
    read: Callable[[str], Any]
    """What was typed as plain data.

    Raises:
        ValueError: it cannot be that."""
    wrong: Message | None = None
    """What is said where it cannot."""


def _number(typed: str) -> int:
    digits = plain_number(typed)
    if not re.fullmatch(r"[+-]?[0-9]{1,10}", digits):
        raise ValueError(typed)
    return int(digits)


def _numbers(typed: str) -> list[int]:
    return [_number(line) for line in lines_in(typed)]


def _exact(typed: str) -> int | str:
    digits = plain_number(typed)
    if not re.fullmatch(r"[+-]?[0-9]{1,10}(\.[0-9]{1,10})?", digits):
        raise ValueError(typed)
    # As a file holds it: a text where it is not whole, so that nothing is lost of it.
    return digits if "." in digits else int(digits)


def _exacts(typed: str) -> list[int | str]:
    return [_exact(line) for line in lines_in(typed)]


def _named_lines(typed: str) -> dict[str, str]:
    pairs = [line.partition(":") for line in lines_in(typed)]
    named = {str(clean_line(name)): str(clean_line(words)) for name, _, words in pairs}
    if not all(has_words(clean_line(each)) for pair in named.items() for each in pair):
        raise ValueError(typed)
    return named


_DASH: Final = re.compile(r"^[-–—*•]\s*")


def _questions(typed: str) -> list[dict[str, object]]:
    """Questions with the answers below each, as `- answer`."""
    questions: list[tuple[str, list[str]]] = []
    for line in lines_in(typed):
        answer = _DASH.sub("", line)
        if answer == line:
            questions.append((line, []))
        elif questions:
            questions[-1][1].append(answer)
        else:
            raise ValueError(typed)
    return [{"label": label, "options": options} for label, options in questions]


def _as_questions(value: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join("\n".join([each["label"], *(f"- {answer}" for answer in each["options"])]) for each in value)


def _form_of(wanted: Any) -> _Form:
    """How values of a type are typed.

    Raises:
        TypeError: values of this type cannot be typed: `_form_of` needs a line for them.
    """
    origin, inner = get_origin(wanted), get_args(wanted)
    if wanted is bool:
        return _Form("tick", lambda value: "yes" if value else "", lambda typed: typed == "yes")
    if wanted is int:
        return _Form("number", str, _number, _NO_NUMBER)
    if wanted == Exact:
        return _Form("number", str, _exact, _NO_EXACT)
    if wanted is str:
        return _Form("line", str, clean_line)
    if origin is Literal:
        return _Form("choice", str, str)
    if origin is tuple and inner[0] is int:
        return _Form("lines", lambda value: "\n".join(map(str, value)), _numbers, _NO_NUMBERS)
    if origin is tuple and inner[0] == Exact:
        return _Form("lines", lambda value: "\n".join(map(str, value)), _exacts, _NO_EXACTS)
    if origin is tuple and inner[0] in (str, Option):
        return _Form("lines", "\n".join, lines_in)
    if origin is dict and inner == (str, str):
        return _Form("lines", lambda value: "\n".join(f"{k}: {v}" for k, v in value.items()), _named_lines, _NO_PART)
    if origin is tuple and getattr(inner[0], "__struct_fields__", ()) == ("label", "options"):
        return _Form("lines", _as_questions, _questions, _NO_QUESTION)
    raise TypeError(wanted)


# The fields. ------------------------------------------------------------------------------------------


def config_in(moment: Moment) -> Mapping[str, object]:
    """What the item that is edited holds of its kind; empty for a new one."""
    line = moment.line
    return line.item.activity.config if line is not None and line.item.activity is not None else {}


def options_in(config: Mapping[str, object]) -> tuple[Option, ...]:
    """The options that the plain config of an item holds."""
    return msgspec.convert(config.get("options") or (), tuple[Option, ...])


def fields_of(kind: AnyKind) -> tuple[Field, ...]:
    """All that can be said of a question of this kind; what it cannot do without comes first."""
    types = _types(kind)
    fields: list[Field] = []
    for name, setting in settings_of(kind.config_type).items():
        if name == "options":
            shown = _words(lambda option: not option.other)
            fields.append(Field(name=name, label=setting.label, kind="lines", hint=setting.hint, usual=shown))
            fields.append(
                Field(name=EXTRA, label=_EXTRA.label, kind="lines", hint=_EXTRA.hint, is_further=True,
                      usual=_words(lambda option: option.other))
            )  # fmt: skip
        else:
            fields.append(_field(kind, name, setting, types[name]))
    return tuple(sorted(fields, key=lambda field: field.is_further))


def _types(kind: AnyKind) -> Mapping[str, Any]:
    return {each.name: each.type for each in msgspec.structs.fields(kind.config_type)}


def _words(which: Callable[[Option], bool]) -> Callable[[Moment], str]:
    return lambda moment: "\n".join(option.text for option in options_in(config_in(moment)) if which(option))


def _field(kind: AnyKind, name: str, setting: Setting, wanted: Any) -> Field:
    form, default = _form_of(wanted), _defaults(kind)[name]

    def usual(moment: Moment) -> str:
        line = moment.line
        same = line is not None and line.item.activity is not None and line.item.activity.kind == kind.kind
        shared = name in OptionsConfig.__struct_fields__
        value = config_in(moment).get(name, default) if same or shared else default
        # An empty field is shorter than a 0 that stands for something else.
        return "" if value == 0 and default == 0 and form.field == "number" else form.show(value)

    def wrong(typed: str) -> Message | None:
        if not typed.strip():
            return None
        try:
            form.read(typed)
        except ValueError:
            return form.wrong
        return None

    field = Field(
        name=name, label=setting.label, kind="choice" if setting.is_title else form.field, hint=setting.hint,
        usual=usual, wrong=wrong, is_further=not setting.needed,
    )  # fmt: skip
    if setting.is_title:
        return replace(field, choices=lambda moment: _earlier(moment, usual(moment)))
    if form.field == "choice":
        offered = tuple(Choice(value, setting.choices[value]) for value in get_args(wanted))
        return replace(field, choices=lambda moment: offered)
    return field


def _defaults(kind: AnyKind) -> Mapping[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(kind.config_type())
    return plain


def _earlier(moment: Moment, now: str) -> tuple[Choice, ...]:
    """The items that came before and asked something, by their titles: that is how an item names an earlier one."""
    end = moment.line.number if moment.line is not None else len(moment.snapshot.items) + 1
    titles = [line.title for line in moment.snapshot.items if line.number < end and line.is_poll]
    titles += [now] if now else []
    return (Choice("", tr("None")), *(Choice(title, title) for title in dict.fromkeys(titles)))


# And back. --------------------------------------------------------------------------------------------


class FieldRefused(CommandRefused):
    """What was typed in one field does not fit.

    Args:
        field: Its name; empty for none of them alone.
        message: Why.
    """

    def __init__(self, field: str, message: Any) -> None:
        super().__init__(message)
        self.field = field


def typed_config(kind: AnyKind, before: Mapping[str, object], typed: Typed) -> dict[str, object]:
    """The config of a kind as plain data, with every default in it, so that a later default changes no kept session.

    Args:
        kind: What phones do.
        before: What the item held of this kind, or of another one that it was; what has no field in `typed` stays.
        typed: What was typed, by the names of the fields.

    Raises:
        FieldRefused: something does not fit.
    """
    settings, types, defaults = settings_of(kind.config_type), _types(kind), _defaults(kind)
    config = {name: before[name] for name in types if name in before}
    for name in settings:
        if name != "options" and name in typed:
            config[name] = _read(name, _form_of(types[name]), typed[name], defaults[name])
    if "options" in settings and "options" in typed:
        options = _options(options_in(before), typed)
        if not config.get("options_from") and 0 < len(options) < getattr(kind.config_type, "fewest", 0):
            raise FieldRefused("options", tr("Please give 2 to {most} options, one on each line.", most=OPTIONS))
        config["options"] = [msgspec.to_builtins(option) for option in options]
    try:
        return as_data(msgspec.convert(config, kind.config_type))
    except msgspec.ValidationError:
        # The room refuses it, and says why.
        return config


def _read(name: str, form: _Form, typed: str, default: object) -> object:
    if not typed.strip() and form.field == "number":
        return default
    try:
        return form.read(typed)
    except ValueError as problem:
        raise FieldRefused(name, form.wrong or "") from problem


def _options(old: Sequence[Option], typed: Typed) -> tuple[Option, ...]:
    last = lines_in(typed[EXTRA]) if EXTRA in typed else [option.text for option in old if option.other]
    return lettered(lines_in(typed["options"]), old, last)


def lettered(texts: Sequence[str], old: Sequence[Option], last: Sequence[str] = ()) -> tuple[Option, ...]:
    """Options with letters by place; unchanged words keep their translations.

    Args:
        texts: The words of each.
        old: Those that were there before.
        last: The words of those that stand apart at the end, such as “something else”.

    Raises:
        FieldRefused: there are more than letters.
    """
    known = {option.text: option for option in old}
    given = [(text, False) for text in texts if text not in last] + [(text, True) for text in last]
    if len(given) > OPTIONS:
        raise FieldRefused(
            "options",
            trn(
                "There is {n} option; the screen has letters for {most}. Please merge some.",
                "There are {n} options; the screen has letters for {most}. Please merge some.",
                len(given),
                most=OPTIONS,
            ),
        )
    return tuple(
        replace(known.get(text, Option("", text)), key=LETTERS[place], other=other)
        for place, (text, other) in enumerate(given)
    )
