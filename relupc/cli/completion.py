"""`relupc completion`: a script for a shell out, or for the words typed so far what may be typed next.

The scripts ask this command itself, so that they know the flags of the relupc that is installed.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable

from relupc.cli import DONE
from relupc.cli.output import Streams

Candidate = tuple[str, str]  # what may be typed, and what it means

BASH = """\
# Completion of relupc for bash: source <(relupc completion bash)
_relupc() {
    local line=${COMP_LINE:0:COMP_POINT} breaks=${COMP_WORDBREAKS//[^=:]} word before='' text IFS=$' \\t\\n'
    local -a words
    read -ra words <<< "$line"
    [[ $line == *[[:space:]] ]] && words+=('')
    word=${words[${#words[@]}-1]}
    # Bash wants only what follows the last of its separators; `@` belongs to what follows.
    [[ $breaks && $word == *[$breaks]* ]] && before=${word%"${word##*[$breaks]}"}
    [[ $COMP_WORDBREAKS == *@* && $word == *@* ]] && before=${word%"@${word##*@}"}
    COMPREPLY=()
    IFS=$'\\t'
    while IFS= read -r text; do
        [[ $text == *= ]] && compopt -o nospace 2> /dev/null
        COMPREPLY+=("${text#"$before"}")
    done < <(relupc completion bash "--typed=${words[*]}" 2> /dev/null)
}
complete -o default -F _relupc relupc
"""
ZSH = """\
#compdef relupc
# Completion of relupc for zsh: source <(relupc completion zsh), or this text as `_relupc` in a folder of $fpath
_relupc() {
    local line text
    local -a found open
    for line in "${(@f)$(relupc completion zsh "--typed=${(pj:\\t:)words[1,CURRENT]}" 2> /dev/null)}"; do
        text=${line%%$'\\t'*}
        case $text in
            '') ;;
            *=) open+=("${text//:/\\\\:}:${line#*$'\\t'}") ;;
            *) found+=("${text//:/\\\\:}:${line#*$'\\t'}") ;;
        esac
    done
    (( ${#found} )) && _describe -V relupc found
    (( ${#open} )) && _describe -V relupc open -S ''
    (( ${#found} + ${#open} )) || _files
}
if [[ ${funcstack[1]} == _relupc ]]; then _relupc "$@"; else compdef _relupc relupc; fi
"""
FISH = """\
# Completion of relupc for fish: relupc completion fish | source
function __relupc_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found (relupc completion fish --typed=(string join -- \\t $words) 2> /dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c relupc -f -a '(__relupc_complete)'
"""
POWERSHELL = """\
# Completion of relupc for PowerShell: relupc completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName relupc -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
    if ($wordToComplete -eq '') { $words += '' }
    $typed = (@('relupc') + $words) -join "`t"
    & relupc completion powershell "--typed=$typed" 2> $null | ForEach-Object {
        $text, $help = $_ -split "`t", 2
        if (-not $help) { $help = $text }
        [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $help)
    }
}
"""
SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH, "powershell": POWERSHELL}


def command(args: argparse.Namespace, streams: Streams) -> int:
    """Run the command; the exit code."""
    if args.typed is None:
        streams.out.write(SCRIPTS[args.shell])
        return DONE
    for text, meaning in candidates(args.typed.split("\t")[1:] or [""]):
        streams.out.write(f"{text}\t{meaning}\n" if meaning and args.shell != "bash" else f"{text}\n")
    return DONE


def candidates(words: list[str]) -> list[Candidate]:
    """What may stand for the last of the words, which may be begun; nothing where it is a file."""
    from relupc.cli.parser import make_parser  # noqa: PLC0415 - not for a script

    parser, commands = make_parser()
    *before, word = words
    name = next((known for known in before if known in commands), None)
    if name is None:
        found = _flags(parser) if word.startswith("-") else [(c, commands[c].description or "") for c in commands]
    else:
        found = _in_command(commands[name], before, word)
    return [(text, meaning) for text, meaning in found if text.startswith(word)]


def _in_command(parser: argparse.ArgumentParser, before: list[str], word: str) -> list[Candidate]:
    by_flag = {flag: action for action in parser._actions for flag in action.option_strings if action.nargs is None}
    flag, equals, value = word.partition("=")
    if equals and flag in by_flag:
        return [(f"{flag}={text}", meaning) for text, meaning in _values(by_flag[flag], value)]
    if before[-1] in by_flag:
        return _values(by_flag[before[-1]], word)
    if word.startswith("-"):
        return _flags(parser)
    return [found for action in parser._actions if not action.option_strings for found in _values(action, word)]


def _flags(parser: argparse.ArgumentParser) -> list[Candidate]:
    """The long flags; a short one only where there is nothing else."""
    return [(a.option_strings[-1], a.help or "") for a in parser._actions if a.option_strings]


def _values(action: argparse.Action, word: str) -> list[Candidate]:
    """What may be given to a flag or an argument, whose word is begun."""
    if action.choices:
        return [(str(choice), "") for choice in action.choices]
    find = VALUES.get(str(action.metavar))
    return find(word) if find else []


def _codes(word: str) -> list[Candidate]:
    """The codes and names behind the last comma."""
    from relupc.model.codes import TABLE  # noqa: PLC0415 - not for a script

    begun = word[: word.rfind(",") + 1]
    words = [(code.code, code.name) for code in TABLE.values()] + [(c.name, c.code) for c in TABLE.values()]
    return [(begun + text, meaning) for text, meaning in [*words, ("default", "all rules"), ("all", "all rules")]]


def _severities(word: str) -> list[Candidate]:
    from relupc.model.diagnostic import SEVERITIES  # noqa: PLC0415 - not for a script

    head, equals, _ = word.rpartition("=")
    if equals and "," not in word[len(head) :]:
        return [(f"{head}={severity}", "") for severity in SEVERITIES]
    return [(f"{text}=", meaning) for text, meaning in _codes(word)]


def _formats(word: str) -> list[Candidate]:
    from relupc.report import FORMATS  # noqa: PLC0415 - not for a script

    begun = word[: word.rfind(",") + 1]
    return [(begun + name, "") for name in FORMATS]


def _builds(word: str) -> list[Candidate]:
    from relupc.api.complete import builds  # noqa: PLC0415 - not for a script

    return _plain(builds(word))


def _otps(_word: str) -> list[Candidate]:
    from relupc.model.otp import NEWEST_OTP, OLDEST_OTP  # noqa: PLC0415 - not for a script

    return _plain(map(str, range(OLDEST_OTP, NEWEST_OTP + 1)))


def _plain(texts: Iterable[str]) -> list[Candidate]:
    return [(text, "") for text in texts]


#: What a metavar stands for. One that is not here is a file, a folder, or anything at all.
VALUES: dict[str, Callable[[str], list[Candidate]]] = {
    "CODES": _codes,
    "WHAT": _codes,
    "C=LEVEL": _severities,
    "F[=FILE]": _formats,
    "VERSION": _otps,
    "NEW": _builds,
    "OLD": _builds,
    "PATH": _builds,
    "RELUP|NEW": _builds,
    "OTHER": _builds,
}
