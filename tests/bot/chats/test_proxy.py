"""A platform's address becomes the proxy to reach it through."""

import pytest

from bot.chats.proxy import proxy_for


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "inside.example")


def test_platform_is_reached_through_the_proxy():
    assert proxy_for("https://slack.com/api/") == "http://proxy.example:3128"


@pytest.mark.parametrize("url", ["http://127.0.0.1:80/", "http://localhost/", "https://inside.example/"])
def test_this_machine_and_excepted_hosts_are_not(url):
    assert proxy_for(url) is None
