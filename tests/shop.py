"""For tests: two releases of a small shop, laid down as files; what is in them can be changed."""

from __future__ import annotations

from pathlib import Path

from tests.builds import CORE

APPS = ", ".join(f'{{{name}, "{vsn}"}}' for name, vsn in CORE.items())
PATH = "lib/*/ebin"
APPUP = "lib/shop-2/ebin/shop.appup"


def app(name: str, vsn: str, modules: str = "") -> str:
    keys = f'{{vsn, "{vsn}"}}, {{description, ""}}, {{modules, [{modules}]}}, {{registered, []}}, {{applications, []}}'
    return f"{{application, {name}, [{keys}]}}.\n"


def rel(vsn: str, shop: str, erts: str = "13.1") -> str:
    return f'{{release, {{"shop", "{vsn}"}}, {{erts, "{erts}"}}, [{APPS}, {{shop, "{shop}"}}]}}.\n'


def shop(folder: Path, **changes: str | bytes | None) -> None:
    """Lay the files down: `new.rel`, `old.rel`, `older.rel`, and `lib`. Changes are called by the file's name.

    `appup="..."`, `new="..."`, `app="..."` (of the new version) give the text; None means no such file.
    """
    files: dict[str, str | bytes | None] = {f"lib/{n}-{v}/ebin/{n}.app": app(n, v) for n, v in CORE.items()}
    for vsn in "012":
        files[f"lib/shop-{vsn}/ebin/shop.app"] = app("shop", vsn, "cart, price")
    files |= {"new.rel": rel("2.0", "2"), "old.rel": rel("1.0", "1"), "older.rel": rel("0.9", "0")}
    files[APPUP] = '{"2", [{<<".">>, [{load_module, cart}]}], [{<<".">>, [{load_module, cart}]}]}.\n'
    names = {"appup": APPUP, "app": "lib/shop-2/ebin/shop.app"}
    files |= {names.get(name, f"{name}.rel"): text for name, text in changes.items()}
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            place.write_bytes(text.encode() if isinstance(text, str) else text)
