"""Which address of this laptop phones can reach, and what the square says."""

from __future__ import annotations

import ipaddress
import secrets
import socket

from workshop_tui.errors import SettingsError
from workshop_tui.messages import tr

CODE_LETTERS = "ACDEFHJKMNPRTUVWXY"
"""Letters that are hard to misread."""

_UNKIND = ("ACNE", "CRAP", "CUNT", "DAMN", "DEAD", "DUCK", "FART", "FUCK", "HATE", "MUCK", "NUMP", "PRAT", "TRAP")
"""Words that must not stand on a wall; those that the letters above can spell."""

LOOPBACK = "127.0.0.1"


def checked(address: str) -> str:
    """An IPv4 address a person typed.

    Raises:
        SettingsError: it is not one, or it stands for every network at once.
    """
    try:
        found = ipaddress.IPv4Address(address)
    except ValueError as problem:
        raise SettingsError(
            tr("“{address}” is not an address.", address=address),
            advice=tr("Give it as four numbers, such as 192.168.8.2."),
        ) from problem
    if found.is_unspecified:
        raise SettingsError(
            tr("0.0.0.0 stands for every network this laptop is in."),
            advice=tr("Give the address of the network that the phones are in."),
        )
    return str(found)


def likely() -> str:
    """The address of the network this laptop would use now; the loopback address when it is in none.

    Asks the system which address it would send from; nothing is sent.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            # A documentation address (RFC 5737): connecting a datagram socket only chooses a route.
            sock.connect(("192.0.2.1", 9))
        except OSError:
            return LOOPBACK
        address: str = sock.getsockname()[0]
    return address


def join_url(address: str, port: int, code: str) -> str:
    """What the square says: in capitals it needs fewer modules; the pages take any case."""
    place = address if port == 80 else f"{address}:{port}"
    return f"HTTP://{place}/J/{code}"


def new_code() -> str:
    """A join code: four letters that are hard to misread and spell nothing unkind."""
    while (code := "".join(secrets.choice(CODE_LETTERS) for _ in range(4))) in _UNKIND:
        pass
    return code
