"""What every answer tells the browser."""

import logging

from django.http import HttpResponse
from django.test import RequestFactory

from lkm_portal.middleware import (
    browser_rules,
    client_address,
    content_security_policy,
    request_log,
)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none';"
    " base-uri 'none'; object-src 'none'"
)


def answer(middleware, view=lambda request: HttpResponse(), cookies=None, **meta):
    """The response of `view` behind one middleware."""
    request = RequestFactory().get("/musyawarah/?nik=3520061501990001", **meta)
    request.COOKIES.update(cookies or {})
    request.id = "abc"
    return middleware(view)(request)


def test_the_policy_allows_ourselves_and_nothing_inline():
    response = answer(content_security_policy)

    assert response["Content-Security-Policy"] == POLICY


def test_a_nonce_stands_in_the_policy_only_when_a_page_used_it():
    nonces = []

    def view(request):
        nonces.append(str(request.csp_nonce))
        return HttpResponse()

    first = answer(content_security_policy, view)
    second = answer(content_security_policy, view)

    assert f"script-src 'self' 'nonce-{nonces[0]}';" in first["Content-Security-Policy"]
    assert nonces[0] != nonces[1]
    assert nonces[0] not in second["Content-Security-Policy"]


def test_a_response_with_a_policy_of_its_own_keeps_it():
    sandbox = {"Content-Security-Policy": "sandbox"}

    response = answer(
        content_security_policy, lambda request: HttpResponse(headers=sandbox)
    )

    assert response["Content-Security-Policy"] == "sandbox"


def test_the_browser_may_use_the_camera_and_nothing_else():
    policy = answer(browser_rules)["Permissions-Policy"]

    assert policy.startswith("camera=(self), ")
    assert "geolocation=()" in policy
    assert "microphone=()" in policy


def test_pages_of_a_session_stay_out_of_every_cache():
    public = answer(browser_rules)
    inside = answer(browser_rules, cookies={"sessionid": "x"})

    assert "Cache-Control" not in public
    assert inside["Cache-Control"] == "no-store"
    assert inside["Cross-Origin-Resource-Policy"] == "same-origin"


def address_seen(settings, proxies, **meta):
    """REMOTE_ADDR as the views see it."""
    settings.TRUSTED_PROXIES = proxies
    seen = []

    def view(request):
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    answer(client_address, view, **meta)
    return seen[0]


def test_only_our_own_proxy_may_say_who_asks(settings):
    forged = {"REMOTE_ADDR": "10.0.0.9", "HTTP_X_FORWARDED_FOR": "1.1.1.1, 2.2.2.2"}

    assert address_seen(settings, [], **forged) == "10.0.0.9"
    assert address_seen(settings, ["10.0.0.9"], **forged) == "2.2.2.2"


def test_the_log_line_of_a_request_has_no_query(caplog):
    caplog.set_level(logging.INFO, logger="portal.access")

    answer(request_log)

    assert caplog.messages[0].startswith("GET /musyawarah/ 200 ")
    assert "3520061501990001" not in caplog.text
