"""What Schemathesis cannot know of this API: who is signed in, and where tokens and codes come from.

The provider below only marks which requests carry a session. What the mark stands for is decided when the request is
sent, so that a sign-out in one example leaves the next one signed in. Requests whose data is meant to be wrong keep
their wrong data; only the session is real, so that they get past it.
"""

import functools
import os
import pathlib
import sys
import traceback

import schemathesis

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import checks  # noqa: E402 registers our own checks
from checks import is_good, operation  # noqa: E402
import fill  # noqa: E402
import people  # noqa: E402
import tally  # noqa: E402
import provider  # noqa: E402
import steps  # noqa: E402,F401 lets the stateful phase go on

MARK = "session-of-the-run"
LIMITED = os.environ["ACCORD_CONFORMANCE_LIMITED"] == "true"
SIGNED_IN = os.environ["ACCORD_CONFORMANCE_AS"] == "user"
# These need an account, though no session.
NEEDS_PERSON = {"login", "verify_totp", "get_profile_by_handle", "get_profile_by_id", "list_action_logs"}

provider.start(int(os.environ["ACCORD_CONFORMANCE_PROVIDER_PORT"]))

if SIGNED_IN:

    @schemathesis.auth(refresh_interval=None)
    class Session:
        """Alternately by cookie and by bearer token."""

        turn = 0

        def get(self, case, ctx):
            return MARK

        def set(self, case, mark, ctx):
            Session.turn += 1
            case.headers.pop("Authorization", None)
            if Session.turn % 2:
                case.cookies["session_id"] = mark
            else:
                case.cookies.pop("session_id", None)
                case.headers["Authorization"] = f"Bearer {mark}"


def told(hook):
    """Schemathesis goes on after an exception of a hook, with a request that is not what it should be."""

    @functools.wraps(hook)
    def inner(ctx, case, *more):
        try:
            return hook(ctx, case, *more)
        except Exception:
            tally.stumbled(operation(case), traceback.format_exc())
            raise

    return inner


@schemathesis.hook
@told
def before_call(ctx, case, kwargs):
    name = operation(case)
    sent = people.cast().sends(case)
    fill.mend_host(case)
    marked = case.cookies.get("session_id") == MARK or case.headers.get("Authorization") == f"Bearer {MARK}"
    sent.signed_in = marked
    # Without a session where one is needed, and where limits are real, no value helps.
    helps = is_good(case) and not LIMITED and (marked or not needs_session(case)) and fill.turn(name, case)
    if marked or helps and name in NEEDS_PERSON:
        sent.person = people.choose(name, case, is_good(case))
    if helps:
        fill.fill(name, case, sent.person, kwargs)
        sent.filled = True
    else:
        fill.spend(case)
    if marked and case.cookies.get("session_id") == MARK:
        case.cookies["session_id"] = sent.person.session
    elif marked:
        case.headers["Authorization"] = f"Bearer {sent.person.session}"


@schemathesis.hook
@told
def after_call(ctx, case, response):
    if is_good(case):
        people.learn(operation(case), case, response)
    else:
        people.watch(operation(case), response)
        people.begins_anew(operation(case), response)
    tally.count(operation(case), case, is_good(case), response)


@schemathesis.hook
def filter_failure(ctx, failure, case, response):
    """What the checks cannot know. Each is let through where `checks` knows why, and nowhere else."""
    kind = type(failure).__name__
    if kind == "RejectedPositiveData":
        return not checks.is_unknown_value(case, response)
    if kind == "UndefinedStatusCode":
        return not checks.is_no_http(case, response)
    if kind == "EnsureResourceAvailability":
        return not checks.is_unproven(case, response)
    return True


@schemathesis.hook
def before_load_schema(ctx, raw_schema):
    """The contract as Schemathesis should read it: stricter, and with what its words are not enough for."""
    for schema in raw_schema["components"]["schemas"].values():
        if "properties" in schema:
            # A field that the contract does not know is a leak.
            schema.setdefault("additionalProperties", False)
    for link in raw_schema["components"].get("links", {}).values():
        if "x-body" in link:
            link["requestBody"] = link.pop("x-body")
    # OpenAPI 3.0 has no words for one event of a stream, which is what Schemathesis looks at.
    event = {"type": "string", "maxLength": 64, "pattern": "^[a-z]+(:[a-z_]+)?$"}
    # Empty, it tells the reader to forget the id it asked with: there is no event yet to go on from.
    identity = {"type": "string", "pattern": "^([0-9a-f-]{36})?$"}
    raw_schema["components"]["schemas"]["EventStream"] = {
        "type": "object",
        "required": ["event", "data"],
        "additionalProperties": False,
        "properties": {"id": identity, "event": event, "data": {"type": "string"},
                       "retry": {"type": "integer", "minimum": 1000}},
    }


def needs_session(case):
    """Whether the contract lets nobody in without one."""
    return bool(case.operation.definition.raw["security"]) and {} not in case.operation.definition.raw["security"]


