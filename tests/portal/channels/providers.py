"""Stand-ins of the providers' HTTP APIs, after their documentation: they refuse what those refuse."""

import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import httpx

Answer = tuple[int, dict[str, Any]]


@dataclass
class Provider:
    """Records what is posted; `script` holds what the next calls get: a status with a body, or an exception."""

    posts: list[dict[str, Any]] = field(default_factory=list)
    script: deque = field(default_factory=deque)
    number: int = 0

    def client(self, base_url: str, **headers: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=base_url, headers=headers, transport=httpx.MockTransport(self._handle)
        )

    def _handle(self, request: httpx.Request) -> httpx.Response:
        if self.script:
            planned = self.script.popleft()
            if isinstance(planned, Exception):
                raise planned
            status, body, *headers = planned
            return httpx.Response(status, json=body, headers=headers[0] if headers else None)
        status, body = self.take(request)
        return httpx.Response(status, json=body)

    def take(self, request: httpx.Request) -> Answer:
        raise NotImplementedError


def graph_error(code: int, subcode: int | None = None, text: str = "said +33600000001") -> dict[str, Any]:
    error = {"message": text, "type": "OAuthException", "code": code, "fbtrace_id": "x"}
    return {"error": error | ({"error_subcode": subcode} if subcode else {})}


class CloudApi(Provider):
    """WhatsApp Cloud API: POST /<phone number id>/messages."""

    def take(self, request: httpx.Request) -> Answer:
        if request.headers.get("authorization") != "Bearer token":
            return 401, graph_error(190)
        body = json.loads(request.content)
        wrong = self._wrong(body)
        if request.url.path != "/v24.0/106540352242922/messages" or wrong:
            return 400, graph_error(100, text=wrong or "Unknown path")
        self.posts.append(body)
        self.number += 1
        return 200, {
            "messaging_product": "whatsapp",
            "contacts": [{"input": body["to"], "wa_id": body["to"]}],
            "messages": [{"id": f"wamid.OUT{self.number}"}],
        }

    def _wrong(self, body: dict[str, Any]) -> str | None:
        if body.get("messaging_product") != "whatsapp" or len(body["biz_opaque_callback_data"]) > 512:
            return "Invalid parameter"
        if body["type"] == "text":
            return None if 0 < len(body["text"]["body"]) <= 4096 else "Body is too long"
        message = body["interactive"]
        return {"button": self._wrong_buttons, "list": self._wrong_list}[message["type"]](message)

    def _wrong_buttons(self, message: dict[str, Any]) -> str | None:
        replies = [each["reply"] for each in message["action"]["buttons"]]
        titles = [reply["title"] for reply in replies]
        fits = 1 <= len(replies) <= 3 and len(set(titles)) == len(titles)
        fits &= all(0 < len(title) <= 20 for title in titles) and 0 < len(message["body"]["text"]) <= 1024
        return None if fits and all(len(reply["id"]) <= 256 for reply in replies) else "Invalid buttons"

    def _wrong_list(self, message: dict[str, Any]) -> str | None:
        (section,) = message["action"]["sections"]
        fits = 1 <= len(section["rows"]) <= 10 and len(message["action"]["button"]) <= 20
        fits &= len(section["title"]) <= 24 and 0 < len(message["body"]["text"]) <= 4096
        for row in section["rows"]:
            fits &= 0 < len(row["title"]) <= 24 and len(row["id"]) <= 200
            fits &= len(row.get("description", "")) <= 72
        return None if fits else "Invalid list"

    @property
    def texts(self) -> list[str]:
        return [text_of(post) for post in self.posts]


def text_of(post: dict[str, Any]) -> str:
    return (post.get("text") or {}).get("body") or post["interactive"]["body"]["text"]
