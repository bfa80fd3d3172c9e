"""Stand-ins of the providers' HTTP APIs, after their documentation: they refuse what those refuse."""

import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

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


class TelegramApi(Provider):
    """Telegram Bot API: POST /bot<token>/sendMessage."""

    def take(self, request: httpx.Request) -> Answer:
        if request.url.path != "/bot12:token/sendMessage":
            return 404, {"ok": False, "error_code": 404, "description": "Not Found"}
        body = json.loads(request.content)
        rows = (body.get("reply_markup") or {}).get("inline_keyboard") or []
        fits = isinstance(body["chat_id"], int) and 0 < len(body["text"]) <= 4096
        fits &= all(
            1 <= len(each["callback_data"].encode()) <= 64 and each["text"] for row in rows for each in row
        )
        if not fits:
            return 400, {"ok": False, "error_code": 400, "description": "Bad Request"}
        self.posts.append(body)
        self.number += 1
        return 200, {"ok": True, "result": {"message_id": self.number, "chat": {"id": body["chat_id"]}}}

    @property
    def texts(self) -> list[str]:
        return [post["text"] for post in self.posts]


class SendApi(Provider):
    """Messenger's Send API: POST /me/messages."""

    def take(self, request: httpx.Request) -> Answer:
        body = json.loads(request.content)
        if request.url.params.get("access_token") != "token":
            return 400, graph_error(190)
        replies = body["message"].get("quick_replies", [])
        fits = body["messaging_type"] == "RESPONSE" and 0 < len(body["message"]["text"]) <= 2000
        fits &= len(replies) <= 13 and all(len(each["title"]) <= 20 for each in replies)
        fits &= all(each["content_type"] == "text" and len(each["payload"]) <= 1000 for each in replies)
        if request.url.path != "/v24.0/me/messages" or not fits:
            return 400, graph_error(100)
        self.posts.append(body)
        self.number += 1
        return 200, {"recipient_id": body["recipient"]["id"], "message_id": f"m_OUT{self.number}"}

    @property
    def texts(self) -> list[str]:
        return [post["message"]["text"] for post in self.posts]


class TwilioApi(Provider):
    """Twilio's Messages resource: POST /2010-04-01/Accounts/<sid>/Messages.json, a form, with a basic login."""

    def take(self, request: httpx.Request) -> Answer:
        form = dict(parse_qsl(request.content.decode()))
        if request.headers.get("authorization") != "Basic QUMxOnRva2Vu":
            return 401, {"code": 20003, "message": "Authenticate", "status": 401}
        if request.url.path != "/2010-04-01/Accounts/AC1/Messages.json" or not 0 < len(form["Body"]) <= 1600:
            return 400, {
                "code": 21617,
                "message": "The message body exceeds the 1600 character limit",
                "status": 400,
            }
        self.posts.append(form)
        self.number += 1
        return 201, {"sid": f"SMOUT{self.number}", "status": "queued", "num_segments": "1"}

    @property
    def texts(self) -> list[str]:
        return [post["Body"] for post in self.posts]
