"""The cases of fixtures/validate, compared with a real OTP: the order in which it upgrades, or the reason why not."""

from __future__ import annotations

import re
from pathlib import Path

from tests.builds import CORE, files
from tests.cases import FIXTURES, Case, read_cases
from tests.otp import case as otp_case
from tests.otp.oracle import ask
from tests.validate.world import build

FILES = ("applications", "order")


def lay_down(case: Case, folder: Path) -> None:
    """A release, and a base in which all applications are older; every appup calls a function with its name."""
    new = build(case)
    contents = files(new)
    old = {name: text for name, text in contents.items() if not any(f"/{core}-" in name for core in CORE)}
    for name, text in old.items():
        contents[name.replace("-1/", "-0/").replace("1.0.rel", "0.rel")] = re.sub(
            r'(["{,]\w+|vsn|\'),"1"', r'\1,"0"', text
        )
    for app in new.apps:
        entry = f"{{\"0\",[{{apply,{{m,f,['{app.name}']}}}}]}}"
        contents[f"{app.directory}/{app.name}.appup"] = f'{{"1",[{entry}],[]}}.\n'
    call = otp_case.Call("1.0", ("0",), (), ("lib/*/ebin",))
    otp_case.write(folder, call, {name: text.encode() for name, text in contents.items()})


def test_validation(erl: str, tmp_path: Path) -> None:
    cases = [case for name in FILES for case in read_cases(FIXTURES / "validate" / f"{name}.txt")]
    folders = [tmp_path / str(number) for number in range(len(cases))]
    for case, folder in zip(cases, folders, strict=True):
        lay_down(case, folder)
    endless = [(case, folder) for case, folder in zip(cases, folders, strict=True) if "timeout" in case.expected]
    others = [(case, folder) for case, folder in zip(cases, folders, strict=True) if "timeout" not in case.expected]
    asked = [*others, endless[0]]  # OTP is given some seconds for what it never ends
    for (case, _), answer in zip(asked, ask(erl, "plain", [folder for _, folder in asked]), strict=True):
        said = re.search(r"^ {2}otp: (\S+) (.*)$", case.expected, re.MULTILINE)
        if said is None:
            assert answer.relup, f"{case.title}: {answer.error}"
            called = re.findall(r"{apply,{m,f,\[(.+?)\]}}", answer.relup.decode())
            assert called == case.expected.split(), case.title
        else:
            assert answer.error, case.title
            term = re.sub(r"\s*\n\s*", "", answer.error.term)
            assert (answer.error.error_class, term) == (said[1], said[2]), case.title
