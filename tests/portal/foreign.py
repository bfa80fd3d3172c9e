"""Another site on this machine, whose page shows the widget under a strict policy."""

from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

PAGE = Path(__file__).parents[2] / "docs" / "widget"
WRITTEN = "http://127.0.0.1:8080"


class Site(ThreadingHTTPServer):
    """Serves docs/widget; `portal` is the origin that its page loads the widget from."""

    daemon_threads = True
    portal = WRITTEN

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def policy(self) -> str:
        allowed = f"script-src {self.portal}; connect-src {self.portal}; style-src 'self'"
        return f"default-src 'none'; {allowed}; form-action 'none'; base-uri 'none'"


class Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, directory=PAGE, **kwargs)

    def do_GET(self):
        if self.path == "/page.css":
            super().do_GET()
            return
        if self.path != "/page.html":
            self.send_error(404)
            return
        text = (PAGE / "page.html").read_text(encoding="utf-8").replace(WRITTEN, self.server.portal)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", self.server.policy)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args):
        pass


@contextmanager
def foreign_site():
    with Site(("127.0.0.1", 0), Handler) as site:
        thread = Thread(target=site.serve_forever, daemon=True)
        thread.start()
        yield site
        site.shutdown()
        thread.join(timeout=10)
