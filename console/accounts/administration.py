"""« Comptes »: what administrators do with the accounts of others."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from console.access import Signed
from console.accounts.desk import AccountDesk
from console.accounts.errors import AddressInvalid, AddressTaken, LastAdministrator, UnknownAccount
from console.accounts.ground import UnknownBodies
from console.accounts.own_routes import sessions_of
from console.accounts.pages import desk_of, to
from console.accounts.views import Account
from console.errors import NotFound, Problem
from console.pages import shown
from console.services import Given
from console.viewers import Role, Scope, Viewer

router = APIRouter()
LONGEST_NAME = 100


@dataclass
class Wanted:
    """What the form says, whatever it is worth."""

    email: str = ""
    name: str = ""
    role: str = Role.ADVISOR.value
    bodies: list[str] = field(default_factory=list)
    departments: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)


def wanted(
    email: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = Role.ADVISOR.value,
    bodies: Annotated[list[str], Form()] = [],  # noqa: B006  FastAPI's form of it; nobody changes it
    departments: Annotated[list[str], Form()] = [],  # noqa: B006
    regions: Annotated[list[str], Form()] = [],  # noqa: B006
) -> Wanted:
    """Return what the form says."""
    return Wanted(email, name, role, [each for each in bodies if each.strip()], departments, regions)


Asked = Annotated[Wanted, Depends(wanted)]


@router.get("")
def list_page(request: Request, viewer: Signed, services: Given) -> Response:
    """Show every account."""
    desk = desk_of(services)
    accounts = desk.register.all()
    names = desk.ground.bodies.named(body for each in accounts for body in each.scope.bodies)
    return shown(request, "accounts/list.html", viewer, accounts=accounts, bodies=names, ground=desk.ground)


@router.get("/nouveau")
def new_page(request: Request, viewer: Signed, services: Given) -> Response:
    """Show the empty form."""
    return _form(request, viewer, desk_of(services), Wanted())


@router.post("")
def create(request: Request, viewer: Signed, services: Given, asked: Asked) -> Response:
    """Open an account and invite whom it is for."""
    desk = desk_of(services)

    def make(scope: Scope) -> Account:
        return desk.register.create(asked.email, _name(asked), Role(asked.role), scope, viewer.account_id)

    made = _tried(request, viewer, desk, asked, None, make)
    return made if isinstance(made, Response) else _send_link(request, viewer, desk, made)


@router.get("/{account_id}")
def account_page(
    request: Request, viewer: Signed, services: Given, account_id: str, fait: str = ""
) -> Response:
    """Show one account with its rights, its sessions and what was changed."""
    desk = desk_of(services)
    account = _known(desk, account_id)
    scope = account.scope
    asked = Wanted(
        account.email,
        account.name,
        account.role.value,
        sorted(scope.bodies),
        sorted(scope.departments),
        sorted(scope.regions),
    )
    return _form(request, viewer, desk, asked, account, done=fait)


@router.post("/{account_id}")
def change(request: Request, viewer: Signed, services: Given, account_id: str, asked: Asked) -> Response:
    """Change name, role and scope, from the account's next request on."""
    desk = desk_of(services)
    account = _known(desk, account_id)

    def make(scope: Scope) -> Account:
        return desk.register.change(account_id, _name(asked), Role(asked.role), scope, viewer.account_id)

    made = _tried(request, viewer, desk, asked, account, make)
    return made if isinstance(made, Response) else to(request, f"/comptes/{account_id}?fait=changed")


@router.post("/{account_id}/lien")
def send_link(request: Request, viewer: Signed, services: Given, account_id: str) -> Response:
    """Invite again, or let somebody choose a new password."""
    desk = desk_of(services)
    account = _known(desk, account_id)
    if account.disabled_at:
        raise NotFound
    return _send_link(request, viewer, desk, account)


@router.post("/{account_id}/fermeture")
def disable(request: Request, viewer: Signed, services: Given, account_id: str) -> Response:
    """Close an account; its sessions end."""
    desk = desk_of(services)
    try:
        desk.register.disable(_known(desk, account_id).id, viewer.account_id)
    except LastAdministrator:
        raise Problem(409, "last_administrator") from None
    return to(request, f"/comptes/{account_id}?fait=disabled")


@router.post("/{account_id}/ouverture")
def enable(request: Request, viewer: Signed, services: Given, account_id: str) -> Response:
    """Open a closed account again."""
    desk = desk_of(services)
    desk.register.enable(_known(desk, account_id).id, viewer.account_id)
    return to(request, f"/comptes/{account_id}?fait=enabled")


@router.post("/{account_id}/second-facteur")
def remove_factor(request: Request, viewer: Signed, services: Given, account_id: str) -> Response:
    """Take away a second factor that was lost; the sessions end."""
    desk = desk_of(services)
    desk.register.remove_factor(_known(desk, account_id).id, viewer.account_id)
    return to(request, f"/comptes/{account_id}?fait=factor_removed")


@router.post("/{account_id}/sessions/{session_id}")
def revoke(request: Request, viewer: Signed, services: Given, account_id: str, session_id: str) -> Response:
    """End one session of an account."""
    if not desk_of(services).sessions.revoke(account_id, session_id, viewer.account_id):
        raise NotFound
    return to(request, f"/comptes/{account_id}?fait=revoked")


def _known(desk: AccountDesk, account_id: str) -> Account:
    try:
        return desk.register.account(account_id)
    except UnknownAccount:
        raise NotFound from None


def _name(asked: Wanted) -> str:
    return " ".join(asked.name.split())[:LONGEST_NAME]


def _tried(
    request: Request,
    viewer: Viewer,
    desk: AccountDesk,
    asked: Wanted,
    account: Account | None,
    make: Callable[[Scope], Account],
) -> Account | Response:
    """Return what was made, or the form again with what is wrong with it; nothing that was typed is lost."""
    wrong: tuple[str, str] | None = None
    if not _name(asked):
        wrong = ("name", "no_name")
    elif asked.role not in {role.value for role in Role}:
        wrong = ("role", "no_role")
    else:
        try:
            return make(desk.ground.scope(asked.bodies, asked.departments, asked.regions))
        except AddressInvalid:
            wrong = ("email", "address_invalid")
        except AddressTaken:
            wrong = ("email", "address_taken")
        except UnknownBodies:
            wrong = ("bodies", "unknown_body")
        except LastAdministrator:
            wrong = ("role", "last_administrator")
    return _form(request, viewer, desk, asked, account, 422, wrong=wrong)


def _send_link(request: Request, viewer: Viewer, desk: AccountDesk, account: Account) -> Response:
    token = desk.post.send_link(account, viewer.account_id)
    if token is None:
        return to(request, f"/comptes/{account.id}?fait=invited")
    # Shown to the browser that asked, so that what its address bar says will do.
    link = f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}/lien/{token}"
    return shown(request, "accounts/link.html", viewer, account=account, link=desk.post.link(token) or link)


def _form(
    request: Request,
    viewer: Viewer,
    desk: AccountDesk,
    asked: Wanted,
    account: Account | None = None,
    status: int = 200,
    done: str = "",
    wrong: tuple[str, str] | None = None,
) -> Response:
    known = request.app.state.pages.wording.names("done")
    told = {
        "asked": asked,
        "account": account,
        "wrong": wrong,
        "done": done if done in known else "",
        "ground": desk.ground,
        "offered": desk.ground.bodies.offered(),
        "bodies": desk.ground.bodies.named(asked.bodies),
        "sessions": sessions_of(desk, account.id) if account else [],
        "entries": desk.audit.of(account.id) if account else [],
    }
    return shown(request, "accounts/edit.html", viewer, status, **told)
