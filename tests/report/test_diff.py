"""The document of `relupc diff`, and its schema."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
from referencing import Registry, Resource

from relupc.model.beam import FA
from relupc.model.codes import T003
from relupc.model.comparison import Differences
from relupc.model.program import Change, Diff
from relupc.report.diff import MADE, diff_document
from tests.modules import module
from tests.report.plans import NEW, OLD

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = json.loads((DOCS / "diff.schema.json").read_text("utf-8"))
REPORT = Resource.from_contents(json.loads((DOCS / "report.schema.json").read_text("utf-8")))
REGISTRY: Registry[Any] = Registry().with_resource("https://relupc.example/report.schema.json", REPORT)


def validated(text: str) -> dict[str, Any]:
    """The document, held against docs/diff.schema.json."""
    document: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA, registry=REGISTRY).validate(document)
    return document


def test_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


OLD_CART, NEW_CART = module("total(X) -> X.\nsum(X) -> X.\n"), module("total(X) -> X.\ntax(X, Y) -> X + Y.\n")
CHANGES = (
    Change("cart", "changed", ("exports + tax/2, - sum/1",), OLD_CART, NEW_CART),
    Change("price", "same", (), OLD_CART, OLD_CART),
    Change("tax", "added", (), None, replace(NEW_CART, exports=NEW_CART.exports | MADE)),
    Change("util", "same", ("only debug info differs",), OLD_CART, OLD_CART),
)
SHOP, KERNEL = Diff("shop", "1.3.0", "1.4.0", CHANGES), Diff("kernel", "8.5", "8.5", CHANGES[1:2])


def test_what_changed() -> None:
    found = validated(diff_document(Differences(OLD, NEW, (KERNEL, SHOP), (), otp=25), "0.0.0"))
    assert found["from"] == {"name": "shop", "version": "1.3.0", "path": OLD.path}
    assert found["to"]["version"] == "1.4.0"
    assert found["summary"] == {"changed": 1, "added": 1, "removed": 0, "same": 3}
    [shop] = found["applications"]
    assert shop["summary"] == {"changed": 1, "added": 1, "removed": 0, "same": 2}
    assert [(m["name"], m["change"]) for m in shop["modules"]] == [
        ("cart", "changed"),
        ("tax", "added"),
        ("util", "same"),
    ]
    assert shop["modules"][0]["exports"] == {"added": ["tax/2"], "removed": ["sum/1"]}
    assert shop["modules"][1]["exports"] == {"added": ["tax/2", "total/1"], "removed": []}
    assert FA("module_info", 0) in MADE


def test_applications_of_one_build() -> None:
    new, old = Diff("audit", None, "1.0", ()), Diff("till", "2.0", None, ())
    found = validated(diff_document(Differences(OLD, NEW, (new, old), ()), ""))["applications"]
    assert [(app["from"], app["to"], app["modules"]) for app in found] == [(None, "1.0", []), ("2.0", None, [])]


def test_builds_that_cannot_be_read() -> None:
    said = T003.at(None, "no such file", path="gone.rel"), T003.at(None, "\udcff", path="a.rel")
    text = diff_document(Differences(None, NEW, (), said), "")
    assert text.isascii()
    found = validated(text)
    assert found["from"] is None
    assert [d["location"]["path"] for d in found["diagnostics"]] == ["a.rel", "gone.rel"]
