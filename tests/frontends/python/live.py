"""The scenario of scenario.ts through the generated Python client, which keeps its types to mypy's strictest."""

import base64
import json
import os
import re
import sys
import time
import traceback
import urllib.parse
import urllib.request
from collections.abc import Callable
from http.cookies import SimpleCookie

from accord_api import (
    ActionKind,
    ActionLogsApi,
    ActionLogView,
    ApiClient,
    ApiException,
    ApiResponse,
    AuthApi,
    Configuration,
    CreateUserRequest,
    Error,
    HealthApi,
    LoginRequest,
    SearchApi,
    SignInResult,
    UpdateMeRequest,
    UserApi,
    UsersApi,
    VerifyEmailRequest,
)

BASE_URL = os.environ["ACCORD_BASE_URL"]
EMAIL, HANDLE, PASSWORD = "ada@example.com", "ada_l", "tangerine umbrella voyage"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

configuration = Configuration(host=BASE_URL)
client, stranger = ApiClient(configuration), ApiClient(Configuration(host=BASE_URL))
auth, user, users = AuthApi(client), UserApi(client), UsersApi(client)


def refused(status: int, code: str, call: Callable[[], object]) -> Error:
    try:
        call()
    except ApiException as refusal:
        problem = Error.from_json(refusal.body or "")
        assert problem is not None
        assert (refusal.status, problem.code.value) == (status, code), refusal
        return problem
    raise AssertionError(f"not refused: {code}")


def keep_session(response: ApiResponse[SignInResult]) -> SignInResult:
    headers = {name.lower(): value for name, value in (response.headers or {}).items()}
    cookies = SimpleCookie(headers["set-cookie"])
    configuration.access_token = cookies["session_id"].value
    return response.data


def token_of_mail() -> str:
    url = f"{BASE_URL}/dev/mailbox/messages?to={urllib.parse.quote(EMAIL)}"
    for _ in range(50):
        with urllib.request.urlopen(url) as response:
            found = re.search(r"token=([\w-]+)", str(json.load(response)["items"]))
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError("no mail")


def account(**other: str) -> CreateUserRequest:
    return CreateUserRequest.model_validate({"email": EMAIL, "handle": HANDLE, "password": PASSWORD} | other)


def health() -> None:
    assert HealthApi(stranger).health_check().status == "ok"


def too_weak() -> None:
    problem = refused(400, "password:too_weak", lambda: users.create_user(account(password="password1")))
    assert problem.errors and problem.errors[0].var_field == "password"


def register() -> None:
    created = users.create_user_with_http_info(account())
    assert (created.status_code, created.data.handle, created.data.email_verified) == (201, HANDLE, False)


def taken() -> None:
    refused(409, "user:handle_already_exists", lambda: UsersApi(stranger).create_user(account(email="eve@example.com")))


def unverified() -> None:
    request = LoginRequest(email=EMAIL, password=PASSWORD)
    refused(401, "auth:invalid_credentials", lambda: AuthApi(stranger).login(request))


def wrong_token() -> None:
    request = VerifyEmailRequest(token="of-no-mail-whatever")
    refused(400, "token:invalid", lambda: auth.verify_email(request))


def verify() -> None:
    assert auth.verify_email_with_http_info(VerifyEmailRequest(token=token_of_mail())).status_code == 204


def login() -> None:
    result = keep_session(auth.login_with_http_info(LoginRequest(email=EMAIL, password=PASSWORD)))
    assert result.status == "authenticated" and result.user and result.user.handle == HANDLE


def me() -> None:
    own = user.get_me()
    assert (own.email, own.email_verified) == (EMAIL, True)


def set_keep_and_clear() -> None:
    assert user.update_me(UpdateMeRequest(bio="First programmer.")).bio == "First programmer."
    assert user.update_me(UpdateMeRequest(display_name="Ada")).bio == "First programmer."
    assert user.update_me(UpdateMeRequest(bio=None)).bio is None


def invalid() -> None:
    # The generated model refuses what the contract refuses; so this goes around it.
    request = UpdateMeRequest.model_construct(display_name=" ")
    problem = refused(400, "request:invalid", lambda: user.update_me(request))
    assert problem.errors and problem.errors[0].var_field == "display_name"


def upload() -> None:
    image = user.upload_profile_image(PICTURE)
    assert (image.content_type, image.width) == ("image/webp", 512)
    with urllib.request.urlopen(image.url) as response:
        assert response.status == 200


def no_picture() -> None:
    refused(400, "file:unsupported_type", lambda: user.upload_profile_image(b"no picture"))


def search() -> None:
    found = SearchApi(stranger).search_users(query="ada_k", limit=5)
    assert [item.handle for item in found.items] == [HANDLE]


def profile() -> None:
    assert UsersApi(stranger).get_profile_by_handle(handle=HANDLE).profile_image_url


def handle() -> None:
    answer = UsersApi(stranger).check_handle_availability(handle=HANDLE)
    assert (answer.available, answer.reason) == (False, "taken")


def not_found() -> None:
    refused(404, "user:not_found", lambda: UsersApi(stranger).get_profile_by_handle(handle="nobody"))


def action_log() -> None:
    kinds = [ActionKind("user:edit"), ActionKind("user:image")]
    page = ActionLogsApi(client).list_action_logs(view=ActionLogView.OWN, actions=kinds)
    assert {item.action for item in page.items} == set(kinds)


def logout() -> None:
    assert auth.logout_with_http_info().status_code == 204
    refused(401, "auth:session_required", user.get_me)


STEPS = [
    health, too_weak, register, taken, unverified, wrong_token, verify, login, me, set_keep_and_clear, invalid, upload,
    no_picture, search, profile, handle, not_found, action_log, logout,
]  # fmt: skip


def main() -> None:
    passed = 0
    for step in STEPS:
        try:
            step()
            passed += 1
        except Exception:
            print(f"{step.__name__}:", traceback.format_exc(), file=sys.stderr)
    print(json.dumps({"passed": passed, "total": len(STEPS)}))


main()
