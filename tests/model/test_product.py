from __future__ import annotations

from relupc.model.build import Release
from relupc.model.product import Products


def test_an_application_alone_is_no_release() -> None:
    assert Products(Release("shop", "1", "13.1", "shop.rel", ()), {}).is_release
    assert not Products(Release("shop", "1", "", "ebin/shop.app", ()), {}).is_release
