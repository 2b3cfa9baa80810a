"""Addresses of articles: which hosts may be asked, and which addresses are the same.

In: a host name. Out: the IP addresses that it stands for, all of them public, or `InputRefused`. In: a URL. Out: the
form under which it is stored. It is a module because it is the guard between a link that somebody else wrote and the
machines and records beside it.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

from quotes.errors import InputRefused

Resolver = Callable[[str, int], list[str]]

# `is_global` alone admits these: multicast, and ranges that carry or translate another, possibly private, address.
_IPV4_EXCEPT = tuple(map(ipaddress.IPv4Network, ("224.0.0.0/4", "192.88.99.0/24", "192.0.0.0/24")))
_IPV6_UNICAST = ipaddress.IPv6Network(
    "2000::/3"
)  # leaves out IPv4-mapped, NAT64, link-local, site-local, unique local, multicast
_IPV6_EXCEPT = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
# Parameters that say how a reader came, from the lists of Firefox, Brave and WebKit and the campaign codes of papers.
# Not courlan's: it takes "cid", "eid", "uid" and "source" too, and a bare number, which are an article's at some sites,
# and two articles must not become versions of one.
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|hsa|oly|vero|bsft|at|ns|stm|itm)_\w+|fbclid|gclid|gclsrc|dclid|msclkid|twclid|ttclid|yclid|ysclid|gbraid|wbraid|srsltid|igshid|igsh|wickedid|irclickid"
    r"|mc_cid|mc_eid|mkt_tok|ml_subscriber(?:_hash)?|_hs(?:enc|mi)|__hs(?:fp|sc|tc)|hsctatracking|_openstat|_ga|_gl"
    r"|rb_clickid|s_cid|guccounter|guce_referrer(?:_sig)?|cmpid|ocid|ftag|smid|smtyp|xtor|wt\.\w+|__twitter_impression"
)


def canonical(url: str | None) -> str | None:
    """An http or https address without fragment and tracking parameters; all else as it is.

    >>> canonical("https://News.example/a?id=7&utm_source=x#top")
    'https://news.example/a?id=7'
    """
    try:
        parts = urlsplit(url or "")
        default = {"http": 80, "https": 443}.get(parts.scheme)
        if default is None or not parts.hostname:
            return url
        netloc = parts.netloc.lower().removesuffix(f":{default}")
    except ValueError:
        return url
    kept = [pair for pair in parts.query.split("&") if not _TRACKING.fullmatch(pair.partition("=")[0].lower())]
    fragment = parts.fragment if parts.fragment.startswith("!") else ""  # pages drawn by a script: "#!/article/7"
    return parts._replace(netloc=netloc, query="&".join(kept), fragment=fragment).geturl()


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host in the order of the system; raises OSError or UnicodeError."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def is_public(address: str) -> bool:
    """Whether an IP address is reached over the public internet alone."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not any(ip in network for network in _IPV4_EXCEPT)
    return ip in _IPV6_UNICAST and ip.is_global and not any(ip in network for network in _IPV6_EXCEPT)


def admitted(host: str, port: int, location: str, *, allow_private: bool, resolver: Resolver) -> list[str]:
    """The addresses to connect to; one that is not public refuses the host, because an answer can list both."""
    try:
        found = resolver(host, port)
    except (OSError, UnicodeError) as error:
        raise InputRefused(location, f'no host "{host}" was found; check the address and the connection') from error
    for address in found:
        if not allow_private and not is_public(address):
            reason = f"leads to {address}, which is no public address; pass --allow-private if you mean it"
            raise InputRefused(location, reason)
    return found
