from __future__ import annotations

import pytest

from relupc.cli.parser import flags_of, make_parser


def test_no_flag_has_two_meanings() -> None:
    """A flag of several commands is the same flag: it takes a value in all of them, or in none."""
    _, commands = make_parser()
    seen: dict[str, object] = {}
    for parser in commands.values():
        for action in parser._actions:
            for flag in action.option_strings:
                assert seen.setdefault(flag, action.nargs) == action.nargs, flag


@pytest.mark.parametrize("command", make_parser()[1])
def test_flags_are_the_long_ones(command: str) -> None:
    flags = flags_of(make_parser()[1][command])
    assert "--help" in flags
    assert all(flag.startswith("--") for flag in flags)


def test_bases_of_one_flag() -> None:
    parser, _ = make_parser()
    args = parser.parse_args(["compile", "new", "-f", "a,b", "--up-from", "c=[1,2]"])
    assert args.bases == [[("up", "a"), ("down", "a"), ("up", "b"), ("down", "b")], [("up", "c=[1,2]")]]


@pytest.mark.parametrize("text", ["-1", "x", "", "1.5", "9" * 10])
def test_how_many_frames(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser, _ = make_parser()
    assert parser.parse_args(["lint", "--max-frames", "0"]).max_frames == 0
    with pytest.raises(SystemExit):
        parser.parse_args(["lint", f"--max-frames={text}"])
    assert f"`{text}` is no number from 0" in capsys.readouterr().err
