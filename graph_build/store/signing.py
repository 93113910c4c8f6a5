"""How a server that asks for a password is answered: by the scheme that it asks for, from then on with every request."""

from __future__ import annotations

import urllib.request
from http.client import HTTPMessage
from typing import IO
from urllib.parse import urlsplit

from graph_build.store.credentials import Credentials


def signing(url: str, credentials: Credentials) -> list[urllib.request.BaseHandler]:
    """Return what answers for a user of the server at this address, and of no other; digest goes before basic."""
    if not credentials.user:
        return []
    parts = urlsplit(url)
    passwords = urllib.request.HTTPPasswordMgrWithPriorAuth()
    passwords.add_password(None, f"{parts.scheme}://{parts.netloc}/", credentials.user, credentials.password)
    return [_Digest(passwords), _Basic(passwords)]


class _Closing(urllib.request.BaseHandler):
    """Closes the refusals that were answered, which the classes of the library leave open."""

    def http_error_401(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> HTTPMessage | None:
        """Answer a challenge; None where there is nothing to say, and the refusal stands."""
        try:
            answer = super().http_error_401(req, fp, code, msg, headers)  # type: ignore[misc]
        except (OSError, ValueError):
            fp.close()
            raise
        if answer is not None:
            fp.close()
        return answer  # type: ignore[no-any-return]


class _Basic(_Closing, urllib.request.HTTPBasicAuthHandler):
    """Signs with the password itself."""


class _Digest(_Closing, urllib.request.HTTPDigestAuthHandler):
    """Signs at once when the server has asked before: asked in the middle of a long request, it would close the connection."""

    _challenge: dict[str, str] | None = None

    def retry_http_digest_auth(self, req: urllib.request.Request, auth: str) -> HTTPMessage | None:
        """Answer a challenge, and remember it."""
        pairs = urllib.request.parse_http_list(auth.partition(" ")[2])
        self._challenge = urllib.request.parse_keqv_list(list(filter(None, pairs)))
        return super().retry_http_digest_auth(req, auth)

    def http_request(self, req: urllib.request.Request) -> urllib.request.Request:
        """Sign a request with the last challenge."""
        if self._challenge is None or req.has_header("Authorization"):
            return req
        signed = self.get_authorization(req, self._challenge)
        if signed:
            req.add_unredirected_header("Authorization", f"Digest {signed}")
        return req

    https_request = http_request
