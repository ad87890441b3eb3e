"""The parser of all commands: which flags there are, and what --help says of them."""

from __future__ import annotations

import argparse
import re
from functools import partial

EXAMPLES = """examples:
  relupc lint                                     every appup below here
  relupc compile new.rel --from old.rel -o relup
  relupc plan relup --format html -o plan.html
"""
FORMATS = "full | concise | json | sarif | github | gitlab | junit"
COMMANDS = ("compile", "lint", "plan", "diff", "generate", "versions", "compose", "explain", "completion", "help")
SHELLS = ("bash", "zsh", "fish", "powershell")
PLAN_FORMATS = ("table", "timeline", "svg", "html", "mermaid", "dot", "term", "json")
LEVELS = ("error", "warning", "note", "never")


def make_parser(only: str | None = None) -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """The parser, and those of the commands by their names; all of them, or `only` one, where argv begins with it."""
    parser = argparse.ArgumentParser(
        prog="relupc",
        allow_abbrev=False,
        formatter_class=_narrow,  # for now: see there
        description="Hot upgrades for the BEAM: checks appups, makes relups, needs no Erlang.",
        epilog=EXAMPLES,
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="help", help=argparse.SUPPRESS)  # it is on the screen: 24 lines are few
    parser.add_argument("-V", "--version", action="store_true", help="relupc and the OTP rules it knows")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, dest="command", prog="relupc")
    made = {}
    for name, text, fill in (
        ("compile", "two releases -> relup", _add_compile),
        ("lint", "appups, applications or two releases -> findings", _add_lint),
        ("plan", "a relup or two releases -> what will happen", _add_plan),
        ("diff", "two builds -> what changed", _add_diff),
        ("generate", "two builds -> appups", _add_generate),
        ("versions", "a git checkout -> each application's version", _add_versions),
        ("compose", "appups or relups A-B and B-C -> A-C", _add_compose),
        ("explain", "a code, a name, an OTP error, a place -> a page", _add_explain),
        ("completion", "a shell -> its script that completes relupc", _add_completion),
        ("help", "a command -> all about it", _add_help),
    ):
        if only not in (None, name):
            continue
        made[name] = commands.add_parser(name, allow_abbrev=False, help=text, formatter_class=_narrow)
        fill(made[name])
        made[name].usage = usage_of(name, made[name])
        made[name].formatter_class = argparse.HelpFormatter
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    return parser, made


def _narrow(prog: str) -> argparse.HelpFormatter:
    """For each flag that is added argparse makes a formatter, and the usual ones ask how wide the terminal is."""
    return argparse.HelpFormatter(prog, width=80)


def usage_of(name: str, parser: argparse.ArgumentParser) -> str:
    """How a command is called, in a line: `relupc lint [FLAG]... [PATH]...`."""
    words = [f"relupc {name}"] + ["[FLAG]..."] * (name not in ("completion", "help"))
    for action in parser._actions:
        if not action.option_strings:
            shape = {"?": "[{}]", "*": "[{}]..."}.get(str(action.nargs), "{}")
            words.append(shape.format(action.metavar))
    return " ".join(words)


def flags_of(parser: argparse.ArgumentParser) -> list[str]:
    """The long flags of a command."""
    return re.findall(r"--[a-z][a-z-]*", parser.format_help())


def _add_compile(parser: argparse.ArgumentParser) -> None:
    parser.description = "Make the relup that leads to NEW from the OLD releases, and back."
    parser.epilog = "OLD=TERM in -f, --up-from and --down-to gives the entry a description, an Erlang term."
    add = parser.add_argument
    text = "the .rel file of the new release, a release root, ROOT or ROOT@VSN, or a .tar.gz [that of relupc.toml]"
    add("new", metavar="NEW", nargs="?", help=text)
    for flags, ways, text in (
        (("-f", "--from"), ("up", "down"), "up from OLD and down to OLD; repeat for several"),
        (("--up-from",), ("up",), "only up from OLD"),
        (("--down-to",), ("down",), "only down to OLD"),
    ):
        add(*flags, dest="bases", action="append", default=[], metavar="OLD", help=text, type=partial(_bases, ways))
    _add_search(parser)
    add("--restart", action="store_true", help="restart the emulator at the end")
    add("-o", "--out", metavar="FILE", help="[`relup` beside NEW's .rel; `-` is standard output]")
    add("--check", action="store_true", help="write nothing; exit 1 if FILE is missing or would change")
    add("--no-lint", dest="lint", action="store_false", help="say only what OTP itself would say")
    add("--fail-on", choices=LEVELS, default="error", help="[error]")
    add("--format", metavar="F[=FILE]", action="append", default=[], help=f"{FORMATS}; repeat [full]")
    _add_common(parser)


def _add_lint(parser: argparse.ArgumentParser) -> None:
    parser.description = "Say what will hurt in an upgrade, before it is deployed."
    parser.epilog = (
        "Without a PATH: [builds] of relupc.toml, else every .appup and .appup.src that git does not ignore."
    )
    add = parser.add_argument
    add(
        "paths",
        metavar="PATH",
        nargs="*",
        help="a file, a folder, a release (.rel, ROOT, ROOT@VSN, .tar.gz), or - for stdin",
    )
    add("-f", "--from", dest="old", metavar="OLD", action="append", default=[], help="compare with OLD; repeat")
    _add_search(parser)
    add("--builds", action="store_true", help="compare what relupc.toml names under [builds]")
    add("--select", metavar="CODES", action="append", default=[], help="codes, names, prefixes, default, all; repeat")
    add("--ignore", metavar="CODES", action="append", default=[], help="the same words; wins over --select")
    add("--severity", metavar="C=LEVEL", action="append", default=[], help="change one severity; repeat")
    add("--fail-on", choices=LEVELS, help="[warning]")
    add("--format", metavar="F[=FILE]", action="append", default=[], help=f"{FORMATS}; repeat [full]")
    add("--max-frames", metavar="N", type=_count, default=20, help="findings shown with their source [20]")
    add("--fix", action="store_true", help="apply safe fixes")
    add("--unsafe-fixes", action="store_true", help="apply the others too")
    add("--diff", action="store_true", help="print the fixes as a patch, write nothing")
    add("--baseline", metavar="FILE", help="report only what is not in this file")
    add("--no-baseline", action="store_true", help="use no baseline")
    add("--write-baseline", action="store_true", help="record today's findings")
    add("--no-ignores", action="store_true", help="pretend there are no ignore comments")
    add("--no-exclude", action="store_true", help="check excluded files too")
    add("--stdin-filename", metavar="P", help="where the text of `-` would live")
    add("--statistics", action="store_true", help="counts per code instead of findings")
    add("--show-files", action="store_true", help="what would be checked, and stop")
    add("--show-config", action="store_true", help="the configuration in force, and stop")
    _add_common(parser)


def _add_plan(parser: argparse.ArgumentParser) -> None:
    parser.description = "Say what will happen in an upgrade, step by step, as text or picture, with a verdict."
    parser.epilog = "Without RELUP or NEW: [builds] of relupc.toml."
    add = parser.add_argument
    text = "a relup, or the new release (.rel, ROOT, ROOT@VSN, .tar.gz)"
    add("what", metavar="RELUP|NEW", nargs="?", help=text)
    text = "the old release; of a relup one of its versions [all]; repeat"
    add("-f", "--from", dest="old", metavar="OLD", action="append", default=[], help=text)
    _add_search(parser)
    add("--against", metavar="OTHER", help="show how the plan differs from that of this relup or new release")
    add("--direction", choices=("up", "down", "both"), default="both", help="[both]")
    add("--only", metavar="NAME", action="append", default=[], help="an application or a module; repeat")
    add("--format", choices=PLAN_FORMATS, help="[table]")
    add("-o", "--out", metavar="FILE", help="write it there [standard output]")
    _add_common(parser)


def _add_diff(parser: argparse.ArgumentParser) -> None:
    parser.description = "Say what changed between two builds: releases, or two versions of an application."
    parser.epilog = "Without OLD and NEW: [builds] of relupc.toml."
    add = parser.add_argument
    text = "a release (.rel, ROOT, ROOT@VSN, .tar.gz; @VSN in NEW's root), or the folder of an application"
    add("old", metavar="OLD", nargs="?", help=text)
    add("new", metavar="NEW", nargs="?", help="another one")
    _add_places(parser)
    add("--format", choices=("table", "json"), default="table", help="[table]")
    _add_common(parser)


def _add_generate(parser: argparse.ArgumentParser) -> None:
    parser.description = "Write the appups that lead from the OLD builds to NEW, and back."
    parser.epilog = "Without NEW or OLD: [builds] of relupc.toml."
    add = parser.add_argument
    text = "a release (.rel, ROOT, ROOT@VSN, .tar.gz), or the folder of an application"
    add("new", metavar="NEW", nargs="?", help=text)
    add("-f", "--from", dest="old", metavar="OLD", action="append", default=[], help="an older build; repeat")
    _add_places(parser)
    text = "write below DIR; `-` is standard output [beside an application's sources if found, else standard output]"
    add("-o", "--out", metavar="DIR", help=text)
    text = (
        "DIR/NAME.appup, or where a build tool looks: ebin, src (.appup.src), relups (by releases), rel (by versions)"
    )
    add("--layout", choices=("flat", "ebin", "src", "relups", "rel"), help=f"{text} [flat]")
    add("--merge", action="store_true", help="keep what is written by hand, add what is missing")
    add("--diff", action="store_true", help="print a patch, write nothing")
    add("--app", metavar="NAME", action="append", default=[], help="only this application; repeat")
    add("--format", metavar="F[=FILE]", action="append", default=[], help=f"{FORMATS}; of the problems; repeat [full]")
    _add_common(parser)


def _add_versions(parser: argparse.ArgumentParser) -> None:
    parser.description = "Say the version of each application: the time and hash of the last commit that touched it."
    add = parser.add_argument
    add("folder", metavar="FOLDER", nargs="?", default=".", help="a project in a git checkout [the working folder]")
    add("-f", "--from", dest="old", metavar="OLD", help="say what changed since this revision, or this release")
    add("--include", metavar="PATH", action="append", default=[], help="what counts for every application; repeat")
    add("--allow-dirty", action="store_true", help="take the last commit's word in spite of later changes")
    others = ("concise", "sarif", "github", "gitlab", "junit")
    text = f"table | json | of the problems only: {' | '.join(others)} [table]"
    add("--format", choices=("table", "json", *others), default="table", help=text)
    _add_common(parser)


def _add_compose(parser: argparse.ArgumentParser) -> None:
    parser.description = "Make one upgrade of two: from A-B and B-C, appups or relups, the one that leads from A to C."
    add = parser.add_argument
    add("first", metavar="A-B", help="the appup of B with entries for A, or the relup")
    add("second", metavar="B-C", help="the appup of C with an entry for B, or the relup")
    add("-o", "--out", metavar="FILE", help="[standard output]")
    add("--format", metavar="F[=FILE]", action="append", default=[], help=f"{FORMATS}; of the problems; repeat [full]")
    _add_common(parser)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.description = "Explain what relupc or OTP says. Without WHAT: the list of all codes."
    add = parser.add_argument
    add("what", metavar="WHAT", nargs="*", help="a code, a name, an error of OTP, or FILE:LINE[:COLUMN]")
    add("--format", choices=("text", "markdown", "json"), default="text", help="[text]")
    _add_common(parser)


def _add_completion(parser: argparse.ArgumentParser) -> None:
    parser.description = "Print the script that makes a shell complete what is typed of relupc."
    add = parser.add_argument
    add("shell", metavar="SHELL", choices=SHELLS, help=" | ".join(SHELLS))
    add("--typed", metavar="WORDS", help="what may come behind `relupc` and more words, with tabs between them")


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser.description = "Print all that the manual says of a command, or all of the manual."
    parser.add_argument("topic", metavar="COMMAND", nargs="?", choices=COMMANDS, help=" | ".join(COMMANDS))


def _add_search(parser: argparse.ArgumentParser) -> None:
    """Where applications and appups are looked for, and whose rules count."""
    add = parser.add_argument
    _add_places(parser)
    add("--appups", metavar="DIR", help="look here first for NAME.appup or NAME-VSN.appup")
    add("--otp", metavar="VERSION", help="hold to this OTP's rules [the release's own]")


def _add_places(parser: argparse.ArgumentParser) -> None:
    """Where applications are looked for."""
    add = parser.add_argument
    add("-p", "--path", metavar="GLOB", action="append", default=[], help="more folders with applications; repeat")
    add("--isolated", action="store_true", help="search only --path: nothing beside the .rel, no ERL_LIBS, no OTP")
    add("--otp-root", metavar="DIR", help="the OTP to take applications from [that of `erl` on PATH, not started]")


def _add_common(parser: argparse.ArgumentParser) -> None:
    """What every command has that does something."""
    add = parser.add_argument
    add("--config", metavar="FILE", help="use this relupc.toml")
    add("--no-config", action="store_true", help="use none")
    add("--color", choices=("auto", "always", "never"), default="auto", help="[auto]")
    add("-q", "--quiet", action="count", default=0, help="problems only; -qq: nothing, only the exit code")
    add("-v", "--verbose", action="count", default=0, help="more: the files that were read, columns in full")
    add("--no-progress", action="store_true", help="no progress line, ever")
    add("--no-cache", action="store_true", help="read everything again")


def _count(text: str) -> int:
    """A number of things, from 0."""
    if not re.fullmatch("[0-9]{1,9}", text):
        raise argparse.ArgumentTypeError(f"`{text}` is no number from 0")
    return int(text)


def _bases(ways: tuple[str, ...], text: str) -> list[tuple[str, str]]:
    """The bases of one flag: several with commas, but a description may hold commas."""
    return [(way, base) for base in ([text] if "=" in text else text.split(",")) for way in ways]
