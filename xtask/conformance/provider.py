"""Google and GitHub on this machine, for one conformance run: who signs in there is whoever `code` was made for."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
# What was handed out and not used yet: codes, and GitHub's access tokens. The run ends before this grows.
GRANTS = {}
PEOPLE = {}


def code_for(authorization_url, person):
    """The code that the provider would send `person` back with, from the page that Accord sent it to."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(authorization_url).query).items()}
    code = secrets.token_urlsafe(24)
    GRANTS[code] = {"person": person, "challenge": asked["code_challenge"], "nonce": asked.get("nonce"),
                    "client": asked["client_id"], "redirect": asked["redirect_uri"]}
    return code, asked["state"]


def person(number):
    return {"id": 1_000_000 + number, "email": f"octo{number}@provider.example", "login": f"octo-{number}",
            "name": f"Octo {number}"}


def redeem(form):
    grant = GRANTS.pop(form.get("code", ""), None)
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    good = grant and grant["challenge"] == challenge and grant["redirect"] == form.get("redirect_uri")
    return grant if good else None


class Provider(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    issuer = ""

    def do_GET(self):
        path = urlsplit(self.path).path
        if path == "/.well-known/openid-configuration":
            return self.answer(200, discovery(self.issuer))
        if path == "/jwks":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return self.answer(200, {"keys": [{**key, "kid": "run", "use": "sig", "alg": "RS256"}]})
        someone = PEOPLE.get(self.headers.get("authorization", "").removeprefix("Bearer "))
        if someone and path == "/user":
            return self.answer(200, {"id": someone["id"], "login": someone["login"], "name": someone["name"]})
        if someone and path == "/user/emails":
            return self.answer(200, [{"email": someone["email"], "primary": True, "verified": True}])
        return self.answer(404, {"message": "Not Found"})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        grant = redeem(form)
        path = urlsplit(self.path).path
        if path == "/token":
            if not grant:
                return self.answer(400, {"error": "invalid_grant"})
            return self.answer(200, {"access_token": secrets.token_hex(16), "token_type": "Bearer",
                                     "expires_in": 3600, "id_token": id_token(self.issuer, grant)})
        if path == "/access_token":
            # GitHub answers errors with 200.
            if not grant:
                return self.answer(200, {"error": "bad_verification_code"})
            token = secrets.token_hex(16)
            PEOPLE[token] = grant["person"]
            return self.answer(200, {"access_token": token, "token_type": "bearer", "scope": "read:user,user:email"})
        return self.answer(404, {"message": "Not Found"})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def id_token(issuer, grant):
    now, someone = int(time.time()), grant["person"]
    claims = {"iss": issuer, "aud": grant["client"], "sub": str(someone["id"]), "iat": now, "exp": now + 600,
              "nonce": grant["nonce"], "email": someone["email"], "email_verified": True, "name": someone["name"]}
    return jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "run"})


def discovery(issuer):
    return {"issuer": issuer, "authorization_endpoint": f"{issuer}/authorize", "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks", "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"], "scopes_supported": ["openid", "email", "profile"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "code_challenge_methods_supported": ["S256"]}


def start(port):
    """Serves until the process ends."""
    Provider.issuer = f"http://127.0.0.1:{port}"
    server = ThreadingHTTPServer(("127.0.0.1", port), Provider)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
