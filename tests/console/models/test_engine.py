"""What the console asks of rasa's HTTP API, against a server that answers as rasa does (rasa/server.py)."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from console.models.engine import EngineAway, ModelRefused, RasaEngine


class FakeRasa(BaseHTTPRequestHandler):
    """Holds a model; loads another one that is there, refuses the others with rasa's statuses, keeps its own then."""

    def do_GET(self):
        if not self._admitted():
            return self._refuse()
        return self._answer(
            200, {"model_file": self.server.model, "model_id": "x", "num_active_training_jobs": 0}
        )

    def do_PUT(self):
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if not self._admitted():
            return self._refuse()
        if not Path(asked["model_file"]).is_file():
            return self._answer(400, {"status": "failure", "reason": "BadRequest"})
        self.server.model = asked["model_file"]
        return self._answer(204, None)

    def _admitted(self):
        return parse_qs(urlsplit(self.path).query).get("token") == ["secret"]

    def _refuse(self):
        return self._answer(401, {"status": "failure", "reason": "NotAuthenticated"})

    def _answer(self, status, content):
        body = json.dumps(content).encode() if status != 204 else b""
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@pytest.fixture
def rasa():
    server = ThreadingHTTPServer(("127.0.0.1", 0), FakeRasa)
    server.model = "/models/own.tar.gz"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def url(rasa):
    return f"http://127.0.0.1:{rasa.server_port}"


def test_a_model_is_loaded_and_named(url, tmp_path):
    engine = RasaEngine(url, "secret")
    assert engine.loaded() == "own.tar.gz"
    (tmp_path / "candidate.tar.gz").write_bytes(b"model")
    engine.load(tmp_path / "candidate.tar.gz")
    assert engine.loaded() == "candidate.tar.gz"


def test_a_model_that_cannot_be_loaded_leaves_the_present_one(url, tmp_path):
    engine = RasaEngine(url, "secret")
    with pytest.raises(ModelRefused):
        engine.load(tmp_path / "nothing.tar.gz")
    assert engine.loaded() == "own.tar.gz"


def test_without_the_token_nothing_is_loaded(url, rasa, tmp_path):
    (tmp_path / "candidate.tar.gz").write_bytes(b"model")
    with pytest.raises(ModelRefused):
        RasaEngine(url, "wrong").load(tmp_path / "candidate.tar.gz")
    assert RasaEngine(url).loaded() is None
    assert rasa.model == "/models/own.tar.gz"


def test_an_engine_that_is_away_is_told_so(tmp_path):
    engine = RasaEngine("http://127.0.0.1:9", "secret")
    assert engine.loaded() is None
    with pytest.raises(EngineAway):
        engine.load(tmp_path / "candidate.tar.gz")
