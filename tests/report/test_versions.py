"""Versions as a table and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
from referencing import Registry, Resource

from relupc.model.checkout import Commit, Declared, Versioned, Versions
from relupc.model.value import replace
from relupc.report.versions import versions_document, versions_summary, versions_table

COMMIT = Commit("c7ae2" + 35 * "0", 1523874000)
SHOP = Versioned(Declared("shop", "apps/shop", "apps/shop/mix.exs", "1.3.0"), COMMIT)
STORE = Versioned(
    Declared("store", "apps/store", "apps/store/mix.exs"), COMMIT, ("apps/store/x",), "changed", "1.2.0", ("x",)
)

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = json.loads((DOCS / "versions.schema.json").read_text("utf-8"))
REPORT = Resource.from_contents(json.loads((DOCS / "report.schema.json").read_text("utf-8")))
REGISTRY: Registry[Any] = Registry().with_resource("https://relupc.example/report.schema.json", REPORT)


def validated(text: str) -> dict[str, Any]:
    """The document, held against docs/versions.schema.json."""
    document: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA, registry=REGISTRY).validate(document)
    return document


def test_a_table() -> None:
    assert versions_table(Versions((), ()), width=80) == ""
    rows = versions_table(Versions((SHOP,), ()), width=80).splitlines()
    assert rows[0].split() == ["app", "version", "in", "the", "sources", "folder"]
    assert rows[2].split() == ["shop", "1523874000-c7ae2", "1.3.0", "apps/shop"]
    rows = versions_table(Versions((STORE,), (), "v1"), width=0).splitlines()
    assert rows[2].split() == ["store", "1523874000-c7ae2", "+", "changes", "-", "apps/store", "changed", "1.2.0"]


def test_a_summary() -> None:
    assert versions_summary(Versions((), ())) == ""
    assert versions_summary(Versions((SHOP,), ())) == "1 application"
    assert versions_summary(Versions((SHOP, STORE), (), "v1")) == "2 applications, 1 changed since v1"


def test_a_document() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    document = validated(versions_document(Versions((replace(SHOP, since="same"), STORE), (), "v1"), "0.1.0"))
    assert (document["version"], document["from"], document["diagnostics"]) == (1, "v1", [])
    shop, store = document["applications"]
    assert (shop["name"], shop["version"], shop["declared"]) == ("shop", "1523874000-c7ae2", "1.3.0")
    assert (store["uncommitted"], store["since"], store["changed"]) == (["apps/store/x"], "changed", ["x"])
    assert "since" not in validated(versions_document(Versions((SHOP,), ()), "0.1.0"))["applications"][0]
