"""Which address of this laptop phones can reach, and what the square says."""

from __future__ import annotations

import ipaddress
import socket

from workshop_tui.errors import SettingsError
from workshop_tui.messages import tr

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


def place_of(address: str, port: int) -> str:
    """Address and port as people and browsers write them."""
    return address if port == 80 else f"{address}:{port}"
