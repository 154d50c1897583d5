"""The app of the control listener: control routes, big screen, host page, and their static files."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware

from workshop_tui.web.control.access import DeskAccess
from workshop_tui.web.control.routes import control_routes
from workshop_tui.web.control.services import DeskServices
from workshop_tui.web.host.routes import host_routes
from workshop_tui.web.http.assets import static_routes
from workshop_tui.web.http.credentials import Credentials
from workshop_tui.web.screen.screen import ScreenPresence, screen_routes


def desk_app(
    services: DeskServices, credentials: Credentials, hosts: frozenset[str], presence: ScreenPresence
) -> Starlette:
    """The app that listens on 127.0.0.1 only.

    Args:
        services: What the control routes need.
        credentials: The tokens that it accepts.
        hosts: The Host headers that belong to it.
        presence: Counts the windows that show the big screen.
    """
    routes = [
        *control_routes(services),
        *screen_routes(services.room, services.addresses, presence),
        *host_routes(services),
        *static_routes(),
    ]
    access = Middleware(DeskAccess, credentials=credentials, hosts=hosts, translator=services.translator)
    return Starlette(routes=routes, middleware=[access])
