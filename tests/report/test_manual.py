"""The manual as text and as a man page, from one Markdown page."""

from __future__ import annotations

from pathlib import Path

from relupc.report.manual import SHARED, man_page, manual_text

ROOT = Path(__file__).parents[2]
USAGES = {"lint": "relupc lint [FLAG]... [PATH]...", "help": "relupc help [COMMAND]"}
PAGE = """# Command line

```
relupc lint
```

See [the guide](guide.md), and what
it says.

## lint

Say what hurts.

| flag | meaning |
| --- | --- |
| `-f OLD`, `--from OLD` | Compare with it's "OLD" \\| others, \\e. |

```
.x = 'y'
```

## help

Print this.

## Exit codes

- one thing that has many words in it
  and goes on
- .dot

## Short help

<!-- output: relupc --help -->
```
nothing
```
"""


def test_all_as_text() -> None:
    assert manual_text(PAGE, USAGES, None, 30) == (
        "Usage:\n\n    relupc lint [FLAG]... [PATH]...\n    relupc help [COMMAND]\n\n"
        "    See the guide, and what it\n    says.\n"
        "\nLint:\n\n    Say what hurts.\n"
        "\n    -f OLD, --from OLD\n        Compare with it's\n        \"OLD\" | others, \\e.\n"
        "\n        .x = 'y'\n"
        "\nHelp:\n\n    Print this.\n"
        "\nExit codes:\n\n    - one thing that has many\n      words in it and goes on\n\n    - .dot\n"
    )  # fmt: skip


def test_one_command_as_text() -> None:
    text = manual_text(PAGE, USAGES, "help", 80)
    assert text == "Usage:\n\n    relupc help [COMMAND]\n\n    Print this.\n"
    text = manual_text(PAGE, USAGES, "lint", 80)
    assert "\nExit codes:\n" in text
    assert "guide" not in text


def test_a_man_page() -> None:
    assert man_page(PAGE, USAGES, "0.1.0").splitlines() == [
        '.\\" Made by docs/refresh.py of docs/cli.md and the parser.',
        '.TH RELUPC 1 "" "relupc 0.1.0"',
        ".SH NAME",
        "relupc \\- hot upgrades for the BEAM: checks appups, makes relups",
        ".SH SYNOPSIS",
        ".nf",
        "relupc lint [FLAG]... [PATH]...",
        "relupc help [COMMAND]",
        ".fi",
        ".SH DESCRIPTION",
        "See the guide, and what it says.",
        ".SH LINT",
        "Say what hurts.",
        ".TP",
        "\\fB\\-f OLD\\fR, \\fB\\-\\-from OLD\\fR",
        "Compare with it\\(aqs \\(dqOLD\\(dq | others, \\ee.",
        ".PP",
        ".nf",
        "\\&.x = \\(aqy\\(aq",
        ".fi",
        ".SH HELP",
        "Print this.",
        ".SH EXIT CODES",
        ".IP \\(bu 2",
        "one thing that has many words in it and goes on",
        ".IP \\(bu 2",
        "\\&.dot",
    ]


def test_no_line_of_the_source_is_a_macro_by_chance() -> None:
    page = man_page(f"# T\n\n{'.word ' * 40}\n", USAGES, "0")
    assert [line for line in page.splitlines() if line.startswith(".word")] == []
    assert max(map(len, page.splitlines())) <= 80


def test_the_sections_that_are_shared_are_there() -> None:
    text = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert all(f"\n## {section}\n" in text for section in SHARED)
