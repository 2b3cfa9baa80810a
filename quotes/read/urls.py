"""A page at an http or https address to a source.

In: the address. Out: a `Source` with what was fetched, or `InputRefused`. It is a module because the network needs
limits that files do not: only public addresses, checked again at each redirect, and the connection goes to the very
IP address that was checked, or a name could change its answer in between; a limit on size after decompression; a
limit on time. Proxies named in the environment are not used: they would resolve the name once more. Everything from
an address is held in memory, so `max_bytes` bounds the whole of it, files of records too.
"""

from __future__ import annotations

import io
import ssl
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from functools import cache
from importlib.metadata import version
from urllib.parse import urldefrag, urljoin, urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.response import BaseHTTPResponse

from quotes.errors import InputRefused
from quotes.read import addresses
from quotes.read.lines import larger_than
from quotes.read.options import ReadOptions
from quotes.read.source import Source, format_of_name

MAX_REDIRECTS = 5
_CHUNK = 65_536
_CONNECT_SECONDS = 10.0  # for each IP address of a host, so that a dead one leaves time for the next
_FORMAT_OF_TYPE = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    "application/json": "json",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "application/x-jsonlines": "jsonl",
}
_UNPACKED = ("identity", "gzip", "x-gzip", "deflate")
_SAY_LITTLE = ("text/plain", "application/octet-stream")  # what servers send for Markdown and CSV, too


@dataclass(frozen=True, slots=True)
class _Place:
    """One address on the way, taken apart and its host checked."""

    url: str
    secure: bool
    host: str
    port: int
    path: str
    ips: list[str]

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


def fetch(target: str, options: ReadOptions, resolver: addresses.Resolver | None = None) -> Source:
    """Follow an address to its page; raises `InputRefused`."""
    deadline = time.monotonic() + options.timeout
    base, url = target, target
    for _ in range(MAX_REDIRECTS + 1):
        place = _place(base, url, target, options, resolver or addresses.resolve)
        with _explained(place, target, options):
            pool, response = _connected(place, deadline)
            with closing(pool), closing(response):
                following = response.get_redirect_location()
                if not following:
                    return _source(response, place.url, target, deadline, options)
                base, url = place.url, following
    raise InputRefused(target, f"leads through more than {MAX_REDIRECTS} redirects; give the address that it ends at")


def _place(base: str, url: str, target: str, options: ReadOptions, resolver: addresses.Resolver) -> _Place:
    """Take an address, perhaps relative to the one before, apart and check where it leads."""
    try:
        parts = urlsplit(urldefrag(urljoin(base, url)).url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise InputRefused(target, "no valid address; check it for typing errors") from error
    if parts.scheme not in ("http", "https") or not host:
        raise InputRefused(target, f'leads to "{url[:200]}", which is no http or https address; check the address')
    if parts.username or parts.password:
        raise InputRefused(target, "holds a user name or password, which would be stored; take it out of the address")
    found = addresses.admitted(host, port, target, allow_private=options.allow_private, resolver=resolver)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _Place(parts.geturl(), parts.scheme == "https", host, port, path, found)


def _connected(place: _Place, deadline: float) -> tuple[urllib3.HTTPConnectionPool, BaseHTTPResponse]:
    """The answer of the first of the checked IP addresses that can be reached, its body not read yet."""
    failure: HTTPError | None = None
    for ip in place.ips:
        pool = _pool(place, ip)
        try:
            return pool, _request(pool, place, deadline)
        except HTTPError as error:
            pool.close()
            if not isinstance(error, (NewConnectionError, ConnectTimeoutError)) or time.monotonic() >= deadline:
                raise
            failure = error
    raise failure or HTTPError("no address")


@contextmanager
def _explained(place: _Place, target: str, options: ReadOptions) -> Iterator[None]:
    """Turns the errors of the network into `InputRefused`."""
    by_hand = "save the page in a browser and add the file"
    try:
        yield
    except NewConnectionError as error:  # before timeouts: urllib3 makes it one of them
        raise InputRefused(target, f'no connection to "{place.host}"; check the address and try again') from error
    except (ConnectTimeoutError, ReadTimeoutError, TimeoutError) as error:
        raise InputRefused(target, _too_slow(options)) from error
    except SSLError as error:
        raise InputRefused(target, f'the certificate of "{place.host}" cannot be trusted; {by_hand}') from error
    except DecodeError as error:
        raise InputRefused(target, f"its compression is broken; {by_hand}") from error
    except (HTTPError, OSError) as error:
        raise InputRefused(target, f'the connection to "{place.host}" broke; try again, or {by_hand}') from error


def _pool(place: _Place, ip: str) -> urllib3.HTTPConnectionPool:
    """A pool for this IP address, which in TLS answers to the name."""
    if not place.secure:
        return urllib3.HTTPConnectionPool(ip, place.port)
    return urllib3.HTTPSConnectionPool(
        ip, place.port, ssl_context=_trust(), server_hostname=place.host, assert_hostname=place.host
    )


@cache
def _trust() -> ssl.SSLContext:
    """The certificates of the system and of certifi: a slim container and Python on macOS have none of their own."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _request(pool: urllib3.HTTPConnectionPool, place: _Place, deadline: float) -> BaseHTTPResponse:
    """Send the request; the body is not read yet."""
    left = max(deadline - time.monotonic(), 0.001)
    headers = {
        "Host": place.authority,
        "User-Agent": f"quotes/{version('quotes')} (reads single articles for a person)",
        "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }
    timeout = urllib3.Timeout(connect=min(left, _CONNECT_SECONDS), read=left)
    return pool.urlopen(
        "GET", place.path, headers=headers, timeout=timeout, retries=False, redirect=False, preload_content=False
    )


def _source(response: BaseHTTPResponse, url: str, target: str, deadline: float, options: ReadOptions) -> Source:
    """What an answer holds."""
    if response.status != 200:
        reason = f"the server answered {response.status} {response.reason or ''}".rstrip()
        raise InputRefused(target, f"{reason}; check the address, or save the page in a browser and add the file")
    header = Message()
    header["content-type"] = response.headers.get("content-type", "application/octet-stream")
    input_format = _format(header.get_content_type(), url)
    if input_format is None and header.get_content_type() not in _SAY_LITTLE and options.input_format is None:
        raise InputRefused(
            target, f"is {header.get_content_type()}, not an article; give the address of a page of text"
        )
    data = _body(response, target, deadline, options)
    return Source(target, lambda: io.BytesIO(data), input_format, len(data), header.get_content_charset(), url)


def _format(content_type: str, url: str) -> str | None:
    """The format that the content type means; where it says little, that of the extension in the address."""
    if content_type in _SAY_LITTLE:
        return format_of_name(urlsplit(url).path) or ("text" if content_type == "text/plain" else None)
    return _FORMAT_OF_TYPE.get(content_type)


def _body(response: BaseHTTPResponse, target: str, deadline: float, options: ReadOptions) -> bytes:
    """The decompressed body; raises `InputRefused` as soon as it is too large or too slow."""
    packed = response.headers.get("content-encoding", "identity").lower()
    if packed not in _UNPACKED:
        raise InputRefused(target, f'is packed as "{packed}", which cannot be read; save the page and add the file')
    body = bytearray()
    while chunk := response.read1(_CHUNK, decode_content=True):
        body += chunk
        if len(body) > options.max_bytes:
            raise InputRefused(target, larger_than(options.max_bytes))
        if time.monotonic() > deadline:
            raise InputRefused(target, _too_slow(options))
    return bytes(body)


def _too_slow(options: ReadOptions) -> str:
    """The reason for a refusal for time."""
    return f"took longer than {options.timeout:g} s; try again, or save the page in a browser and add the file"
