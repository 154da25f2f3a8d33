"""Real values for the fields that no schema can describe: tokens from mails, codes, states, the own password.

Each entry gives an operation, whose other fields stay as generated, what it needs to be accepted. Every fifth request
that no example gives is left as it was generated, because a well-formed but unknown token must be answered properly, too.
"""

import itertools
from urllib.parse import urlsplit

import people
import provider
import world

PICTURES = {"upload_profile_image", "upload_banner_image"}
TURNS = itertools.count()


def turn(operation, case):
    """Whether it is this request's turn to be filled in. What later steps build on always is."""
    built_on = operation == "create_user" and case.meta.phase.name == "stateful"
    return built_on or case.meta.phase.name == "examples" or next(TURNS) % 5 != 4


def fill(operation, case, who, kwargs):
    if operation in PICTURES:
        # Beside the example, whose own body stays: bytes that replace it would count as a broken rule.
        kwargs["data"] = world.picture()
    filler = globals().get(f"_{operation}")
    if filler:
        filler(case, who)


def put(case, **values):
    if isinstance(case.body, dict):
        case.body = {**case.body, **values}


def put_query(case, **values):
    case.query = {**(case.query or {}), **values}


def send_cookies(case, cookies, who=None):
    """As a header: a cookie that the contract does not name would count as a broken rule."""
    if who and people.SESSION in case.cookies:
        cookies = {**cookies, people.SESSION: who.session}
    case.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())


def brought(case, field):
    """What an earlier answer handed out for this field. It is good once."""
    value = case.body.get(field) if isinstance(case.body, dict) else None
    issued = people.cast().issued.pop(value, None) if isinstance(value, str) else None
    people.cast().now.swapped = issued is None
    return issued


def mend_host(case):
    """The HTTP client makes a URL of the host that it sends cookies to, and fails where that cannot be read as one. The
    tests of tests/it/edge send such hosts."""
    for name, value in dict(case.headers).items():
        if name.lower() == "host":
            try:
                urlsplit(f"http://{value}").port
            except ValueError:
                case.headers[name] = "unreadable.example"


def spend(case):
    """What is sent as it was generated may use up what it brought along."""
    for value in case.body.values() if isinstance(case.body, dict) else ():
        if isinstance(value, str):
            people.cast().issued.pop(value, None)


def name(letter):
    """A handle that nobody has."""
    return f"{letter}{world.RUN}{next(world.NUMBERS)}"


def _create_user(case, who):
    handle = name("n")
    put(case, password=world.password(), email=f"{handle}@people.example", handle=handle)


def _login(case, who):
    put(case, email=who.email, password=who.password)


def _verify_email(case, who):
    newcomer = world.registered()
    put(case, token=world.mailed(newcomer.email, "verify-email"))


def _reset_password(case, who):
    someone = world.verified()
    someone.call("POST", "/v0/auth/forgot-password", {"email": someone.email})
    put(case, token=world.mailed(someone.email, "reset-password"), new_password=world.password())


def _confirm_email_change(case, who):
    someone, address = world.verified(), f"{name('c')}@people.example"
    someone.call("POST", "/v0/auth/change-email", {"new_email": address, "password": someone.password})
    put(case, token=world.mailed(address, "confirm-email-change"))


def _revoke_session(case, who):
    """A session of the sender's, for which a stranger asked in vain before."""
    listed = (case.path_parameters or {}).get("session_id")
    brought = people.cast().issued.pop(listed, None)
    people.cast().now.swapped = not brought or listed not in {session["id"] for session in world.sessions(who)}
    if people.cast().now.swapped:
        listed = world.other_session(who)
        case.path_parameters = {"session_id": listed}
    people.cast().now.stranger = world.stranger().call("DELETE", f"/v0/auth/sessions/{listed}", expect=range(600))


def _reauthenticate(case, who):
    case.body = {"password": who.password}


def _change_password(case, who):
    put(case, current_password=who.password, new_password=world.password())


def _change_email(case, who):
    put(case, password=who.password)
    if who is people.cast().newcomer:
        # Nobody else's: the mail to it must prove it.
        put(case, new_email=f"{name('m')}@people.example")


def _complete_signup(case, who):
    issued = brought(case, "pending_token")
    if issued:
        token, cookies = case.body["pending_token"], issued.cookies
    else:
        token, cookies = world.pending(("google", "github")[next(TURNS) % 2])
    send_cookies(case, cookies)
    put(case, pending_token=token, handle=name("o"))


def _provider(name, flow):
    def filler(case, who):
        issued, identity = brought(case, "state"), world.someone()
        if flow == "link":
            who.identities.append((name, identity))
        elif case.meta.phase.name == "stateful" and next(TURNS) % 3:
            person = people.cast().now.identity = people.known(name, guarded=next(TURNS) % 2 == 0)
            identity = [identity for where, identity in person.identities if where == name][-1]
        trip = issued and issued.detail
        if trip and (trip.provider, trip.flow) == (name, flow) and (flow == "login" or trip.session == who.session):
            code, state = provider.code_for(trip.url, identity)
            cookies = issued.cookies
        else:
            people.cast().now.swapped = True
            code, state, cookies = world.authorization(name, identity, who if flow == "link" else None)
            if flow == "link":
                people.supersede(who, "link", state)
        send_cookies(case, cookies, who)
        put(case, code=code, state=state)
        if isinstance(case.body, dict):
            case.body = {key: value for key, value in case.body.items() if key != "iss"}

    return filler


_login_with_google = _provider("google", "login")
_login_with_github = _provider("github", "login")
_link_google = _provider("google", "link")
_link_github = _provider("github", "link")


def _unlink_oauth_connection(case, who):
    if isinstance(case.body, dict) and case.body.get("provider") not in who.links:
        people.cast().now.swapped = True
        put(case, provider=min(who.links))


def _enable_totp(case, who):
    put(case, code=world.totp(who.secret))


def _verify_totp(case, who):
    issued = brought(case, "temp_token")
    if not issued or issued.person is not who:
        people.cast().now.swapped = True
        token = world.challenge(who)
        people.supersede(who, "sign-in", token)
        put(case, temp_token=token)
    put(case, code=who.backup_codes.pop())


def _disable_totp(case, who):
    if not brought(case, "code") or case.body["code"] not in who.backup_codes:
        people.cast().now.swapped = True
        put(case, code=who.backup_codes[0])
    who.backup_codes.remove(case.body["code"])


_regenerate_backup_codes = _disable_totp


def _get_profile_by_handle(case, who):
    _real(case, "handle", who.handle)


def _get_profile_by_id(case, who):
    _real(case, "user_id", who.id)


def _real(case, name, value):
    """What an earlier answer named stays."""
    people.cast().now.swapped = (case.query or {}).get(name) not in people.cast().issued
    if people.cast().now.swapped:
        put_query(case, **{name: value})


def _search_users(case, who):
    if case.meta.phase.name == "stateful" and "cursor" not in (case.query or {}):
        put_query(case, query=f"p{world.RUN}", limit=2)
    _real_cursor(case, "/v0/search/users", "next_cursor")


def _list_action_logs(case, who):
    if case.meta.phase.name == "stateful" and "cursor" not in (case.query or {}):
        # So few that there are older ones.
        case.query = {name: value for name, value in (case.query or {}).items() if name == "view"} | {"limit": 2}
    _real_cursor(case, "/v0/action-logs", "older_cursor", {people.SESSION: who.session})


def _stream_actions(case, who):
    """From an event that is known: then the next one comes at once."""
    items = world.send("GET", "/v0/action-logs?limit=50").json()["items"]
    query = {key: value for key, value in (case.query or {}).items() if key not in ("actor_id", "resource_id")}
    if "actions" in query:
        query["actions"] = ["user:create"]
    case.query = query
    if len(items) > 1:
        case.headers["Last-Event-ID"] = items[-1]["id"]


def _real_cursor(case, path, field, cookies=None):
    """A cursor is only good with the filters it was made for."""
    query = dict(case.query or {})
    issued = people.cast().issued.get(query.get("cursor"))
    if issued:
        brought = {name: query[name] for name in ("cursor", "direction") if name in query}
        case.query = {**issued.detail, **brought}
        return
    if query.pop("cursor", None) is None:
        return
    people.cast().now.swapped = True
    first = world.requests.Request("GET", world.BASE + path, params=query).prepare()
    answer = world.send("GET", first.path_url, cookies=cookies)
    cursor = answer.json().get(field) if answer.status_code == 200 else None
    case.query = {**query, "cursor": cursor} if cursor else query
