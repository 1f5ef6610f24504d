"""An identity provider small enough to read: whoever comes with the code is whom `claims` says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs


class Provider(ThreadingHTTPServer):
    """Answers on a port of its own; what was asked at the token address is kept."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, list[str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        if self.path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "me"}
            self._say({"issuer": self.server.url, **{name: f"{self.server.url}/{at}" for name, at in names.items()}})
        elif self.path == "/me" and self.headers["Authorization"] == "Bearer good":
            self._say(self.server.claims)
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append(asked)
        good = self.path == "/token" and asked["code"] == ["good"] and asked["client_secret"] == ["secret"]
        self._say({"access_token": "good", "token_type": "Bearer"} if good else {"error": "invalid_grant"})

    def _say(self, said: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *said: Any) -> None:
        """Nothing."""


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider while the block lasts."""
    with Provider() as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()
