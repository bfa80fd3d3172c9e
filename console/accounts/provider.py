"""The identity provider of OpenID Connect: where it answers, and whether what it says is true.

Authlib speaks the protocol, over httpx2; joserfc, which it is built on, checks the signatures.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlencode

import httpx
import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

TIMEOUT = 10.0
LEEWAY = 60  # seconds that two clocks may differ
DISCOVERED_SECONDS = 3600.0
# An unknown key is looked up again, but not at each forged token.
KEYS_AGAIN_SECONDS = 60.0


class ProviderRefused(Exception):
    """What the provider says cannot be trusted or used; `why` is for the log and holds nothing personal."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class ProviderAway(Exception):
    """The provider does not answer, or not as agreed."""


@dataclass(frozen=True)
class Registration:
    """How we are known to the provider.

    `strong` are the acr values that stand for two factors; with `strong_only` the provider is asked for one of them and
    any other is refused. `vouches` says that the provider answers for addresses without saying `email_verified`.
    """

    issuer: str
    client_id: str
    client_secret: str
    address: str
    name: str = "OpenID Connect"
    scope: str = "openid email"
    algorithm: str = "RS256"
    strong: tuple[str, ...] = ()
    strong_only: bool = False
    vouches: bool = False
    pkce: bool = True

    @property
    def returns_to(self) -> str:
        """Where the provider sends browsers back to, exactly as it was registered."""
        return f"{self.address}/connexion/retour"


@dataclass(frozen=True)
class Secrets:
    """What belongs to one sign-in: `state` finds it, `nonce` must come back signed, `verifier` proves who asked."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Person:
    """Who the provider says it is: a verified address, and whether two factors were shown."""

    email: str
    strong: bool
    id_token: str


class Provider:
    """One provider. Calls that ask it raise ProviderAway; `clock` gives seconds since 1970."""

    def __init__(self, registration: Registration, clock: Callable[[], float] = time.time) -> None:
        self.registration = registration
        self._clock = clock
        self._lock = Lock()
        self._found: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def authorization(self, secrets: Secrets) -> str:
        """Return the address that the browser is sent to."""
        ours = self.registration
        asked: dict[str, Any] = {"acr": None}
        if ours.strong_only:
            asked = {"acr": {"essential": True, "values": list(ours.strong)}}
        given = {"nonce": secrets.nonce, "claims": json.dumps({"id_token": asked}, separators=(",", ":"))}
        endpoint = self._endpoint("authorization_endpoint")
        with self._client() as client:
            verifier = secrets.verifier if ours.pkce else None
            url, _ = client.create_authorization_url(endpoint, secrets.state, verifier, **given)
        return url

    def person(self, code: str, secrets: Secrets) -> Person:
        """Exchange a code and return who it stands for; raises ProviderRefused."""
        given = {"code_verifier": secrets.verifier} if self.registration.pkce else {}
        try:
            with self._client() as client:
                token = client.fetch_token(self._endpoint("token_endpoint"), code=code, **given)
            id_token, access_token = token["id_token"], token["access_token"]
            bearer = {"Authorization": f"Bearer {access_token}"}
            said = httpx.get(self._endpoint("userinfo_endpoint"), headers=bearer, timeout=TIMEOUT)
            said.raise_for_status()
        except AuthlibBaseError as error:
            raise ProviderRefused(f"code: {error.error}") from None
        except KeyError:
            raise ProviderRefused("no id_token") from None
        except (httpx.HTTPError, httpx2.HTTPError, ValueError) as error:
            raise ProviderAway(type(error).__name__) from None
        claims = self._checked_id_token(id_token, access_token, secrets.nonce)
        return self._person(claims, self._userinfo(said, claims["sub"]), id_token)

    def farewell(self, id_token: str) -> str | None:
        """Return where somebody signs out of the provider too; None where it has no such page."""
        endpoint = self._discovered().get("end_session_endpoint")
        if not endpoint:
            return None
        given = {
            "id_token_hint": id_token,
            "post_logout_redirect_uri": f"{self.registration.address}/connexion",
        }
        return f"{endpoint}?{urlencode(given)}"

    def _person(self, claims: Mapping[str, Any], info: Mapping[str, Any], id_token: str) -> Person:
        ours, email = self.registration, info.get("email")
        if not isinstance(email, str) or not email:
            raise ProviderRefused("no e-mail address")
        if info.get("email_verified", ours.vouches) is not True:
            raise ProviderRefused("e-mail address not verified")
        strong = claims.get("acr") in ours.strong
        if ours.strong_only and not strong:
            raise ProviderRefused("one factor only")
        return Person(email, strong, id_token)

    def _checked_id_token(self, text: str, access_token: str, nonce: str) -> Mapping[str, Any]:
        token = self._signed(text)
        ours = self.registration
        options = {
            "iss": {"essential": True, "value": ours.issuer},
            "aud": {"essential": True, "value": ours.client_id},
        }
        params = {"nonce": nonce, "client_id": ours.client_id, "access_token": access_token}
        try:
            claims = CodeIDToken(token.claims, token.header, options, params)
            claims.validate(int(self._clock()), LEEWAY)
        except JoseError as error:
            raise ProviderRefused(f"id_token: {error.error} {error.description or ''}".strip()) from None
        return claims

    def _userinfo(self, answer: httpx.Response, subject: str) -> Mapping[str, Any]:
        """Return what is said of the person: signed, or as JSON over the connection that we opened."""
        if answer.headers.get("content-type", "").startswith("application/jwt"):
            info = self._signed(answer.text).claims
            for name, ours in (("iss", self.registration.issuer), ("aud", self.registration.client_id)):
                if name in info and ours not in (info[name], *_listed(info[name])):
                    raise ProviderRefused(f"userinfo: {name}")
        else:
            info = _json(answer)
        if info.get("sub") != subject:
            raise ProviderRefused("userinfo: sub")
        return info

    def _signed(self, text: str) -> jwt.Token:
        """Return a token that one of the provider's keys has signed, with the algorithm that was agreed."""
        for fresh in (False, True):
            try:
                token = jwt.decode(text, self._key_set(fresh), algorithms=[self.registration.algorithm])
            except (JoseError, ValueError) as error:
                failed = error
            else:
                if isinstance(token.claims, dict):
                    return token
                raise ProviderRefused("token: no claims")
        raise ProviderRefused(f"signature: {type(failed).__name__}") from None

    def _key_set(self, fresh: bool) -> KeySet:
        with self._lock:
            age = self._clock() - self._keys[0] if self._keys else None
            if age is not None and age < (KEYS_AGAIN_SECONDS if fresh else DISCOVERED_SECONDS):
                return self._keys[1]
        found = self._fetched(self._endpoint("jwks_uri"))
        try:
            keys = KeySet.import_key_set(found)
        except (JoseError, KeyError, ValueError, TypeError):
            raise ProviderAway("keys") from None
        with self._lock:
            self._keys = (self._clock(), keys)
        return keys

    def _endpoint(self, name: str) -> str:
        found = self._discovered().get(name)
        if not isinstance(found, str):
            raise ProviderAway(f"no {name}")
        return found

    def _discovered(self) -> Mapping[str, Any]:
        with self._lock:
            if self._found and self._clock() - self._found[0] < DISCOVERED_SECONDS:
                return self._found[1]
        issuer = self.registration.issuer
        found = self._fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        # A plain address is for tests on this machine: what an https issuer names must be https as well.
        plain = [
            key for key, value in found.items() if key.endswith(("_endpoint", "_uri")) and _is_plain(value)
        ]
        if found.get("issuer") != issuer or (issuer.startswith("https:") and plain):
            raise ProviderAway("discovery")
        with self._lock:
            self._found = (self._clock(), found)
        return found

    def _fetched(self, url: str) -> dict[str, Any]:
        try:
            answer = httpx.get(url, timeout=TIMEOUT)
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise ProviderAway(type(error).__name__) from None
        return _json(answer)

    def _client(self) -> OAuth2Client:
        ours = self.registration
        methods = self._discovered().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        method = "client_secret_post" if "client_secret_post" in methods else "client_secret_basic"
        return OAuth2Client(
            ours.client_id,
            ours.client_secret,
            token_endpoint_auth_method=method,
            scope=ours.scope,
            redirect_uri=ours.returns_to,
            code_challenge_method="S256" if ours.pkce else None,
            timeout=TIMEOUT,
        )


def _is_plain(value: object) -> bool:
    return not (isinstance(value, str) and value.startswith("https://"))


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        raise ProviderAway("no JSON") from None
    if not isinstance(found, dict):
        raise ProviderAway("no JSON object")
    return found
