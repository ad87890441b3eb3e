"""Pages as text: the heading, sections, lists, what is cut."""

from __future__ import annotations

import pytest

from docs.refresh import pages
from relupc.look_up import page
from relupc.model.codes import TABLE
from relupc.report.page import page_text

PAGE = """# A301 changed-module-not-listed

*error, since 0.1, needs two builds*

A module changed, but the upgrade does not [load](A302.md) it.

## Why

systools only asks that there is an entry; it does not ask that the entry is complete, whatever is in it.

## Example

<!-- output: relupc lint . ; in fixtures/x -->
```
# no heading
error[A301]: changed module
  = help: add it
```

And then:

- one thing that is so long that it has to be wrapped somewhere
  and goes on
- another

## OTP says

Nothing.

See also: A305, A302.
"""

TEXT = """A301 changed-module-not-listed     error, since 0.1, needs two builds

A module changed, but the upgrade does not load it.

Why. systools only asks that there is an entry; it does not ask that
the entry is complete, whatever is in it.

Example.

    # no heading
    error[A301]: changed module
      = help: add it

And then:

- one thing that is so long that it has to be wrapped somewhere and
  goes on
- another

OTP says: nothing.            See also: A305, A302.
"""


def test_a_page() -> None:
    assert page_text(PAGE, 69) == TEXT


def test_where_there_is_no_room() -> None:
    narrow = page_text(PAGE, 40)
    assert narrow.splitlines()[0] == "A301 changed-module-not-listed  error, since 0.1, needs two builds"
    assert narrow.endswith("\n\nOTP says: nothing.\n\nSee also: A305, A302.\n")


def test_a_list_of_codes_is_a_table() -> None:
    listed = "- A104 depmod-without-instruction (error): unknown module\n- T010 unused-suppression (warning): unused\n"
    assert page_text(listed, 10) == (
        "A104  depmod-without-instruction  error    unknown module\n"
        "T010  unused-suppression          warning  unused\n"
    )  # fmt: skip


def test_a_section_that_begins_with_a_list_or_a_table() -> None:
    assert page_text("## Why\n\n- a\n- b\n", 40) == "Why.\n\n- a\n- b\n"
    assert page_text("## Why\n\n| a | b |\n| - | - |\n", 5) == "Why.\n\n| a | b |\n| - | - |\n"


def test_a_fence_that_does_not_end() -> None:
    assert page_text("text\n```\ncode\n", 40) == "text\n"


def test_words_are_not_broken() -> None:
    assert page_text("a very-long-word-with-hyphens\n", 10) == "a\nvery-long-word-with-hyphens\n"


@pytest.mark.parametrize("width", [40, 80, 100])
def test_every_page(width: int) -> None:
    assert pages()
    for code in TABLE.values():
        markdown = page(code)
        if markdown:
            text = page_text(markdown, width)
            assert text.startswith(f"{code.code} {code.name}  ")
            assert "<!--" not in text
            assert "](" not in text
            assert "\n\n\n" not in text.replace("\n    \n", "\n")
            assert all(line == line.rstrip() for line in text.splitlines())
