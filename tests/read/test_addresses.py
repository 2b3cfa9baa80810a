from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputRefused
from quotes.read import addresses

PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.254",
    "169.254.169.254", "172.16.0.1", "172.31.255.254", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808",
    "64:ff9b:1::1", "100::1", "2001::1", "2001:10::1", "2001:db8::1", "2002:7f00:1::1", "2002:808:808::1",
    "3fff::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1", "5f00::1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "8.8.8.8", "93.184.215.14", "100.63.255.255", "100.128.0.1", "172.32.0.1", "223.255.255.255",
    "2606:4700::1111", "2a00::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_not_public(address: str) -> None:
    assert not addresses.is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert addresses.is_public(address)


@given(st.ip_addresses(v=6, network="::ffff:0:0/96"))
def test_no_mapped_address_is_public(address: object) -> None:
    assert not addresses.is_public(str(address))


@pytest.mark.parametrize("found", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["2606:4700::1111", "::1"]])
def test_one_private_address_refuses_the_host(found: list[str]) -> None:
    with pytest.raises(InputRefused, match="--allow-private"):
        addresses.admitted("h.example", 80, "u", allow_private=False, resolver=lambda *_: found)
    assert addresses.admitted("h.example", 80, "u", allow_private=True, resolver=lambda *_: found) == found


@pytest.mark.parametrize("error", [socket.gaierror(8, "no"), UnicodeError("label too long")])
def test_unknown_hosts(error: Exception) -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise error

    with pytest.raises(InputRefused, match="no host"):
        addresses.admitted("h.example", 80, "u", allow_private=True, resolver=resolver)


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "127.1"])
def test_every_way_to_write_this_machine(host: str) -> None:
    assert addresses.resolve(host, 80) == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://a.example/x?utm_source=tw", "https://a.example/x"),
        ("https://a.example/x#top", "https://a.example/x"),
        ("HTTPS://A.Example:443/X?b=2&fbclid=q&a=1&GCLID=z", "https://a.example/X?b=2&a=1"),
        ("https://a.example/?12345", "https://a.example/?12345"),  # an article's number, which courlan would drop
        ("https://a.example/x?cid=5&source=7&page", "https://a.example/x?cid=5&source=7&page"),
        ("https://a.example/#!/article/7", "https://a.example/#!/article/7"),
        ("http://a.example:8080/x", "http://a.example:8080/x"),
        ("urn:isbn:1#top", "urn:isbn:1#top"),
        ("http://[broken", "http://[broken"),
        (None, None),
    ],
)
def test_addresses_that_are_the_same_are_stored_the_same(given: str | None, expected: str | None) -> None:
    assert addresses.canonical(given) == expected


@given(st.text(max_size=60))
def test_a_canonical_address_stays(raw: str) -> None:
    once = addresses.canonical(f"https://a.example/{raw}")
    assert addresses.canonical(once) == once
