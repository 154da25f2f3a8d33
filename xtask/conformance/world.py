"""People with accounts, brought by way of the API into the state that an operation needs."""

import base64
import hashlib
import hmac
import itertools
import os
import re
import secrets
import struct
import threading
import time
import zlib
from dataclasses import dataclass, field
from urllib.parse import quote

import requests

import provider

BASE = os.environ["ACCORD_CONFORMANCE_URL"]
NUMBERS = itertools.count(1)
# Handles of one run differ from those of the next on the same database.
RUN = secrets.token_hex(2)
local = threading.local()


@dataclass
class Person:
    email: str
    handle: str
    password: str
    # Empty once it has ended.
    session: str = ""
    id: str = ""
    # Of the second factor; while it is pending, it is good for ten minutes.
    secret: str = ""
    secret_until: float = 0
    # What is under way, one of each kind: a sign-in that waits for the second factor, a trip to link an identity.
    waiting: dict = field(default_factory=dict)
    backup_codes: list = field(default_factory=list)
    # At the providers, by their names, the newest last.
    identities: list = field(default_factory=list)
    # Providers whose identity is linked now.
    links: set = field(default_factory=set)

    def addresses(self):
        return {self.email, *(identity["email"] for _, identity in self.identities)}

    def call(self, method, path, body=None, expect=(200, 201, 202, 204)):
        """A request of this person's; a session that the answer renews is kept."""
        response = send(method, path, body, {"session_id": self.session} if self.session else {})
        if response.status_code not in expect:
            raise RuntimeError(f"{method} {path}: {response.status_code} {response.text}")
        self.session = response.cookies.get("session_id") or self.session
        return response


def send(method, path, body=None, cookies=None):
    if not hasattr(local, "http"):
        local.http = requests.Session()
        local.http.trust_env = False
    local.http.cookies.clear()
    return local.http.request(method, BASE + path, json=body, cookies=cookies, timeout=10)


def stranger():
    """Somebody who never does anything but what others must not let them."""
    if not hasattr(local, "stranger"):
        local.stranger = verified()
    return local.stranger


def password():
    return f"violet harbour {secrets.token_hex(6)}"


def registered():
    """Somebody who has yet to prove an address."""
    number = next(NUMBERS)
    person = Person(f"p{RUN}{number}@people.example", f"p{RUN}{number}", password())
    answer = person.call("POST", "/v0/users",
                         {"email": person.email, "handle": person.handle, "password": person.password})
    person.id = answer.json()["id"]
    return person


def verified():
    return prove(registered())


def prove(person):
    person.call("POST", "/v0/auth/verify-email", {"token": mailed(person.email, "verify-email")})
    return person


def with_totp():
    person = verified()
    set_up(person)
    answer = person.call("POST", "/v0/auth/totp/enable", {"code": totp(person.secret)})
    person.backup_codes = answer.json()["backup_codes"]
    return person


def set_up(person):
    keep_secret(person, person.call("POST", "/v0/auth/totp/setup").json()["secret"])


def keep_secret(person, secret):
    person.secret, person.secret_until = secret, time.monotonic() + 300


def link(person, name):
    identity = someone()
    person.identities.append((name, identity))
    code, state, cookies = authorization(name, identity, person)
    cookies["session_id"] = person.session
    answer = send("POST", f"/v0/auth/oauth/{name}/link", {"code": code, "state": state}, cookies)
    assert answer.status_code == 200, answer.text
    person.links.add(name)
    return person


def someone():
    return provider.person(next(NUMBERS))


def authorization(name, identity, person=None):
    """What the provider hands back to the browser, and the cookies that bind the flow to it."""
    cookies = {"session_id": person.session} if person else {}
    answer = send("GET", f"/v0/auth/oauth/{name}/authorize?flow={'link' if person else 'login'}", cookies=cookies)
    assert answer.status_code == 200, answer.text
    code, state = provider.code_for(answer.json()["authorization_url"], identity)
    return code, state, {"oauth_binding": answer.cookies["oauth_binding"]}


def pending(name):
    """A sign-up that began at a provider."""
    code, state, cookies = authorization(name, someone())
    answer = send("POST", f"/v0/auth/oauth/{name}/login", {"code": code, "state": state}, cookies)
    assert answer.json()["status"] == "signup_required", answer.text
    cookies.update(answer.cookies.get_dict())
    return answer.json()["pending_token"], cookies


def challenge(person):
    answer = send("POST", "/v0/auth/login", {"email": person.email, "password": person.password})
    assert answer.json()["status"] == "totp_required", answer.text
    return answer.json()["temp_token"]


def sessions(person):
    return person.call("GET", "/v0/auth/sessions").json()["items"]


def other_session(person):
    """The id of another session of `person`; of the own one, where no password alone begins another."""
    send("POST", "/v0/auth/login", {"email": person.email, "password": person.password})
    return min(sessions(person), key=lambda session: session["is_current"])["id"]


def mailed(address, page):
    """The token in the newest mail of its kind to `address`, from the mailbox of development."""
    for _ in range(50):
        mails = send("GET", f"/dev/mailbox/messages?to={quote(address)}").json()["items"]
        for mail in mails:
            for link in mail["links"]:
                found = re.search(rf"/{page}[?#]token=([A-Za-z0-9_-]+)", link)
                if found:
                    return found[1]
        time.sleep(0.1)
    raise RuntimeError(f"no mail for {page} to {address}")


def totp(secret):
    """RFC 6238 with SHA-1, 30 seconds, six digits."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def picture():
    """A PNG that nobody sent before."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + secrets.token_bytes(8 * 3)
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(row * 8))
            + chunk(b"IEND", b""))
