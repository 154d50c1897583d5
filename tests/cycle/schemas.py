"""The published schemas of the cycle's files, made out of their types: `python -m tests.cycle.schemas` writes them."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from pathlib import Path
from typing import Any, Final

import msgspec

from workshop_tui.cycle import baton, follow_up, picture_file, receipt, record

DOCS: Final = Path(__file__).parents[2] / "docs"

OF: Final[dict[str, tuple[type[msgspec.Struct], str]]] = {
    "record": (record.Record, "What a session leaves for the cycle"),
    "baton": (baton.Baton, "What a session hands to another stage"),
    "receipt": (receipt.Receipt, "What a body answers to a baton"),
    "picture": (picture_file.PictureFile, "The record over many sessions"),
    "follow-up": (follow_up.Line, "One line of a follow-up file, after the first, which names schema and session"),
}


def schema(name: str) -> dict[str, Any]:
    """The schema of one sort of file."""
    type_, title = OF[name]
    (head,), components = msgspec.json.schema_components([type_], ref_template="#/$defs/{name}")
    for each in _structs(type_):
        for field, said in _said(each).items():
            components[each.__name__]["properties"][field].setdefault("description", said)
    top = components.pop(head["$ref"].rpartition("/")[2])
    described = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:workshop-tui:{name}:1",
        "title": title,
        "description": (
            "Made by workshop-tui. A reader should ignore keys that it does not know: new ones may come without a new "
            "number. An empty text stands for what is not known."
        ),
    }
    top = {key: value for key, value in top.items() if key not in ("title", "description")}
    return described | top | {"$defs": dict(sorted(components.items()))}


def _structs(type_: type[msgspec.Struct]) -> set[type[msgspec.Struct]]:
    found: set[type[msgspec.Struct]] = set()

    def walk(info: msgspec.inspect.Type) -> None:
        if isinstance(info, msgspec.inspect.StructType) and info.cls not in found:
            found.add(info.cls)
            for each in info.fields:
                walk(each.type)
        for name in ("item_type", "key_type", "value_type"):
            if isinstance(inner := getattr(info, name, None), msgspec.inspect.Type):
                walk(inner)
        for inner in getattr(info, "types", ()):
            walk(inner)
        for inner in getattr(info, "item_types", ()):
            walk(inner)

    walk(msgspec.inspect.type_info(type_))
    return found


def _said(type_: type[msgspec.Struct]) -> dict[str, str]:
    """What the source says of each field, by its name in the file."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(type_))).body
    assert isinstance(tree, ast.ClassDef)
    names = {each.name: each.encode_name for each in msgspec.structs.fields(type_)}
    said = {}
    for before, after in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(before, ast.AnnAssign) and isinstance(after, ast.Expr) and isinstance(before.target, ast.Name):
            said[names[before.target.id]] = " ".join(ast.literal_eval(after.value).split())
    return said


def text(name: str) -> str:
    """The schema as it is published."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name_ in OF:
        (DOCS / f"{name_}.schema.json").write_text(text(name_), encoding="utf-8")
