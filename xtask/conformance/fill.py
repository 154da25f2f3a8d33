"""Real values for the fields that no schema can describe: tokens from mails, codes, states, the own password.

Each entry gives an operation, whose other fields stay as generated, what it needs to be accepted. Every fifth request
that no example gives is left as it was generated, because a well-formed but unknown token must be answered properly, too.
"""

import itertools
import threading

import world

FRESH = {
    "logout": world.verified,
    "revoke_session": world.verified,
    "reauthenticate": world.verified,
    "resend_verification_email": world.registered,
    "change_password": world.verified,
    "change_email": world.verified,
    "link_google": world.verified,
    "link_github": world.verified,
    "setup_totp": world.verified,
    "enable_totp": world.verified,
    "disable_totp": world.with_totp,
    "regenerate_backup_codes": world.with_totp,
}
NEEDS_PERSON = {"login", "verify_totp", "reset_password", "confirm_email_change", "get_profile_by_handle",
                "get_profile_by_id", "check_handle_availability", "list_action_logs", "stream_actions"}
PICTURES = {"upload_profile_image", "upload_banner_image"}
TURNS = itertools.count()
# Tokens that earlier answers of the run handed out, with the cookies of their browser: a step that follows a link brings
# one of them.
ISSUED = {}
LOCK = threading.Lock()


def person(operation):
    """Who sends the request. What ends or changes a session gets a person of its own."""
    if operation == "unlink_oauth_connection":
        return world.linked("google")
    return FRESH.get(operation, world.walker)()


def fill(operation, case, who, kwargs):
    is_example = case.meta.phase.name == "examples"
    if not is_example and next(TURNS) % 5 == 4:
        return
    if operation in PICTURES:
        # Beside the example, whose own body stays: bytes that replace it would count as a broken rule.
        kwargs["data"] = world.picture()
    filler = globals().get(f"_{operation}")
    if filler:
        filler(case, who)


def learn(operation, case, response):
    """Remembers the tokens of answers, which links hand to the next step."""
    stateful = case.meta is not None and case.meta.phase.name == "stateful"
    if stateful and operation == "create_user" and response.status_code == 201:
        # Nobody sees an account before its address is proven; the steps that follow look for it.
        token = world.mailed(response.json()["email"], "verify-email")
        world.send("POST", "/v0/auth/verify-email", {"token": token})
    if response.status_code not in (200, 201) or b"_token" not in response.content:
        return
    answer = response.json()
    with LOCK:
        for name in ("temp_token", "pending_token"):
            if name in answer:
                ISSUED[answer[name]] = case.headers.get("Cookie")


def put(case, **values):
    if isinstance(case.body, dict):
        case.body = {**case.body, **values}


def put_query(case, **values):
    case.query = {**(case.query or {}), **values}


def send_cookies(case, cookies, who=None):
    """As a header: a cookie that the contract does not name would count as a broken rule."""
    if who and "session_id" in case.cookies:
        cookies = {**cookies, "session_id": who.session}
    case.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())


def came_by_link(case, field):
    return isinstance(case.body, dict) and case.body.get(field) in ISSUED


def _create_user(case, who):
    number = next(world.NUMBERS)
    put(case, password=world.password(), email=f"n{world.RUN}{number}@people.example", handle=f"n{world.RUN}{number}")


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
    someone, number = world.verified(), next(world.NUMBERS)
    address = f"c{world.RUN}{number}@people.example"
    someone.call("POST", "/v0/auth/change-email", {"new_email": address, "password": someone.password})
    put(case, token=world.mailed(address, "confirm-email-change"))


def _revoke_session(case, who):
    case.path_parameters = {"session_id": world.other_session(who)}


def _reauthenticate(case, who):
    case.body = {"password": who.password}


def _change_password(case, who):
    put(case, current_password=who.password, new_password=world.password())


def _change_email(case, who):
    put(case, password=who.password)


def _complete_signup(case, who):
    if came_by_link(case, "pending_token"):
        case.headers["Cookie"] = ISSUED[case.body["pending_token"]]
        put(case, handle=f"l{world.RUN}{next(world.NUMBERS)}")
        return
    token, cookies = world.pending(("google", "github")[next(TURNS) % 2])
    send_cookies(case, cookies)
    put(case, pending_token=token, handle=f"o{world.RUN}{next(world.NUMBERS)}")


def _provider(name, link):
    def filler(case, who):
        code, state, cookies = world.authorization(name, world.someone(), who if link else None)
        send_cookies(case, cookies, who if link else None)
        put(case, code=code, state=state)
        if isinstance(case.body, dict):
            case.body = {key: value for key, value in case.body.items() if key != "iss"}

    return filler


_login_with_google = _provider("google", False)
_login_with_github = _provider("github", False)
_link_google = _provider("google", True)
_link_github = _provider("github", True)


def _unlink_oauth_connection(case, who):
    put(case, provider="google")


def _enable_totp(case, who):
    world.set_up(who)
    put(case, code=world.totp(who.secret))


def _verify_totp(case, who):
    if came_by_link(case, "temp_token"):
        return
    someone = world.with_totp()
    put(case, temp_token=world.challenge(someone), code=someone.backup_codes[0])


def _disable_totp(case, who):
    put(case, code=who.backup_codes[0])


_regenerate_backup_codes = _disable_totp


def _get_profile_by_handle(case, who):
    put_query(case, handle=who.handle)


def _get_profile_by_id(case, who):
    put_query(case, user_id=who.id)


def _search_users(case, who):
    _real_cursor(case, "/v0/search/users", "next_cursor")


def _list_action_logs(case, who):
    _real_cursor(case, "/v0/action-logs", "older_cursor", {"session_id": who.session})


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
    if query.pop("cursor", None) is None:
        return
    first = world.requests.Request("GET", world.BASE + path, params=query).prepare()
    answer = world.send("GET", first.path_url, cookies=cookies)
    cursor = answer.json().get(field) if answer.status_code == 200 else None
    case.query = {**query, "cursor": cursor} if cursor else query
