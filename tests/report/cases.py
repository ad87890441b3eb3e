"""For tests: reports made of small texts, each the case of a folder in fixtures/report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from relupc.model.codes import A003, A004, A101, A103, A104, A306, R103, R118, T001, T002, T003, T008, T010, T013
from relupc.model.diagnostic import Diagnostic, Direction, Fix, Label, Otp, Subject, Suppressed
from relupc.model.source import Source, Span
from relupc.model.term import Atom, tup
from relupc.report import Report

FOLDER = Path(__file__).parents[2] / "fixtures" / "report"
HEADLINE = "shop 1.3.0 -> 1.4.0   (releases/shop-1.3.0.tar.gz -> _build/prod/rel/shop, OTP 25)"
APPUP = "apps/shop/src/shop.appup"
SHOP = """\
%% How to get from 1.3.0 to 1.4.0 and back.
{"1.4.0",
 [{"1.3.0",
   [{add_module, shop_tax},
    {load_module, shop_price, [shop_tax]},
    {update, shop_cart, {advanced, []}, [shop_pricing, store_db]},
    {update, shop_sup, supervisor},
    {delete_module, shop_legacy},
    {load_module, shop_cart}]}],
 [{"1.3.0", [{restart_application, shop}]}]}.
"""
KINDS: tuple[Suppressed, ...] = ("comment", "config", "baseline")
LINTED = """\
{"1.4.0",
 [{"1.3.0",
   [{add_module, shop_tax},
    {load_module, shop_tax},

    {update, shop_cart, {advanced, []}, [shop_price]},
    {update, shop_sup, supervisor, []}]},
  {"1.2.0", [{restart_application, shop}]}],
 [{"1.3.0",
   [{update, shop_sup, supervisor},
    {load_module, shop_cart},
    {load_module, shop_price},  %% relupc: ignore[A105] no cycle here
    {delete_module, shop_tax}]}]}.
"""


def span(source: Source, text: str, nth: int = 0) -> Span:
    """Where a text stands in a source, or stands again."""
    start = -1
    for _ in range(nth + 1):
        start = source.text.index(text, start + 1)
    return Span(source, start, start + len(text))


def report(*diagnostics: Diagnostic, headline: str = HEADLINE, failing: str = "") -> Report:
    """A report of `compile`; the files that were read are those that something is said of."""
    files = tuple(dict.fromkeys(d.file for d in diagnostics if d.file is not None))
    return Report(
        "compile", diagnostics, files, headline, failing=failing, version="0.0.0", root="/repo", folder="/repo"
    )


def lint_report(*diagnostics: Diagnostic, failing: str = "") -> Report:
    """The same of `lint`, run in a folder of the repository."""
    skipped = {"app": ("A102",), "builds": ("A302", "A303", "R019")}
    there = report(*diagnostics, headline="", failing=failing)
    return replace(there, command="lint", skipped=skipped, folder="/repo/back end")


def unknown_module() -> Diagnostic:
    source = Source(APPUP, SHOP)
    place = span(source, "shop_pricing")
    found = A104.at(
        place,
        "no instruction in this upgrade is about `shop_pricing`",
        help="did you mean `shop_price` (line 5)?",
        notes=("OTP says `Undefined module: shop_pricing`",),
        subject=Subject("shop", "shop_cart", None, "up", "1.3.0", "1.4.0"),
        otp=Otp("systools_rc/undef_module", tup("undef_module", "shop_pricing")),
    )
    return replace(found, fix=Fix("replace by `shop_price`", ((place, "shop_price"),), safe=False))


def two_instructions() -> Diagnostic:
    source = Source(APPUP, SHOP)
    return A103.at(
        span(source, "shop_cart", 1),
        "second instruction for the same module",
        labels=(Label(span(source, "shop_cart"), "first instruction"),),
        help="keep `update`: it already loads the module",
        subject=Subject("shop", "shop_cart", None, "up", "1.3.0", "1.4.0"),
    )


def no_comma() -> Diagnostic:
    source = Source(APPUP, SHOP.replace("shop_tax},", "shop_tax}", 1))
    return T001.at(
        span(source, "{", 3)._replace(end=source.text.index("{load_module, shop_price") + 1),
        "expected `,` or `]` before this",
        labels=(Label(span(source, "{add_module, shop_tax}"), "the list element that ends here"),),
        help="add a comma after the instruction on line 4",
    )


def linted() -> tuple[Diagnostic, ...]:
    source = Source(APPUP, LINTED)
    advanced = "{update, shop_cart, {advanced, []}, [shop_price]}"
    comment = span(source, "  %% relupc: ignore[A105] no cycle here")
    bad = span(source, "{update, shop_sup, supervisor, []}")
    return (
        T010.at(
            span(source, "relupc: ignore[A105]"),
            "A105 does not occur here",
            help="delete the comment",
            fix=Fix("delete the comment", ((comment, ""),), safe=True),
        ),
        A306.at(
            span(source, "{load_module, shop_cart}"),
            "going down, its state is not converted back",
            labels=(Label(span(source, advanced), "going up, its state is converted"),),
            help=f"write `{advanced}`",
        ),
        A004.at(
            span(source, '"1.2.0"'),
            "upgrade from 1.2.0, but no entry leads back to it",
            help='add `{"1.2.0", [{restart_application, shop}]}` to the second list',
        ),
        A101.at(
            bad,
            "`supervisor` takes no dependency list",
            help="write `{update, shop_sup, supervisor}`",
            fix=Fix("take the list out", ((bad._replace(start=bad.end - 5, end=bad.end - 1), ""),), safe=True),
        ),
    )


def columns() -> tuple[Diagnostic, ...]:
    """Carets must line up below tabs, wide characters, and characters that combine."""
    source = Source("tabs.appup", '{"2",\n\t[{"1",\t[{load_module,\tx}]}],\n"価格 e\u0301 \u00a0", y}.\n')
    return (
        A101.at(
            span(source, "\tx"), "from the end of `load_module,` to the x", labels=(Label(span(source, "1"), "one"),)
        ),
        A101.at(span(source, "価格"), "two characters, four columns"),
        A101.at(span(source, "e\u0301"), "one column"),
        A101.at(span(source, "\u00a0"), "no plain space"),
        A101.at(span(source, "y"), "y"),
    )


def crlf() -> tuple[Diagnostic, ...]:
    source = Source("crlf.appup", SHOP.replace("\n", "\r\n"))
    return (
        A003.at(span(source, '[{"1.3.0",\r\n   [{add'), "marked to the end of its first line"),
        T001.at(span(source, "\r\n", 1), "the end of a line"),
    )


def empty() -> tuple[Diagnostic, ...]:
    nothing, lines = Source("empty.appup", ""), Source("lines.appup", "\n\n")
    return T001.at(Span(nothing, 0, 0), "the file is empty"), T001.at(Span(lines, 2, 2), "only empty lines")


def other_file() -> tuple[Diagnostic, ...]:
    new, old = (Source(f"lib/{app}/ebin/{app}.app", f"{{application, {app},\n [{{modules, [a]}}]}}.\n") for app in "ab")
    rel = Source("rel/shop.rel", "\n" * 98 + '{release, {"shop", "1"}, {erts, "13"}, [{a, "1"}, {b, "1"}]}.\n')
    return (
        A104.at(
            span(new, "[a]"),
            "`a` is here",
            labels=(Label(span(old, "modules"), "not here"),),
            help="move it",
        ),
        R103.at(
            span(rel, '{a, "1"}'),
            "`a` is in two places",
            labels=(
                Label(span(rel, '{b, "1"}'), "and this"),
                Label(span(new, "[a]"), "first"),
                Label(span(old, "[a]"), ""),
            ),
            help="take one out",
        ),
    )


def many() -> tuple[Diagnostic, ...]:
    text = "".join(f"{{load_module, m{i}}}.\n" for i in range(30))
    source = Source("many.appup", text)
    return tuple(A101.at(span(source, f"m{i}}}"), f"this is number {i}") for i in reversed(range(30)))


def crowded() -> tuple[Diagnostic, ...]:
    """More labels and notes than fit twelve lines."""
    source = Source("crowd.appup", "".join(f"{{a, m{i}}}.\n\n" for i in range(9)))
    labels = tuple(Label(span(source, f"m{i}"), f"place {i}") for i in range(1, 9))
    notes = ("the first note", "the second note", "the third note")
    first = span(source, "m0")
    return (
        A103.at(first, "the one", labels=labels, help="help\n  in two lines", notes=notes),
        A104.at(first, "the one", labels=labels[:2], notes=notes),
        A104.at(first, "x" * 700),
    )


def same_again() -> tuple[Diagnostic, ...]:
    """Said of three upgrades, shown once; two that are equal in all have different fingerprints."""
    ways: tuple[tuple[Direction, str, str], ...]
    ways = (("up", "1.2.0", "1.4.0"), ("up", "1.3.0", "1.4.0"), ("down", "1.4.0", "1.3.0"), ("down", "1.4.0", "1.3.0"))
    about = [Subject("shop", None, None, direction, old, new) for direction, old, new in ways]
    return tuple(replace(unknown_module(), subject=subject) for subject in about)


def hostile() -> tuple[Diagnostic, ...]:
    evil = "\x1b[2J\x07\x9b1m\u202e\ud800\x7f"
    source = Source(f"evil{evil}\n.appup", f"{{{evil}, a}}.\rb\n")
    return (
        T001.at(span(source, "a"), f"after{evil}\nand more", help=evil, notes=(evil,)),
        T003.at(None, evil, path=evil, subject=Subject(evil, evil), otp=Otp(evil, Atom(evil))),
    )


def long_line() -> tuple[Diagnostic, ...]:
    text = "[" + ", ".join(f"{{load_module, module_{i}}}" for i in range(2000)) + "]."
    source = Source("long.appup", text)
    middle = span(source, "{load_module, module_1000}")
    return (
        A103.at(middle, "in the middle", labels=(Label(span(source, "module_3"), "far to the left"),)),
        A103.at(
            middle._replace(end=len(text)),
            "and all that follows",
            labels=(Label(span(source, "module_1999"), "far to the right"),),
        ),
        A103.at(span(source, "module_0"), "at the start"),
        A103.at(span(source, "]."), "at the end"),
    )


def no_place() -> tuple[Diagnostic, ...]:
    return (
        R103.at(None, "`audit` is in no folder that was searched", path="rel/a b/shop 1.4.0.rel", help="add a folder"),
        T002.at(None, "this is UTF-16", path="a.appup"),
        T008.at(None, "no release was named", help="name the new release"),
        T008.at(None, "nothing else to say"),
        T008.at(None, "see there", path="b.rel", labels=(Label(Span(Source("c.rel", "x"), 0, 1), "there"),)),
    )


def one_note() -> Diagnostic:
    source = Source("rel dir/shop 1.4.0.rel", "{release}.\n")
    return R118.at(span(source, "{release}"), "the other one is not used")


def suppressed() -> tuple[Diagnostic, ...]:
    """One that is shown, and of each kind one that is not."""
    first, *rest = linted()
    return (first, *(replace(d, suppressed=why) for d, why in zip(rest, KINDS, strict=True)))


def broken_config() -> Diagnostic:
    source = Source("relupc.toml", '[lint]\nfail_on = "warning"\n')
    return T013.at(span(source, "fail_on"), "there is no key `fail_on` in [lint]", help="did you mean `fail-on`?")


CASES: dict[str, Report] = {
    "compile-error": report(unknown_module(), two_instructions()),
    "syntax-error": report(no_comma()),
    "lint": lint_report(*linted(), failing="fail-on = warning"),
    "suppressed": lint_report(*suppressed(), failing="fail-on = warning"),
    "all-suppressed": lint_report(*suppressed()[1:]),
    "broken-config": lint_report(broken_config()),
    "columns": report(*columns()),
    "crlf": report(*crlf()),
    "empty-file": lint_report(*empty()),
    "other-file": report(*other_file()),
    "many": report(*many()),
    "crowded": report(*crowded()),
    "same-again": report(*same_again()),
    "hostile": report(*hostile()),
    "long-line": report(*long_line()),
    "no-place": report(*no_place(), headline=""),
    "path-with-space": report(one_note(), failing="fail-on = note"),
    "nothing": replace(lint_report(), files=("b.appup", "a b/<1>.appup", "../../above.appup")),
}
