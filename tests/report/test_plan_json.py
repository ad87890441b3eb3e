"""The document of a plan, and its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
from referencing import Registry, Resource

from relupc.model.codes import A401
from relupc.model.timeline import Planned
from relupc.report.plan_json import plan_document
from tests.timelines import demo, entry, nasty, way

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = json.loads((DOCS / "plan.schema.json").read_text("utf-8"))
REPORT = Resource.from_contents(json.loads((DOCS / "report.schema.json").read_text("utf-8")))
REGISTRY: Registry[Any] = Registry().with_resource("https://relupc.example/report.schema.json", REPORT)


def validated(text: str) -> dict[str, Any]:
    """The document, held against docs/plan.schema.json."""
    document: dict[str, Any] = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA, registry=REGISTRY).validate(document)
    return document


def test_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_demo() -> None:
    found = validated(plan_document(demo(), "0.1"))
    assert found["verdict"] == "hot"
    up, down = found["plans"]
    assert (up["from"], up["to"], up["total"], up["point_of_no_return"]) == ("1.3.0", "1.4.0", 21, 4)
    assert up["suspended"][0] == {"module": "shop_cart", "first": 9, "last": 15}
    assert {"later": "shop_cart", "earlier": "shop_price"} in up["edges"]
    assert up["steps"][0]["because"] == [{"path": None, "line": None, "text": "new application"}]
    assert up["steps"][19]["because"] == [{"path": "lib/shop-1.4.0/ebin/shop.appup", "line": 8, "text": None}]
    assert down["steps"][-1]["term"] == "{apply,{application,unload,[audit]}}"


def test_reasons_and_diagnostics() -> None:
    risky = entry("point_of_no_return, {apply, {m, f, []}}")
    found = validated(plan_document(Planned((risky,), (A401.at(None, "x", path="y"),)), "0.1"))
    assert found["verdict"] == "hot with risk"
    [reason] = found["plans"][0]["verdict"]["reasons"]
    assert (reason["kind"], reason["step"], reason["code"]) == ("risk", 2, None)
    assert [d["code"] for d in found["diagnostics"]] == ["A401"]


def test_any_names_and_nothing_at_all() -> None:
    text = plan_document(nasty(), "0.1")
    validated(text)
    assert text.isascii()
    validated(plan_document(Planned((entry(""),)), "0.1"))
    assert validated(plan_document(Planned(()), "0.1"))["verdict"] == "blocked"


def test_a_step_is_a_line() -> None:
    lines = plan_document(Planned((way(),)), "0.1").splitlines()
    assert sum('"instruction":' in line for line in lines) == 21
