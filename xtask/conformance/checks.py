"""Our own checks, stricter than Schemathesis' where the contract promises more than OpenAPI can say."""

import json
import pathlib
import re

import schemathesis
import yaml

CONTRACT = yaml.safe_load((pathlib.Path(__file__).parents[2] / "openapi.yaml").read_text())
CODE = re.compile(r"[a-z][a-z0-9_]*:[a-z][a-z0-9_]*\Z")
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-site",
}
# They say that a request breaks the contract. A request that keeps it must never hear that.
BLAMING = {"request:malformed", "request:invalid", "request:unsupported_media_type", "request:method_not_allowed"}


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
            if isinstance(secret, str) and len(secret) >= 8:
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
    meta = case.meta
    if meta is None or not meta.generation.mode.is_positive or response.status_code < 400:
        return
    if case.method != case.operation.method.upper():
        return
    body = json.loads(response.content)
    if body["code"] == "request:invalid" and all(in_words(error) for error in body["errors"]):
        return
    assert body["code"] not in BLAMING, f"{body['code']} {body.get('errors')}"


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
