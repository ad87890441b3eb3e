"""Answers are plain data."""

from __future__ import annotations

import json

from relupc.model.answer import Answer


def test_it_is_what_json_can_hold() -> None:
    answer = Answer(1, "read shop.appup\n", (("", "no problems\n"), ("report.json", "{}\n")))
    code, err, texts = json.loads(json.dumps(answer))
    assert Answer(code, err, tuple((file, text) for file, text in texts)) == answer
