"""How requests reach a server: signed, with a time limit, again where that is safe; every failure is a `QueryError`."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from typing import IO, Final
from urllib.error import HTTPError, URLError

from graph_build.errors import QueryError
from graph_build.store.credentials import Credentials
from graph_build.store.signing import signing

_BUSY: Final = frozenset({429, 502, 503})
"""The server did nothing and may do it later. Not 504: that is a time limit, and would be met again."""
_WAITS: Final = (0.25, 0.5, 1.0)
_LONGEST_WAIT: Final = 30.0
_SHOWN: Final = 300
_REMEDIES: Final[Mapping[int, str]] = {
    401: "set GOVGRAPH_STORE_USER and GOVGRAPH_STORE_PASSWORD, or GOVGRAPH_STORE_TOKEN",
    403: "does this user have the right?",
    404: "is the path of the address right? Oxigraph answers at /query, Virtuoso at /sparql",
    413: "the server takes only smaller requests",
    429: "the server asks for fewer requests: try later",
    503: "the server is busy: try later",
    504: "a time limit of the server? Ask for less at a time",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, whole: the headers (their names in any case) and the body."""

    headers: Message
    body: bytes


class Transport:
    """Sends requests to one server and no other: a redirection is an error that names the new address."""

    def __init__(self, url: str, credentials: Credentials, timeout: float) -> None:
        """Take the credentials for the server of this address; `timeout` is in seconds, for each wait on the network."""
        self._credentials = credentials
        self._timeout = timeout
        # An opener of our own: SPARQLWrapper would install the password for every request of the process.
        self._opener = urllib.request.build_opener(_NoRedirect(), *signing(url, credentials))

    def send(self, request: urllib.request.Request, *, again: bool) -> Answer:
        """Return the answer; with `again`, a request that does no harm twice is repeated when the server is busy or away."""
        if self._credentials.token:
            request.add_unredirected_header("Authorization", f"Bearer {self._credentials.token}")
        for wait in _WAITS if again else ():
            try:
                return self._opened(request)
            except (OSError, HTTPException, ValueError) as error:
                if not _may_pass(error):
                    raise self._failed(request, error) from None
                if isinstance(error, HTTPError):
                    error.close()
                time.sleep(_asked_wait(error) or wait)
        try:
            return self._opened(request)
        except (OSError, HTTPException, ValueError) as error:
            raise self._failed(request, error) from None  # its context may hold the signed request

    def _opened(self, request: urllib.request.Request) -> Answer:
        with self._opener.open(request, timeout=self._timeout) as response:
            # A body shorter than announced raises IncompleteRead, which is an HTTPException.
            return Answer(response.headers, response.read())

    def _failed(self, request: urllib.request.Request, error: Exception) -> QueryError:
        address = request.full_url.partition("?")[0]
        if isinstance(error, HTTPError):
            said = self._credentials.without_secrets(_said(error))
            return QueryError(f"{address} refused the request: {error.code} {said}", _REMEDIES.get(error.code, ""))
        cause = error.reason if isinstance(error, URLError) else error
        if isinstance(cause, TimeoutError):
            return QueryError(
                f"{address} did not answer within {self._timeout:g} seconds", "ask for less, or wait longer"
            )
        said = self._credentials.without_secrets(str(cause) or type(cause).__name__)
        return QueryError(f"{address} did not answer: {said}", "is the server running, and the address right?")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nothing: a POST would lose its body, and a signed request go to a server that it was not meant for."""

    def redirect_request(  # noqa: PLR0913, RUF100  # the signature of the base class
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Refuse, and name the new address."""
        place = newurl.partition("?")[0]
        raise HTTPError(req.full_url, code, f"moved to {place}: give that address, if you trust it", headers, fp)


def _may_pass(error: Exception) -> bool:
    """Whether the same request may go well later: the server is busy, starting, or closed the connection."""
    if isinstance(error, HTTPError):
        return error.code in _BUSY
    cause = error.reason if isinstance(error, URLError) else error
    return isinstance(cause, ConnectionError)  # not a time-out: it would only be met again


def _asked_wait(error: Exception) -> float:
    asked = error.headers.get("Retry-After", "") if isinstance(error, HTTPError) else ""
    return min(float(asked), _LONGEST_WAIT) if asked.isdecimal() else 0.0


def _said(error: HTTPError) -> str:
    """Return the server's own words as one short line: a long answer says what stopped it at its end."""
    try:
        with error:
            found = error.read()
            body = found.decode("utf-8", "replace") if found else ""  # Python 3.11.2 gives "" where there is no body
    except (OSError, HTTPException):
        body = ""
    words = " ".join(f"{error.reason} {body[:_SHOWN]} {body[_SHOWN:][-_SHOWN:]}".split())
    return "".join(letter for letter in words if letter.isprintable())
