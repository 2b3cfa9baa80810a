from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import time
import tracemalloc
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from quotes.errors import InputRefused
from quotes.read import ReadOptions, addresses, read, urls
from quotes.records import Document

from .conftest import one, refusal
from .test_html import PAGE

HERE = ReadOptions(allow_private=True, timeout=10)
Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers each path as the test says, and remembers what was asked."""

    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        answer = self.server.answers.get(self.path)
        if answer is None:
            self.send_error(404)
        else:
            answer(self)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on the terminal."""


class Server(ThreadingHTTPServer):
    """A server on this machine."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.root = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests are about."""

    def serve(self, path: str, body: bytes, content_type: str | None = "text/html", **headers: str) -> str:
        """Give this body at this path; the address."""

        def answer(handler: Handler) -> None:
            handler.send_response(200)
            for name, value in {"content_length": str(len(body)), **headers}.items():
                handler.send_header(name.replace("_", "-"), value)
            if content_type:
                handler.send_header("content-type", content_type)
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = answer
        return self.root + path

    def redirect(self, path: str, location: str, status: int = 302) -> str:
        """Send whoever asks for this path elsewhere; the address."""

        def answer(handler: Handler) -> None:
            handler.send_response(status)
            handler.send_header("location", location)
            handler.send_header("content-length", "0")
            handler.end_headers()

        self.answers[path] = answer
        return self.root + path

    def pour(self, path: str, piece: bytes, pause: float = 0.0) -> str:
        """Send this piece again and again without end; the address."""

        def answer(handler: Handler) -> None:
            handler.send_response(200)
            handler.send_header("content-type", "text/plain")
            handler.end_headers()
            for _ in range(100_000):
                handler.wfile.write(piece)
                time.sleep(pause)

        self.answers[path] = answer
        return self.root + path


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as started:
        thread = Thread(target=started.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield started
        started.shutdown()
        thread.join()


def test_a_page(server: Server) -> None:
    target = server.serve("/news?id=1", PAGE.encode())
    document = one(target + "#top", HERE)
    assert "“We had no choice,” she told the meeting." in document.text
    assert (document.id, document.url) == (target + "#top", target), "the canonical address is of another site"
    assert (document.outlet, document.language) == ("The Harbour Post", "en")
    path, headers = server.asked[0]
    assert path == "/news?id=1"
    assert headers["User-Agent"].startswith("quotes/")
    assert headers["Host"] == f"127.0.0.1:{server.server_port}"


@pytest.mark.parametrize(
    ("path", "content_type", "body", "text"),
    [
        ("/a", "text/plain; charset=windows-1250", "Łódź is a city.".encode("cp1250"), "Łódź is a city."),
        ("/a", "text/plain", b"# Not a heading", "# Not a heading"),
        ("/a.md", "text/plain", b"# A heading", "A heading"),
        ("/a", "text/markdown", b"# A heading", "A heading"),
        ("/a", "application/octet-stream", b'{"text": "In JSON"}', "In JSON"),
        ("/a", "application/json", b'{"text": "In JSON"}', "In JSON"),
        ("/a", "text/csv", b"id,text\n1,In a table\n", "In a table"),
        ("/a", None, b"Just words", "Just words"),
    ],
)
def test_the_content_type_decides(server: Server, path: str, content_type: str | None, body: bytes, text: str) -> None:
    document = one(target := server.serve(path, body, content_type), HERE)
    assert (document.text, document.url) == (text, target)


def test_compressed_pages(server: Server, article: str) -> None:
    body = gzip.compress(article.encode())
    assert one(server.serve("/a", body, "text/plain", content_encoding="gzip"), HERE).text == article


def test_this_machine_is_refused_unless_allowed(server: Server) -> None:
    target = server.serve("/", PAGE.encode())
    found = refusal(target)
    assert (found.location, found.reason) == (
        target,
        "leads to 127.0.0.1, which is no public address; pass --allow-private if you mean it",
    )
    assert "no public address" in refusal(target.replace("127.0.0.1", "localhost")).reason
    assert server.asked == []


def test_a_redirect_to_a_private_address_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
    target = server.redirect("/", f"http://127.0.0.2:{server.server_port}/secret")
    assert "leads to 127.0.0.2" in refusal(target).reason
    assert [path for path, _ in server.asked] == ["/"]


def test_the_connection_goes_to_the_address_that_was_checked(server: Server) -> None:
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    server.serve("/a", b"Just words", "text/plain")
    target = f"http://harbour.invalid:{server.server_port}/a"
    source = urls.fetch(target, HERE, resolver)
    with source.open() as stream:
        assert stream.read() == b"Just words"
    assert asked == ["harbour.invalid"]
    assert server.asked[0][1]["Host"] == f"harbour.invalid:{server.server_port}"


def test_the_next_address_is_tried_where_one_is_dead(server: Server) -> None:
    server.serve("/a", b"Just words", "text/plain")
    target = f"http://harbour.invalid:{server.server_port}/a"
    assert urls.fetch(target, HERE, lambda *_: ["127.0.0.9", "127.0.0.1"]).size == 10


def test_redirects_are_followed_up_to_five(server: Server) -> None:
    server.serve("/end", b"Just words", "text/plain")
    for step in range(1, 7):
        server.redirect(f"/{step}", f"/{step - 1}" if step > 1 else "end", 301 + step % 2)
    assert one(f"{server.root}/5", HERE).url == f"{server.root}/end"
    assert "more than 5 redirects" in refusal(f"{server.root}/6", HERE).reason


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://harbour.example/a", "http://", "http://[::1", "//:80/"]
)
def test_redirects_to_anything_but_http_are_refused(server: Server, location: str) -> None:
    assert isinstance(refusal(server.redirect("/", location), HERE), InputRefused)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://", "no http or https address"),
        ("http://[::1", "no valid address"),
        ("http://harbour.example:99999/", "no valid address"),
        ("http://" + "a" * 70 + ".example/", "no valid address"),
        ("http://jane:secret@harbour.example/", "user name or password"),
        ("http://harbour.invalid/", "no host"),
    ],
)
def test_addresses_that_lead_nowhere(target: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError

    monkeypatch.setattr(addresses, "resolve", unknown)
    assert reason in refusal(target, HERE).reason


def test_international_names_are_resolved_in_ascii(server: Server) -> None:
    server.serve("/", b"Just words", "text/plain")
    hosts: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        hosts.append(host)
        return ["127.0.0.1"]

    urls.fetch(f"http://zürich.invalid:{server.server_port}/", HERE, resolver)
    assert hosts == ["xn--zrich-kva.invalid"]


def test_status_and_type(server: Server) -> None:
    assert "the server answered 404 Not Found" in refusal(f"{server.root}/none", HERE).reason
    assert "is image/png, not an article" in refusal(server.serve("/a", b"\x89PNG", "image/png"), HERE).reason
    forced = ReadOptions(allow_private=True, input_format="text")
    assert one(server.serve("/b", b"Just words", "application/x-odd"), forced).text == "Just words"


def test_what_is_too_large(server: Server) -> None:
    options = ReadOptions(allow_private=True, max_bytes=100_000)
    bomb = gzip.compress(b"a" * 50_000_000)
    for target in (
        server.serve("/long", b"a" * 100_001, "text/plain"),
        server.pour("/endless", b"a" * 1_000),
        server.serve("/bomb", bomb, "text/plain", content_encoding="gzip"),
    ):
        tracemalloc.start()
        assert "larger than 100,000 bytes" in refusal(target, options).reason
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 4_000_000


def test_what_is_too_slow(server: Server) -> None:
    target = server.pour("/", b"a", pause=0.05)
    start = time.monotonic()
    assert "took longer than 0.5 s" in refusal(target, ReadOptions(allow_private=True, timeout=0.5)).reason
    assert time.monotonic() - start < 5


def test_a_server_that_does_not_answer(server: Server) -> None:
    server.answers["/"] = lambda handler: time.sleep(2)
    assert "took longer" in refusal(server.root + "/", ReadOptions(allow_private=True, timeout=0.3)).reason


def test_broken_answers(server: Server) -> None:
    broken = server.serve("/gzip", b"no gzip at all", "text/plain", content_encoding="gzip")
    assert "compression is broken" in refusal(broken, HERE).reason
    assert 'packed as "br"' in refusal(server.serve("/br", b"x", "text/plain", content_encoding="br"), HERE).reason
    short = server.serve("/short", b"half of it", "text/plain", content_length="20")
    assert "broke" in refusal(short, HERE).reason

    def junk(handler: Handler) -> None:
        handler.wfile.write(b"junk\r\n\r\n")

    server.answers["/junk"] = junk
    assert "broke" in refusal(server.root + "/junk", HERE).reason


def test_nobody_there() -> None:
    with socket.socket() as bound:  # bound, but nobody listens
        bound.bind(("127.0.0.1", 0))
        target = f"http://127.0.0.1:{bound.getsockname()[1]}/"
        assert 'no connection to "127.0.0.1"' in refusal(target, HERE).reason


def test_proxies_of_the_environment_are_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert one(server.serve("/", b"Just words", "text/plain"), HERE).text == "Just words"


def test_records_from_an_address(server: Server) -> None:
    target = server.serve("/a.jsonl", b'{"text": "One"}\n{"id": "x", "text": "Two"}\n{}\n', "text/plain")
    first, second, bad = read(target, HERE)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(bad, InputRefused)
    assert (first.id, second.id, bad.location) == (f"{target}:1", "x", f"{target}:3")
    assert first.url == target


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")
def test_certificates(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=h -addext subjectAltName=DNS:harbour.invalid"
    subprocess.run([*make.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    # The handshake belongs in the handler, which closes its socket when a client breaks it off.
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.serve("/", b"Just words", "text/plain")

    def fetch(host: str) -> int | None:
        return urls.fetch(f"https://{host}:{server.server_port}/", HERE, lambda *_: ["127.0.0.1"]).size

    with pytest.raises(InputRefused, match="cannot be trusted"):
        fetch("harbour.invalid")
    trusting = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr(urls, "_trust", lambda: trusting)
    assert fetch("harbour.invalid") == 10
    with pytest.raises(InputRefused, match="cannot be trusted"):
        fetch("other.invalid")
