"""One part of an instruction that is not what should stand there -> what to say, and what to write instead."""

from __future__ import annotations

import re

from relupc.model.diagnostic import Fix
from relupc.model.guess import near
from relupc.model.instruction import START_TYPES, name_of
from relupc.model.layout import flat
from relupc.model.term import Atom, Bin, Int, List, Str, Term, Tuple, as_string, string
from relupc.model.typed import typed
from relupc.plan.wording import NAME_FAULTS, bad_instruction_help
from relupc.plan.written import Repair, around, as_written, instead, sound

# The words that may stand where a part has this fault.
WORDS = {
    "bad_purge_method": ("soft_purge", "brutal_purge"),
    "bad_change": ("soft",),
    "bad_mod_type": ("static", "dynamic"),
    "bad_timeout": ("default", "infinity"),
    "bad_start_type": START_TYPES,
    "bad_mode": ("up", "down"),
}
THIRD_WORDS = ("supervisor", "soft", "soft_purge", "brutal_purge")
ADVANCED = "{advanced, []}"
UNSURE = ("start", "stop", "sync_nodes")  # what these are about may be something else than what they are for
_ALIAS = re.compile(r"(?:Elixir\.)?([A-Z]\w*(?:\.[A-Z]\w*)*)", re.ASCII)
_NAME = re.compile(r"[\x21-\x7e\xa1-\xff]{1,255}")
_NAME_IN_QUOTES = re.compile(r'"([a-z]\w*)"', re.ASCII)


def part_repair(instruction: Term, fault: str, part: Term) -> Repair:
    """The first repair that fits; at least a form of the manual."""
    found = None
    if fault == "bad_instruction" and isinstance(instruction, Tuple):
        found = _third(instruction)
    elif fault in NAME_FAULTS:
        found = _string_of_modules(part) or _name(part)
    elif fault in WORDS:
        found = _advanced(part) if fault == "bad_change" else None
        found = found or _word(part, WORDS[fault])
    elif fault in ("bad_list", "bad_args_list"):
        found = _in_brackets(instruction, part, fault)
    elif fault == "bad_lib_vsn":
        found = _version(part)
    return found or Repair(part, bad_instruction_help(instruction, fault))


def _third(instruction: Tuple) -> Repair | None:
    """`{update, m, supervizor}`, `{update, m, advanced}`, `{load_module, m, dep}`."""
    if len(instruction.items) not in (3, 4) or not isinstance(instruction.items[2], Atom):
        return None
    verb, word = name_of(instruction), instruction.items[2]
    if verb == "update" and (found := _advanced(word)):
        return found if sound(_with_third(instruction, Tuple((word, List(()))))) else None
    guesses = near(word.name, THIRD_WORDS)
    fitting = [guess for guess in guesses if sound(_with_third(instruction, Atom(guess)))]
    if fitting and fitting[0] == guesses[0]:
        fix = instead(word, guesses[0], safe=len(fitting) == 1)
        return Repair(word, f"did you mean `{guesses[0]}`?", f"`{verb}` takes no `{flat(word)}`", fix)
    if guesses or word.name in THIRD_WORDS or not sound(_with_third(instruction, List((word,)))):
        return None
    text = f"[{flat(word)}]"
    return Repair(word, f"write `{text}`", "DepMods should be a list", instead(word, text, safe=False))


def _with_third(instruction: Tuple, part: Term) -> Tuple:
    return Tuple((*instruction.items[:2], part, *instruction.items[3:]))


def _name(part: Term) -> Repair | None:
    """`"shop_cart"` and `<<"shop_cart">>` where an atom should be; of Elixir's modules the prefix is a guess."""
    text = as_string(part) if isinstance(part, Str) else None
    if isinstance(part, Bin) and not part.unused:
        text = part.data.decode("utf-8", "replace")
    if not text or not _NAME.fullmatch(text):
        return None
    alias = _ALIAS.fullmatch(text)
    name = flat(Atom(f"Elixir.{alias[1]}" if alias else text))
    return Repair(part, f"write `{name}`", fix=instead(part, name, safe=not alias))


def _string_of_modules(part: Term) -> Repair | None:
    """A character of a string that stands where a list of modules should be."""
    if not isinstance(part, Int) or part.span is None or not part.span.text.startswith('"'):
        return None
    whole = Str(part.span.text[1:-1], part.span)
    name = _NAME_IN_QUOTES.fullmatch(part.span.text)
    text = f"[{flat(Atom(name[1]))}]" if name else "[Module]"
    fix = instead(whole, text, safe=True) if name else None
    return Repair(whole, f"write `{text}`", "a string, where a list of modules should be", fix)


def _advanced(part: Term) -> Repair | None:
    """`advanced` or `{advanced}` without what it hands on; `{advance, []}`."""
    match part:
        case Tuple((Atom(name) as word, _)) if name != "advanced" and near(name, ("advanced",)):
            return Repair(word, "did you mean `advanced`?", fix=instead(word, "advanced", safe=True))
    if part not in (Atom("advanced"), Tuple((Atom("advanced"),))):
        return None
    label = "`advanced` should stand in a tuple with what is handed to `code_change`"
    return Repair(part, f"write `{ADVANCED}`", label, instead(part, ADVANCED, safe=False))


def _word(part: Term, words: tuple[str, ...]) -> Repair | None:
    """A word that is nearly one of those, or the beginning of one, or one in double quotes."""
    text = part.name if isinstance(part, Atom) else as_string(part)
    if not text:
        return None
    guesses = [word for word in words if word == text or (len(text) > 3 and word.startswith(text))] or near(text, words)
    if not guesses:
        return None
    return Repair(part, f"did you mean `{guesses[0]}`?", fix=instead(part, guesses[0], safe=len(guesses) == 1))


def _in_brackets(instruction: Term, part: Term, fault: str) -> Repair | None:
    """One thing where a list should be."""
    if isinstance(part, Int) or not isinstance(instruction, Tuple):
        return None
    verb, whole = name_of(instruction), Tuple(tuple(List((i,)) if i is part else i for i in instruction.items))
    if fault == "bad_list" and not sound(whole):
        return None
    edits = around(part, part, "[", "]") if as_written(part) else ()
    text = f"[{typed(part)}]"
    fix = Fix(f"write `{text}`", edits, safe=fault == "bad_list" and verb not in UNSURE) if edits else None
    return Repair(part, f"write `{text}`", fix=fix)


def _version(part: Term) -> Repair | None:
    """`<<"1.4.0">>` or `'1.4.0'` where a string should be."""
    text = part.name if isinstance(part, Atom) else None
    if isinstance(part, Bin) and not part.unused:
        text = part.data.decode("utf-8", "replace")
    if not text or not _NAME.fullmatch(text):
        return None
    version = flat(string(text))
    return Repair(part, f"write `{version}`", fix=instead(part, version, safe=True))
