import json
import logging

import pytest
from django.test import RequestFactory
from django.urls import resolve

from portal import logs
from portal.middleware import RequestLogMiddleware


def test_addresses_are_hidden():
    event = {"event": "Key (email)=(mei.lin+x@demo-a.example) exists", "code": 500}

    assert logs.hide_addresses(None, "", event) == {"event": "Key (email)=(<address>) exists", "code": 500}


def test_a_request_is_logged_by_its_route_without_path_and_query():
    request = RequestFactory().get("/healthz", {"token": "secret"})
    request.resolver_match = resolve("/healthz")

    assert RequestLogMiddleware.format_request(request) == "GET healthz"


def test_a_request_without_a_route_shows_nothing_of_its_path():
    request = RequestFactory().get("/en/signed/secret-token/")

    assert RequestLogMiddleware.format_request(request) == "GET (no route)"


@pytest.mark.parametrize("path", ["/healthz?token=secret", "/en/no-such-page/secret/"])
def test_production_logs_json_with_a_request_id_and_no_secret(manage, path):
    code = (
        "from portal import logs; import logging.config;"
        "logging.config.dictConfig(logs.configure(as_json=True));"
        f"from django.test import Client; Client().get({path!r})"
    )

    answer = manage("shell", "--no-imports", "-c", code)

    lines = [json.loads(line) for line in answer.stderr.splitlines() if line.startswith("{")]
    finished = [line for line in lines if line["event"] == "request_finished"]
    assert len(finished) == 1, answer.stderr
    assert finished[0]["request_id"]
    assert "secret" not in answer.stderr


def test_levels_below_information_are_left_out():
    assert logs.configure(as_json=True)["root"]["level"] == "INFO"
    assert logging.getLogger("django.request").level == logging.CRITICAL
