"""Stands before the server and breaks one promise of it: `breaker.py PORT SERVER-PORT WAY`. The gate must see each."""

import http.client
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PORT, SERVER, WAY = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
HOP = {"connection", "transfer-encoding", "content-length", "keep-alive"}
# What let somebody in before, for those who bring nothing.
credentials = {}


def validation(handler, headers, body):
    """Fields that the contract does not know are ignored instead of refused."""
    if handler.command == "PATCH" and body:
        try:
            fields = json.loads(body)
        except ValueError:
            return body
        if isinstance(fields, dict):
            return json.dumps({name: fields[name] for name in ("display_name", "bio") if name in fields}).encode()
    return body


def auth(handler, headers, body):
    """One operation lets everybody in."""
    if urlsplit(handler.path).path == "/v0/auth/totp/status":
        mine = {name: value for name, value in headers.items() if name.lower() in ("cookie", "authorization")}
        credentials.update(mine if mine and not credentials else {})
        for name in mine:
            del headers[name]
        headers.update(credentials)
    return body


def field(handler, status, headers, body):
    """A profile tells more than it should."""
    if status == 200 and urlsplit(handler.path).path == "/v0/users/profile":
        return status, json.dumps({**json.loads(body), "email_verified": True}).encode()
    return status, body


def address(handler, status, headers, body):
    """A profile tells an address in a field that the contract knows."""
    if status == 200 and urlsplit(handler.path).path == "/v0/users/profile":
        return status, json.dumps({**json.loads(body), "bio": "p1@people.example"}).encode()
    return status, body


def header(handler, status, headers, body):
    """A header that every answer declares is missing."""
    headers.pop("x-request-id", None)
    return status, body


def protection(handler, status, headers, body):
    """A header that protects browsers is missing."""
    headers.pop("x-content-type-options", None)
    return status, body


def owner(handler, status, headers, body):
    """A session that is not there, or not one's own, looks ended."""
    return (204, b"") if handler.command == "DELETE" and status == 404 else (status, body)


ASKED = {"validation": validation, "auth": auth}
ANSWERED = {"field": field, "address": address, "header": header, "protection": protection, "owner": owner}


class Breaker(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def pass_on(self):
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length) if length else None
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        if WAY in ASKED:
            body = ASKED[WAY](self, headers, body)
        server = http.client.HTTPConnection("127.0.0.1", SERVER, timeout=10)
        server.request(self.command, self.path, body, headers)
        answer = server.getresponse()
        status, body = answer.status, answer.read()
        headers = {name.lower(): value for name, value in answer.getheaders() if name.lower() not in HOP}
        if WAY in ANSWERED:
            status, body = ANSWERED[WAY](self, status, headers, body)
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = do_OPTIONS = do_TRACE = do_QUERY = pass_on

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", PORT), Breaker).serve_forever()
