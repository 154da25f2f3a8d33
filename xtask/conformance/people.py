"""Who sends a request, and what is known of them: each thread walks through the API as a few people, and learns from every
answer what has become of them, so that the next step finds them in the state it needs.
"""

import functools
import threading
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie

import world

SESSION = "session_id"
# What a registration may do before its address is proven.
LIMITED = {"get_me", "logout", "resend_verification_email", "change_email", "check_handle_availability"}
# What leads to a session, and what else can do without one.
SIGN_IN = {"create_user", "login", "verify_totp", "complete_signup", "login_with_google", "login_with_github"}
SIGNED_OUT = SIGN_IN | {"authorize_google", "authorize_github", "search_users", "list_action_logs"}
# What asks for the password: an account that came from a provider has none.
ASKS_PASSWORD = {"reauthenticate", "change_password", "change_email"}
# What takes a backup code.
SHOWS_CODES = {"verify_totp", "disable_totp", "regenerate_backup_codes"}


@dataclass
class Issued:
    """Something that an answer handed out for one of the next steps, and whose it is."""

    person: world.Person | None
    cookies: dict
    detail: object = None


@dataclass
class Trip:
    """To a provider and back."""

    provider: str
    flow: str
    url: str
    session: str


@dataclass
class Sent:
    """What was decided of one request."""

    person: world.Person | None = None
    # Whose identity signs in, where that is not who sends it.
    identity: world.Person | None = None
    # It has a session.
    signed_in: bool = False
    # All that it needs was filled in.
    filled: bool = False
    # A value that a link brought was not what this step can use, and another was filled in.
    swapped: bool = False
    # What a stranger heard who asked for the same before.
    stranger: object = None


@dataclass
class Cast:
    """The people of one thread."""

    walker: world.Person | None = None
    # Registered, the address not proven yet.
    newcomer: world.Person | None = None
    # To get a second factor, and those who have one.
    candidate: world.Person | None = None
    guarded: list = field(default_factory=list)
    linked: list = field(default_factory=list)
    # By provider, and whether they have a second factor: people with an identity there.
    known: dict = field(default_factory=dict)
    turn: int = 0
    # The request of the moment, and the last ones by the id of their case.
    now: "Sent | None" = None
    sent: dict = field(default_factory=dict)
    issued: dict = field(default_factory=dict)

    def sends(self, case):
        self.now = self.sent[case.id] = Sent()
        if len(self.sent) > 100:
            del self.sent[next(iter(self.sent))]
        return self.now


local = threading.local()


def cast():
    if not hasattr(local, "cast"):
        local.cast = Cast()
    return local.cast


def walker():
    """The person as whom this thread goes through the API; another one once the session has ended."""
    mine = cast()
    if mine.walker is None or not mine.walker.session:
        mine.walker = world.verified()
    return mine.walker


def newcomer():
    mine = cast()
    if mine.newcomer is None or not mine.newcomer.session:
        mine.newcomer = world.registered()
    return mine.newcomer


def candidate():
    """With a pending secret, to turn the second factor on."""
    mine = cast()
    if mine.candidate is None or not mine.candidate.session:
        mine.candidate = world.verified()
    if not mine.candidate.secret or time.monotonic() > mine.candidate.secret_until:
        world.set_up(mine.candidate)
    return mine.candidate


def guarded():
    """With the second factor on, and codes left."""
    mine = cast()
    mine.guarded = [person for person in mine.guarded if person.session and can_show_codes(person)]
    if not mine.guarded:
        mine.guarded.append(world.with_totp())
    return mine.guarded[-1]


def can_show_codes(person):
    """Also after a sign-in of their own."""
    return bool(person.password) and len(person.backup_codes) > 2


def linked():
    mine = cast()
    mine.linked = [person for person in mine.linked if person.session and person.links]
    if not mine.linked:
        mine.linked.append(world.link(world.verified(), "google"))
    return mine.linked[-1]


def unguarded():
    """Without a second factor."""
    if walker().backup_codes:
        cast().walker = None
    return walker()


def known(provider, guarded):
    """Somebody with an account who can sign in by a provider, with or without a second factor."""
    mine = cast()
    person = mine.known.get((provider, guarded))
    if person is None or provider not in person.links or guarded and len(person.backup_codes) < 2:
        person = world.link(world.with_totp() if guarded else world.verified(), provider)
        mine.known[provider, guarded] = person
    return person


def signer():
    """With and without a second factor, in turn."""
    mine = cast()
    mine.turn += 1
    if mine.turn % 3 == 0:
        return guarded()
    if not walker().password:
        mine.walker = None
    return walker()


CHOICE = {
    "login": signer,
    "verify_totp": guarded,
    "setup_totp": unguarded,
    "resend_verification_email": newcomer,
    "link_google": world.verified,
    "link_github": world.verified,
    "unlink_oauth_connection": linked,
    "list_oauth_connections": linked,
    "enable_totp": candidate,
    "disable_totp": guarded,
    "regenerate_backup_codes": guarded,
}


def choose(operation, case, positive):
    """Who sends the request. Data that is meant to be wrong changes nobody's state: anybody will do."""
    if not positive:
        return walker()
    mine = cast()
    if mine.newcomer and operation not in LIMITED:
        world.prove(mine.newcomer)
        mine.newcomer = None
    issued = owner(case)
    if issued and issued.person and fits(issued.person, operation):
        return issued.person
    if operation in CHOICE:
        return CHOICE[operation]()
    if operation in ASKS_PASSWORD and not walker().password:
        mine.walker = None
    return walker()


def fits(person, operation):
    """Whether the operation can succeed for who was handed something out."""
    if operation in SHOWS_CODES:
        return can_show_codes(person)
    return operation.removeprefix("link_") not in person.links


def owner(case):
    """What an earlier answer handed out and this request brings along, unless its owner's session has ended."""
    issued = cast().issued
    places = [case.path_parameters, case.query, case.body if isinstance(case.body, dict) else {}]
    for values in places:
        for value in (values or {}).values():
            if isinstance(value, str) and value in issued:
                found = issued[value]
                if found.person is None or found.person.session:
                    return found
                del issued[value]
    return None


def watch(operation, response):
    """What an answer tells of its sender's session."""
    person = cast().now.person
    renewed = session_in(response)
    if person is None or renewed is None and response.status_code != 401:
        return
    if operation in SIGN_IN and renewed:
        # Whoever signs in with a session loses it, for one of the account that signed in.
        user = response.json().get("user") or {}
        renewed = renewed if user.get("id") == person.id else ""
    person.session = renewed or ""


def begins_anew(operation, response):
    """An answer to a request that was meant to be wrong and was let through: what was under way may have ended."""
    if operation.startswith("authorize_") and response.status_code == 200:
        end(cast().now.person, "link")


def learn(operation, case, response):
    """What an answer tells of its sender, and hands out for the steps that follow."""
    watch(operation, response)
    mine = cast()
    person = mine.now.person
    if b'"totp:' in response.content:
        # Wrong codes in a row slow an account down.
        mine.guarded = [other for other in mine.guarded if other is not person]
    if not 200 <= response.status_code < 300:
        return
    stateful = case.meta is not None and case.meta.phase.name == "stateful"
    if stateful and response.content:
        remember(mine, response)
    learner = globals().get(f"_{operation}")
    if learner and (person or operation in SIGNED_OUT):
        body = response.json() if response.content else None
        learner(mine, case, response, body, stateful)


def remember(mine, response):
    """The people that an answer names."""
    try:
        body = response.json()
    except ValueError:
        return
    for user in [body, body.get("user"), *body.get("items", [])]:
        for name in ("id", "handle"):
            if isinstance(user, dict) and user.get(name):
                mine.issued.setdefault(user[name], Issued(None, {}))


def session_in(response):
    """The session that an answer sets: a new one, empty when it ends, `None` when it says nothing of it."""
    for header in response.headers.get("set-cookie", []):
        morsel = SimpleCookie(header).get(SESSION)
        if morsel is not None:
            return morsel.value
    return None


def _create_user(mine, case, response, body, stateful):
    if stateful and mine.now.filled:
        if mine.newcomer:
            # A later step may ask for the profile.
            world.prove(mine.newcomer)
        mine.newcomer = mine.walker = world.Person(
            body["email"], body["handle"], case.body["password"], session_in(response), body["id"])


def _sign_in(mine, case, response, body, stateful):
    """The steps that follow are those of whoever signed in."""
    if not stateful or not mine.now.filled:
        return
    session = session_in(response)
    if body["status"] == "authenticated":
        user, known = body["user"], mine.now.identity or mine.now.person
        if known is None or known.id != user["id"]:
            known = world.Person(user["email"], user["handle"], "", session, user["id"], links={"google", "github"})
        known.session = session
        mine.walker = known
    for name in ("temp_token", "pending_token"):
        if name in body:
            cookies = cookies_of(response) or cookies_sent(case)
            person = (mine.now.identity or mine.now.person) if name == "temp_token" else None
            mine.issued[body[name]] = Issued(person, cookies)
            if person:
                supersede(person, "sign-in", body[name])


_login = _verify_totp = _complete_signup = _login_with_google = _login_with_github = _sign_in


def supersede(person, kind, token):
    """What begins anew ends what was under way: a sign-in, the one that waits for its second factor."""
    end(person, kind)
    person.waiting[kind] = token


def end(person, kind):
    """What is under way leads nowhere any more."""
    if person:
        cast().issued.pop(person.waiting.pop(kind, None), None)


def _begin(provider, mine, case, response, body, stateful):
    if stateful:
        cookies = {**cookies_sent(case), **cookies_of(response)}
        flow = (case.query or {}).get("flow", "login")
        # To link, the session that began it must come back: another one of the same person will not do.
        session = mine.now.person.session if mine.now.person else ""
        if flow == "link":
            supersede(mine.now.person, "link", body["state"])
        mine.issued[body["state"]] = Issued(mine.now.person, cookies, Trip(provider, flow, body["authorization_url"], session))


_authorize_google = functools.partial(_begin, "google")
_authorize_github = functools.partial(_begin, "github")


def _link_google(mine, case, response, body, stateful):
    mine.now.person.links.add(body["provider"])
    mine.linked.append(mine.now.person)


_link_github = _link_google


def _unlink_oauth_connection(mine, case, response, body, stateful):
    mine.now.person.links.discard(case.body["provider"])


def _list_sessions(mine, case, response, body, stateful):
    if stateful:
        for session in body["items"]:
            mine.issued[session["id"]] = Issued(mine.now.person, {})


def _change_password(mine, case, response, body, stateful):
    end(mine.now.person, "sign-in")
    mine.now.person.password = case.body["new_password"]


def _change_email(mine, case, response, body, stateful):
    if mine.now.filled and mine.now.person is mine.newcomer:
        # A typing error is mended: the verification mail goes to the new address.
        mine.newcomer.email = case.body["new_email"]


def _setup_totp(mine, case, response, body, stateful):
    if stateful:
        world.keep_secret(mine.now.person, body["secret"])
        mine.candidate, mine.walker = mine.now.person, None


def _enable_totp(mine, case, response, body, stateful):
    end(mine.now.person, "sign-in")
    mine.candidate = None
    mine.guarded.append(mine.now.person)
    _codes(mine, case, response, body, stateful)


def _codes(mine, case, response, body, stateful):
    mine.now.person.backup_codes = body["backup_codes"]
    if stateful:
        for code in body["backup_codes"]:
            mine.issued[code] = Issued(mine.now.person, {})


_regenerate_backup_codes = _codes


def _disable_totp(mine, case, response, body, stateful):
    mine.guarded = [person for person in mine.guarded if person is not mine.now.person]
    mine.now.person.backup_codes, mine.now.person.secret = [], ""


def _search_users(mine, case, response, body, stateful):
    """A cursor is only good with the filters it was made for."""
    if stateful:
        asked = {name: value for name, value in (case.query or {}).items() if name not in ("cursor", "direction")}
        for name in ("next_cursor", "older_cursor", "newer_cursor"):
            if name in body:
                mine.issued[body[name]] = Issued(mine.now.person, {}, asked)


_list_action_logs = _search_users


def cookies_of(response):
    found = {}
    for header in response.headers.get("set-cookie", []):
        found.update({name: morsel.value for name, morsel in SimpleCookie(header).items() if name != SESSION})
    return found


def cookies_sent(case):
    sent = SimpleCookie(case.headers.get("Cookie") or "")
    return {name: morsel.value for name, morsel in sent.items() if name != SESSION}
