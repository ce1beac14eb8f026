"""What a preview must not give away: files beside its folder, and pages to other sites."""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.conftest import SiteFolder, article
from tests.serving import Server, serving

SECRET = "the words that must not get out"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a site that has secrets around it, and links that lead out of it."""
    site = SiteFolder(tmp_path_factory.mktemp("site"))
    site.write(
        {
            "sitegen.toml": 'title = "Test"\n',
            "content/storks.md": article("Storks"),
            "content/news/harbour.md": article("Harbour"),
            "secret.txt": SECRET,
            ".sitegen/secret.txt": SECRET,
            ".sitegen/preview-secret/secret.txt": SECRET,
        }
    )
    with serving(site.root) as started:
        preview = site.root / ".sitegen/preview"
        (preview / "out").symlink_to(site.root, target_is_directory=True)
        (preview / "out.txt").symlink_to(site.root / "secret.txt")
        (preview / "news/up.txt").symlink_to("../../secret.txt")
        (preview / "empty").mkdir()
        yield started


def raw(server: Server, target: bytes, *headers: bytes) -> bytes:
    """Send a request as no client would; return all that comes back."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as stream:
        lines = [b"GET " + target + b" HTTP/1.1", *(headers or [b"Host: localhost"])]
        stream.sendall(b"\r\n".join([*lines, b"Connection: close", b"", b""]))
        found = b""
        while piece := stream.recv(65536):
            found += piece
        return found


TARGETS = [
    b"/../secret.txt",
    b"/../../secret.txt",
    b"/news/../../secret.txt",
    b"/news/../../../secret.txt",
    b"/%2e%2e/secret.txt",
    b"/%2e%2e%2fsecret.txt",
    b"/..%2f..%2fsecret.txt",
    b"/%252e%252e%252fsecret.txt",
    b"/..%5c..%5csecret.txt",
    b"/..\\..\\secret.txt",
    b"/news/..\\..\\..\\secret.txt",
    b"/..%c0%af..%c0%afsecret.txt",
    b"/....//....//secret.txt",
    b"/%00/../secret.txt",
    b"/storks.html%00.txt",
    b"//secret.txt",
    b"///etc/passwd",
    b"//../secret.txt",
    b"/C:/secret.txt",
    b"/C:%5csecret.txt",
    b"/%5c%5clocalhost%5cc$%5csecret.txt",
    b"/file:///etc/passwd",
    b"/out/secret.txt",
    b"/out.txt",
    b"/news/up.txt",
    b"/preview-secret/secret.txt",
    b"/../preview-secret/secret.txt",
    b"/.sitegen/secret.txt",
    b"/.sitegen.json",
    b"/.sitegen-tmp/",
    b"/.sitegen/../secret.txt",
    b"/.sitegen/reload.js/../../secret.txt",
    b"/" + b"a" * 5000,
    b"/" + b"a/" * 3000,
    b"http://elsewhere.example/../secret.txt",
]


@pytest.mark.parametrize("target", TARGETS)
def test_no_way_leads_out_of_the_preview(server: Server, target: bytes) -> None:
    answer = raw(server, target)
    head, _, body = answer.partition(b"\r\n\r\n")
    status = int(head.split()[1])
    assert status in {307, 400, 403, 404}, answer[:300]
    assert SECRET.encode() not in answer
    assert b"root:" not in body
    assert b"Traceback" not in answer
    assert server.get("/storks.html").status == 200, server.said


def test_events_give_no_way_out_either(server: Server) -> None:
    for page in ("/../secret.txt", "/out.txt", "//etc/passwd", "\0", "", "no-slash", "/a\\b"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as stream:
            ask = f"GET /.sitegen/events?page={quote(page)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
            stream.sendall(ask.encode())
            found = b""
            while b"data:" not in found:
                piece = stream.recv(65536)
                assert piece, (page, found, server.said)
                found += piece
            assert b'"page": "404' in found or b'"elsewhere"' in found, (page, found)


def test_there_are_no_listings(server: Server) -> None:
    assert server.get("/empty/").status == 404
    assert server.get("/static/").status == 404


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example",
     "localhost@evil.example", "evil.example#localhost", "", "[::1", "localhost, evil.example",
     "localhost/evil.example", "user:localhost@evil.example"],
)  # fmt: skip
def test_a_foreign_host_is_refused(server: Server, host: str) -> None:
    for path in (b"/storks.html", b"/.sitegen/events", b"/.sitegen/reload.js"):
        answer = raw(server, path, b"Host: " + host.encode())
        assert answer.split()[1] in {b"403", b"400"}, answer[:200]
        assert b"Storks" not in answer


def test_two_hosts_or_none_are_refused(server: Server) -> None:
    twice = raw(server, b"/storks.html", b"Host: localhost", b"Host: evil.example")
    assert twice.split()[1] in {b"403", b"400"}
    assert raw(server, b"/storks.html", b"X-Nothing: here").split()[1] in {b"403", b"400"}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "192.168.1.7", "a.localhost"])
def test_its_own_names_and_addresses_are_served(server: Server, host: str) -> None:
    for written in (host, f"{host}:{server.port}", host.upper()):
        assert raw(server, b"/storks.html", b"Host: " + written.encode()).split()[1] == b"200"


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:1", "", "x", "http://[::1"]
)
def test_a_foreign_origin_is_refused(server: Server, origin: str) -> None:
    host = f"localhost:{server.port}".encode()
    for path in (b"/storks.html", b"/.sitegen/events"):
        answer = raw(server, path, b"Host: " + host, b"Origin: " + origin.encode())
        assert answer.split()[1] == b"403"


def test_its_own_origin_is_served_and_nobody_is_invited(server: Server) -> None:
    host = f"localhost:{server.port}".encode()
    answer = raw(server, b"/storks.html", b"Host: " + host, b"Origin: http://" + host)
    assert answer.split()[1] == b"200"
    assert b"access-control-allow" not in answer.lower()


def test_other_sites_may_link_here_but_not_load_from_here(server: Server) -> None:
    cross = {"Sec_Fetch_Site": "cross-site"}
    assert server.get("/storks.html", Sec_Fetch_Mode="navigate", **cross).status == 200
    assert server.get("/storks.html", Sec_Fetch_Mode="no-cors", **cross).status == 403
    framed = {"Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe", **cross}
    assert server.get("/storks.html", **framed).status == 403


def test_a_name_that_was_asked_for_is_served(tmp_path: Path) -> None:
    from sitegen.serve.guard import is_own

    assert is_own("preview.example", "preview.example")
    assert not is_own("preview.example", "0.0.0.0")
    assert not is_own("", "")
