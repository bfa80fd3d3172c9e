"""The way to the provider and back."""

import httpx

from tests.console.conftest import BASE

RETURN = "/connexion/retour"


async def way_back(client: httpx.AsyncClient, suite: str = "/") -> str:
    """Go to the provider, sign in there, and return the address that it sends the browser to."""
    left = await client.get("/connexion/fournisseur", params={"suite": suite})
    assert left.status_code == 303, left.text
    return httpx.get(left.headers["location"]).headers["location"].removeprefix(BASE)


async def come(client: httpx.AsyncClient, suite: str = "/") -> httpx.Response:
    return await client.get(await way_back(client, suite))
