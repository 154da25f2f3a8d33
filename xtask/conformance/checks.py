"""Our own checks, stricter than Schemathesis' where the contract promises more than OpenAPI can say."""

import json
import pathlib
import re

import people
import schemathesis
import tally
import yaml

TEXT = (pathlib.Path(__file__).parents[2] / "openapi.yaml").read_text()
CONTRACT = yaml.safe_load(TEXT)
CODE = re.compile(r"[a-z][a-z0-9_]*:[a-z][a-z0-9_]*\Z")
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-site",
}
# They say that a request breaks the contract. A request that keeps it must never hear that.
BLAMING = {"request:malformed", "request:invalid", "request:unsupported_media_type", "request:method_not_allowed"}
# The answers to values that the contract allows and that are nobody's, or that fit another state of the account.
UNKNOWN = {
    "change_email": {"password:incorrect", "password:required"},
    "change_password": {"password:incorrect", "password:required", "password:too_weak"},
    "complete_signup": {"token:invalid", "user:handle_reserved"},
    "confirm_email_change": {"token:invalid"},
    "create_user": {"password:too_weak", "user:handle_reserved"},
    "disable_totp": {"totp:invalid_code", "totp:not_enabled"},
    "enable_totp": {"totp:invalid_code", "totp:setup_required"},
    "link_github": {"oauth:invalid_state", "oauth:invalid_code"},
    "link_google": {"oauth:invalid_state", "oauth:invalid_code"},
    "login_with_github": {"oauth:invalid_state", "oauth:invalid_code"},
    "login_with_google": {"oauth:invalid_state", "oauth:invalid_code"},
    "reauthenticate": {"password:incorrect", "totp:not_enabled", "totp:invalid_code"},
    "regenerate_backup_codes": {"totp:invalid_code", "totp:not_enabled"},
    "resend_verification_email": {"email:already_verified"},
    "reset_password": {"token:invalid", "password:too_weak"},
    "unlink_oauth_connection": {"oauth:cannot_unlink_last_connection"},
    "upload_banner_image": {"file:unsupported_type", "file:unreadable"},
    "upload_profile_image": {"file:unsupported_type", "file:unreadable"},
    "verify_email": {"token:invalid"},
    "verify_totp": {"token:invalid", "totp:invalid_code"},
}
# Headers of HTTP itself, not of any operation.
FRAMING = {"connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade"}
# Answers for everybody: no address is in them at all.
PUBLIC = {"get_profile_by_handle", "get_profile_by_id", "search_users", "check_handle_availability", "list_action_logs",
          "stream_actions", "health_check"}
# The addresses of the run's people, as `world` makes them.
ADDRESS = re.compile(r"[a-z0-9]+@(?:people|provider)\.example")


def resolve(node):
    while "$ref" in node:
        target = CONTRACT
        for name in node["$ref"].removeprefix("#/").split("/"):
            target = target[name.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def declared_codes(definition):
    codes = {(int(status), code) for status, names in CONTRACT["x-edge"].items() for code in names}
    for status, response in definition["responses"].items():
        examples = resolve(response).get("content", {}).get("application/json", {}).get("examples", {})
        codes |= {(int(status), name) for name in examples}
    return codes


@schemathesis.check
def error_envelope(ctx, response, case):
    """SECURITY: E-1, E-2. One shape, and only the codes that the contract names for this operation and status."""
    if response.status_code < 400:
        return
    body = json.loads(response.content)
    assert body["status"] == response.status_code, f"`status` is {body['status']}"
    assert CODE.match(body["code"]), f"{body['code']!r} is no code"
    assert body["request_id"] == response.headers["x-request-id"][0], "the body names another request"
    path = CONTRACT["paths"][case.operation.path]
    definition = path.get(case.method.lower(), case.operation.definition.raw)
    found = (response.status_code, body["code"])
    assert found in declared_codes(definition), f"the contract does not declare {found}"


@schemathesis.check
def no_secret_echo(ctx, response, case):
    """SECURITY: E-3. What was sent as a secret is in no answer."""
    if isinstance(case.body, dict):
        for name in ("password", "current_password", "new_password", "token", "temp_token", "pending_token", "code"):
            secret = case.body.get(name)
            # An answer names the fields that it does not know, and chance may call one like a secret. It may also take a
            # word of the contract, as is in many answers, for a secret.
            if isinstance(secret, str) and len(secret) >= 8 and secret not in case.body and secret not in TEXT:
                assert secret not in response.text, f"the answer holds `{name}`"


@schemathesis.check
def protective_headers(ctx, response, case):
    """SECURITY: 3.2.1, 3.4.4, 3.4.5, 3.5.8, 14.2.2. On every answer, whatever it says."""
    for name, value in HEADERS.items():
        assert response.headers.get(name) == [value], f"{name}: {response.headers.get(name)}"
    policy = response.headers.get("content-security-policy", [""])[0]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, f"policy: {policy}"
    assert "no-store" in response.headers.get("cache-control", [""])[0], "the answer may be stored"


@schemathesis.check
def good_requests_are_not_blamed(ctx, response, case):
    """A refusal of a request that keeps the contract has a reason of the domain, never one of its form."""
    if not is_good(case) or response.status_code < 400:
        return
    body = json.loads(response.content)
    if body["code"] == "request:invalid" and all(in_words(error) for error in body["errors"]):
        return
    assert body["code"] not in BLAMING, f"{body['code']} {body.get('errors')}"


@schemathesis.check
def complete_requests_succeed(ctx, response, case):
    """A request that keeps the contract, and whose tokens, codes and passwords are real, is accepted."""
    sent = people.cast().sent.get(case.id)
    if not is_good(case) or not sent or not sent.filled or 200 <= response.status_code < 300:
        return
    body = json.loads(response.content)
    if body["code"] == "request:invalid" and all(in_words(error) for error in body["errors"]):
        return
    # Where a session is needed for some of what may be asked, who has none is not complete.
    if body["code"] == "auth:session_required" and not sent.signed_in:
        return
    raise AssertionError(f"{operation(case)}: {response.status_code} {body['code']} {body.get('errors', '')}")


@schemathesis.check
def only_ones_own(ctx, response, case):
    """SECURITY: 8.2.2, 8.2.3. No answer tells the address of anybody but who asks, and what belongs to another looks
    nonexistent. (The check `object_level_authorization` looks at objects that are read by their id. Here only sessions
    have an id and an owner, and they are not read but ended.)"""
    sent = people.cast().sent.get(case.id) or people.Sent()
    if sent.stranger is not None:
        body = json.loads(sent.stranger.content or b"{}")
        heard = (sent.stranger.status_code, body.get("code"))
        assert heard == (404, "session:not_found"), f"a stranger heard {heard}"
    own = sent.person.addresses() if sent.person and operation(case) not in PUBLIC else set()
    if operation(case) not in people.SIGN_IN and (sent.person or operation(case) in PUBLIC):
        told = set(ADDRESS.findall(response.text))
        others = told - own - set(ADDRESS.findall(json.dumps(case.body, default=str)))
        assert not others, f"the answer holds {others}"


@schemathesis.check
def links_are_counted(ctx, response, case):
    """Never fails: the tally tells which links of the contract were followed, and to what end."""
    node = ctx.internals.recorder and ctx.internals.recorder.cases.get(case.id)
    sent = people.cast().sent.get(case.id)
    if node and sent and not sent.swapped and node.transition and not node.transition.is_inferred and node.is_transition_applied:
        tally.count_link(node.transition.id, 200 <= response.status_code < 300)


def is_good(case):
    """Whether the request is meant to keep the contract."""
    meta = case.meta
    return meta is not None and meta.generation.mode.is_positive and case.method == case.operation.method.upper()


def operation(case):
    return case.operation.definition.raw["operationId"]


def is_unknown_value(case, response):
    """Whether a 400 is about a value of the right form that nobody has, as a token or a password."""
    body = json.loads(response.content)
    if response.status_code != 400:
        return False
    if body["code"] == "request:invalid":
        return all(in_words(error) for error in body["errors"])
    return body["code"] in UNKNOWN.get(operation(case), ())


def is_no_http(case, response):
    """Whether a header that frames the request, or names its host, made it unreadable: no operation hears of it, and
    what answers is in `x-edge`. The tests of tests/it/edge send such requests on purpose."""
    body = json.loads(response.content)
    edge = body.get("code") in CONTRACT["x-edge"].get(str(response.status_code), [])
    return edge and any(name.lower() in FRAMING for name in case.headers)


def is_unproven(case, response):
    """Whether it is the profile of a registration, which is none until its address is proven. Where it is proven, which
    it is for every request that is filled in, `complete_requests_succeed` wants the profile."""
    sent = people.cast().sent.get(case.id)
    profile = operation(case) in ("get_profile_by_id", "get_profile_by_handle")
    return profile and response.status_code == 404 and not (sent and sent.filled)


def in_words(error):
    """Rules that the contract states in the description because JSON Schema has no keyword for them that every generator
    reads: a password's length counts after NFC normalisation (maxLength counts before it), a cursor is good for the
    list that it came from, and `reauthenticate` takes exactly one of its two fields."""
    return error["code"] == "control_character" or (error["field"], error["code"]) in {
        ("password", "length"),
        ("new_password", "length"),
        ("cursor", "unknown"),
        ("cursor", "cursor"),
        ("", "exactly_one"),
    }
