"""A server of OpenID Connect as small as can be, for the sign-on of a Dinas.

The code it is asked with is the identity it answers, so no page of it is needed.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

CLIENT, SECRET = "portal", "rahasia-uji"


class Dinas(BaseHTTPRequestHandler):
    """Discovery, token and userinfo; code `rusak` breaks, `kosong` names nobody."""

    def do_GET(self):
        """Discovery, and who the bearer of a token is."""
        if self.path == "/.well-known/openid-configuration":
            here = f"http://{self.headers['Host']}"
            self.answer(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/masuk",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/siapa",
                    "jwks_uri": f"{here}/kunci",
                }
            )
        elif self.path == "/siapa":
            who = self.headers["Authorization"].removeprefix("Bearer ")
            named = {} if who == "kosong" else {"sub": who}
            self.answer({**named, "email": "x@dinas.example", "name": "Pejabat"})

    def do_POST(self):
        """A token for a code, if the portal proves to be the portal."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        proved = (sent.get("client_id"), sent.get("client_secret")) == (CLIENT, SECRET)
        if not proved or not sent.get("code_verifier") or sent["code"] == "rusak":
            self.answer({"error": "invalid_grant"}, status=400)
        else:
            self.answer({"access_token": sent["code"], "token_type": "Bearer"})

    def answer(self, body: dict, status: int = 200) -> None:
        """Some JSON."""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args) -> None:
        """Quietly."""


@contextmanager
def fake_dinas() -> Iterator[str]:
    """Its address, while it runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Dinas)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
