"""An identity provider of our own, shaped as ProConnect is. It signs what it says, and can be made to say otherwise."""

import base64
import hashlib
import hmac
import json
import secrets
import socket
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "boussole", "secret of the client"
# Parameters that the provider knows; it refuses any other, as ProConnect does.
KNOWN = {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "claims"}
PKCE = {"code_challenge", "code_challenge_method"}


class LocalProvider:
    """`person` is who signs in there, `acr` how; `twist` changes claims, header or answer before they are signed."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.key, self.other_key = self._new_key(), self._new_key()
        self.published = [self.key]
        self.server: uvicorn.Server | None = None
        self.address = ""
        self.reset()

    def reset(self) -> None:
        """Be honest again."""
        self.person: dict[str, Any] = {"sub": "anne-1", "email": "anne@example.org", "email_verified": True}
        self.acr: str | None = "eidas2"
        self.codes: dict[str, dict[str, str]] = {}
        self.twist: Callable[[dict[str, Any]], None] = lambda claims: None
        self.signs_with, self.algorithm = self.key, "RS256"
        self.published = [self.key]
        self.signed_userinfo = True
        self.userinfo_twist: Callable[[dict[str, Any]], None] = lambda claims: None
        self.discovery: dict[str, Any] = {}
        self.pkce = True
        self.asked: list[str] = []
        self.signed_out: dict[str, str] = {}

    @property
    def issuer(self) -> str:
        return f"{self.address}/api/v2"

    def app(self) -> Starlette:
        """Return the application."""
        return Starlette(
            routes=[
                Route("/api/v2/.well-known/openid-configuration", self._discover),
                Route("/api/v2/jwks", self._jwks),
                Route("/api/v2/authorize", self._authorize),
                Route("/api/v2/token", self._token, methods=["POST"]),
                Route("/api/v2/userinfo", self._userinfo),
                Route("/api/v2/session/end", self._end),
            ]
        )

    def start(self) -> None:
        """Serve on a free port of this machine."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.server = uvicorn.Server(uvicorn.Config(self.app(), log_level="warning", ws="none"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listener]})
        self.thread.start()

    def stop(self) -> None:
        """Stop serving."""
        self.server.should_exit = True
        self.thread.join(timeout=10)

    def sign(self, claims: dict[str, Any]) -> str:
        """Return signed claims."""
        header = {"alg": self.algorithm, "kid": self.signs_with.kid}
        if self.algorithm in ("none", "HS256"):  # as an attacker would, with what everybody may know
            text = b".".join(_encoded(json.dumps(part).encode()) for part in (header, claims))
            public = self.key.as_pem(private=False)
            proof = hmac.new(public, text, hashlib.sha256).digest() if self.algorithm == "HS256" else b""
            return (text + b"." + _encoded(proof)).decode()
        return jwt.encode(header, claims, self.signs_with, algorithms=[self.algorithm])

    @staticmethod
    def _new_key() -> RSAKey:
        return RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig"})

    async def _discover(self, request: Request) -> Response:
        at = self.issuer
        return JSONResponse(
            {
                "issuer": at,
                "authorization_endpoint": f"{at}/authorize",
                "token_endpoint": f"{at}/token",
                "userinfo_endpoint": f"{at}/userinfo",
                "jwks_uri": f"{at}/jwks",
                "end_session_endpoint": f"{at}/session/end",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
            | self.discovery
        )

    async def _jwks(self, request: Request) -> Response:
        self.asked.append("jwks")
        return JSONResponse(KeySet(self.published).as_dict(private=False))

    async def _authorize(self, request: Request) -> Response:
        given = dict(request.query_params)
        if unknown := given.keys() - KNOWN - (PKCE if self.pkce else set()):
            return PlainTextResponse(f"Y000400 {sorted(unknown)}", 400)
        code = secrets.token_urlsafe(16)
        self.codes[code] = given
        back = {"code": code, "state": given["state"], "iss": self.issuer}
        return RedirectResponse(f"{given['redirect_uri']}?{urlencode(back)}", 302)

    async def _token(self, request: Request) -> Response:
        form = {key: values[0] for key, values in parse_qs((await request.body()).decode()).items()}
        asked = self.codes.pop(form.get("code", ""), None)
        known = (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        if asked is None or not known or form.get("redirect_uri") != asked["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if "code_challenge" in asked:
            proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            if base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != asked["code_challenge"]:
                return JSONResponse({"error": "invalid_grant"}, 400)
        claims = {
            "iss": self.issuer,
            "sub": self.person["sub"],
            "aud": CLIENT,
            "iat": int(self.clock()),
            "exp": int(self.clock()) + 60,
            "nonce": asked["nonce"],
            "acr": self.acr,
        }
        self.twist(claims)
        token = {
            "access_token": "access",
            "token_type": "Bearer",
            "expires_in": 60,
            "id_token": self.sign(claims),
        }
        return JSONResponse(token)

    async def _userinfo(self, request: Request) -> Response:
        if request.headers.get("authorization") != "Bearer access":
            return PlainTextResponse("", 401)
        claims = self.person | {"iss": self.issuer, "aud": CLIENT}
        self.userinfo_twist(claims)
        if not self.signed_userinfo:
            return JSONResponse(claims)
        return Response(self.sign(claims), media_type="application/jwt")

    async def _end(self, request: Request) -> Response:
        self.signed_out = dict(request.query_params)
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 302)


def _encoded(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
