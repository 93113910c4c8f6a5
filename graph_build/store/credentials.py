"""Who asks a remote store: a user with a password, or the bearer of a token."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit, urlunsplit


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a server is told when it asks who we are; the secrets are shown nowhere.

    A password is sent as the server asks for it, by the digest or the basic scheme; a token is sent with every request.

    >>> Credentials("ada", "lovelace")
    Credentials(user='ada')
    """

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def of_environment(cls, variables: Mapping[str, str] = os.environ) -> Credentials:
        """Return those of `GOVGRAPH_STORE_USER`, `GOVGRAPH_STORE_PASSWORD` and `GOVGRAPH_STORE_TOKEN`."""
        return cls(*(variables.get(f"GOVGRAPH_STORE_{name}", "") for name in ("USER", "PASSWORD", "TOKEN")))

    def without_secrets(self, text: str) -> str:
        """Return a text with the secrets struck out, as a server may repeat them in what it answers.

        >>> Credentials(token="s3cret").without_secrets("no such token: s3cret")
        'no such token: ***'
        """
        for secret in filter(None, (self.password, self.token)):
            for form in (secret, quote(secret), quote(secret, safe="")):
                text = text.replace(form, "***")
        return text


def split_address(url: str) -> tuple[str, Credentials | None]:
    """Return an address without the `user:password@` in it, and who that is, if it says so.

    >>> split_address("https://ada:love%40lace@example.org:8890/sparql")
    ('https://example.org:8890/sparql', Credentials(user='ada'))
    """
    parts = urlsplit(url)
    signed, _, host = parts.netloc.rpartition("@")
    if not signed:
        return url, None
    user, _, password = signed.partition(":")
    return urlunsplit(parts._replace(netloc=host)), Credentials(unquote(user), unquote(password))
