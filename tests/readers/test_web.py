"""Web addresses: what is passed quickly would pass the closer look, too."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph_build.readers import web


@given(st.from_regex(web._PLAIN, fullmatch=True))
def test_what_is_plain_has_no_fault(address: str) -> None:
    assert web._fault(address) == ""


def test_a_fault_is_told() -> None:
    for address in (
        "https://",
        "ftp://example.org/a",
        "https://exa mple.org",
        "//example.org",
        "https://example.org:x/",
    ):
        assert web.web_fault(address)
