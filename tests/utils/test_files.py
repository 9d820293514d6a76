import errno
import functools
import gzip
import hashlib
import http.server
import io
import os
import signal
import subprocess
import sys
import tarfile
import textwrap
import threading
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from addax.utils import files
from addax.utils.files import DownloadError, download, extract_archive, get_file

BODY = bytes(range(256)) * 4096  # 1 MiB
SHA, MD5 = hashlib.sha256(BODY).hexdigest(), hashlib.md5(BODY).hexdigest()


class Server(http.server.BaseHTTPRequestHandler):
    """Answers by the name of the file asked for; `log` keeps what came."""

    log: list
    hold: threading.Event

    def log_message(self, *args):
        pass

    def handle(self):
        try:
            super().handle()
        except ConnectionError:  # the client was killed: that is the test
            self.close_connection = True

    def do_GET(self):  # the name is the protocol's
        self.log.append((self.path, dict(self.headers)))
        tries = sum(path == self.path for path, _ in self.log)
        getattr(self, "on_" + self.path.strip("/").split(".")[0])(tries)

    def answer(self, body=BODY, start=0, code=200, length=None, **headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if length != "none":
            self.send_header("Content-Length", length or len(BODY) - start)
        self.end_headers()
        self.wfile.write(body)

    def start(self):
        return int(self.headers.get("Range", "bytes=0-")[6:-1])

    def on_good(self, tries):
        self.answer()

    def on_unmeasured(self, tries):
        self.answer(length="none")

    def on_slow(self, tries):
        self.answer(BODY[:1000])
        for at in range(1000, len(BODY), len(BODY) // 4):
            self.wfile.flush()
            time.sleep(0.005)
            self.wfile.write(BODY[at : at + len(BODY) // 4])

    def on_broken(self, tries):
        """Each connection brings 400 kB and ends; goes on from where it is asked to."""
        at = self.start()
        where = {"Content_Range": f"bytes {at}-{len(BODY) - 1}/{len(BODY)}"} if at else {}
        self.answer(BODY[at : at + 400_000], at, 206 if at else 200, ETag='"v1"', **where)

    def on_rangeless(self, tries):
        self.answer(BODY[:400_000] if tries < 3 else BODY)

    def on_changed(self, tries):
        """The file is another one, and shorter than what came, when the rest is asked for."""
        if tries == 1:
            return self.answer(b"x" * 400_000)
        if "Range" in self.headers:
            return self.answer(b"", code=416, length=0)
        self.answer()

    def on_grown(self, tries):
        """The file has another length when the rest is asked for."""
        if "Range" in self.headers:
            rest = len(BODY) - 400_000
            return self.answer(b"x" * rest, 400_000, 206, Content_Range="bytes 400000-/2000000")
        self.answer(BODY if tries > 1 else BODY[:400_000])

    def on_liar(self, tries):
        """Answers a range with another one, though of the right length."""
        if "Range" in self.headers:
            where = f"bytes 0-/{len(BODY)}"
            return self.answer(BODY[400_000:][::-1], 400_000, 206, Content_Range=where)
        self.answer(BODY if tries > 1 else BODY[:400_000])

    def on_never(self, tries):
        self.answer(BODY[:1000])

    def on_missing(self, tries):
        self.send_error(404)

    def on_flaky(self, tries):
        self.send_error(500) if tries < 3 else self.answer()

    def on_down(self, tries):
        self.send_error(503)

    def on_huge(self, tries):
        self.answer(b"", length=10**15)

    def on_ftp(self, tries):
        self.send_response(302)
        self.send_header("Location", "ftp://127.0.0.1/good.bin")
        self.end_headers()

    def on_moved(self, tries):
        self.send_response(302)
        self.send_header("Location", "/good.bin")
        self.end_headers()

    def on_stuck(self, tries):
        """Half of the file, then nothing for as long as the test holds on."""
        if tries > 1:
            return self.answer()
        self.answer(BODY[: len(BODY) // 2])
        self.wfile.flush()
        self.hold.wait(20)


@pytest.fixture
def server(monkeypatch, tmp_path):
    """A web server on this machine: `url(name)`, and the `log` of what it was asked."""
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ADDAX_DATASETS", raising=False)
    monkeypatch.setattr(files, "BACKOFF", 0)
    handler = type("Handler", (Server,), {"log": [], "hold": threading.Event()})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as web:
        thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield SimpleNamespace(
            url=lambda name: f"http://127.0.0.1:{web.server_port}/{name}",
            log=handler.log,
            hold=handler.hold,
        )
        handler.hold.set()
        web.shutdown()
        thread.join()


def names(folder):
    return sorted(path.name for path in Path(folder).iterdir())


ARRIVES = [
    "good",
    "unmeasured",
    "slow",
    "broken",
    "rangeless",
    "changed",
    "grown",
    "liar",
    "flaky",
    "moved",
]


@pytest.mark.parametrize("name", ARRIVES)
@pytest.mark.parametrize("old", [None, b"old"], ids=["new", "replacing"])
def test_the_file_arrives(server, tmp_path, name, old):
    path = tmp_path / "file"
    if old:
        path.write_bytes(old)
    download(server.url(name), str(path), SHA)
    assert path.read_bytes() == BODY
    assert names(tmp_path) == ["file"]


def test_a_broken_connection_goes_on_where_it_broke(server, tmp_path):
    download(server.url("broken.bin"), str(tmp_path / "file"), SHA)
    asked = [(head.get("Range"), head.get("If-Range")) for _, head in server.log]
    assert asked == [(None, None), ("bytes=400000-", '"v1"'), ("bytes=800000-", '"v1"')]


def test_the_waits_grow(server, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "BACKOFF", 0.25)
    waits = []
    with pytest.raises(DownloadError, match=r"tries: 4, bytes that came: 0"):
        download(server.url("down.bin"), str(tmp_path / "file"), tries=4, sleep=waits.append)
    assert waits == [0.25, 0.5, 1.0]
    assert len(server.log) == 4


def no_space(*args):
    raise OSError(errno.ENOSPC, "No space left on device")


def interrupt(*args):
    raise KeyboardInterrupt


FAILS = {  # name: (what the server does, options, file patched, error, message)
    "not found": (
        "missing",
        {},
        None,
        DownloadError,
        "404.*tries: 1.*'missing.bin'.*ADDAX_DATASETS",
    ),
    "down": ("down", {}, None, DownloadError, "503.*tries: 5"),
    "truncated": ("never", {}, None, DownloadError, "1000 of 1048576 bytes"),
    "corrupt": ("good", {"file_hash": "0" * 64}, None, ValueError, f"{SHA}, expected 0000"),
    "too large": ("huge", {"max_bytes": 1000}, None, DownloadError, "at most 1000"),
    "larger than said": ("unmeasured", {"max_bytes": 1000}, None, DownloadError, "at most 1000"),
    "to ftp": ("ftp", {}, None, DownloadError, "ftp"),
    "disk full": ("good", {}, no_space, DownloadError, "No space left.*KERAS_HOME"),
    "Ctrl-C": ("good", {}, interrupt, KeyboardInterrupt, None),
}


@pytest.mark.parametrize(
    ("name", "options", "fault", "error", "message"), FAILS.values(), ids=FAILS
)
@pytest.mark.parametrize("old", [None, b"old"], ids=["new", "replacing"])
def test_a_failure_leaves_what_was_there(
    server, tmp_path, monkeypatch, name, options, fault, error, message, old
):
    path = tmp_path / "folder" / "file"
    path.parent.mkdir()
    if old:
        path.write_bytes(old)
    if fault:
        monkeypatch.setattr(files, "_write", fault)
    with pytest.raises(error, match=message):
        download(server.url(f"{name}.bin"), str(path), **options)
    assert names(path.parent) == (["file"] if old else [])
    assert not old or path.read_bytes() == old


def test_an_unreachable_server_is_retried(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    waits = []
    with pytest.raises(DownloadError, match=r"refused.*tries: 3"):
        download("http://127.0.0.1:1/x", str(tmp_path / "x"), tries=3, sleep=waits.append)
    assert len(waits) == 2


def test_an_unknown_host_is_not_retried(tmp_path, monkeypatch):
    def lookup(*args, **kwargs):
        raise files.socket.gaierror(-2, "Name or service not known")

    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(files.socket, "getaddrinfo", lookup)
    with pytest.raises(DownloadError, match=r"not known.*tries: 1"):
        download("https://nowhere.invalid/x", str(tmp_path / "x"), sleep=pytest.fail)


def test_https_never_leads_to_http():
    request = files.urllib.request.Request("https://example.org/x")
    with pytest.raises(DownloadError, match="not https"):
        files._Redirects().redirect_request(request, None, 302, "", {}, "http://example.org/x")


@pytest.mark.parametrize("url", ["ftp://host/x", "data:,x", "/etc/passwd", "gopher://x/y"])
def test_other_urls_are_refused(tmp_path, url):
    with pytest.raises(ValueError, match="expected an https, http or file URL"):
        download(url, str(tmp_path / "x"))


CHILD = """
    import sys, types
    package = types.ModuleType("addax")
    package.__path__ = [sys.argv[1]]
    sys.modules["addax"] = package
    from addax.utils import files
    inner = files._write
    def write(file, chunk):
        inner(file, chunk)
        file.flush()
        print("wrote", flush=True)
    files._write = write
    files.download(sys.argv[2], sys.argv[3])
"""


def test_a_kill_leaves_the_old_file_and_a_later_call_succeeds(server, tmp_path):
    path = tmp_path / "folder" / "file"
    path.parent.mkdir()
    path.write_bytes(b"old")
    package = str(Path(files.__file__).parents[1])
    command = [
        sys.executable,
        "-c",
        textwrap.dedent(CHILD),
        package,
        server.url("stuck"),
        str(path),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        while child.stdout.readline() != "wrote\n":
            assert child.poll() is None
        child.send_signal(signal.SIGKILL)
    server.hold.set()
    assert path.read_bytes() == b"old"
    (part,) = set(names(path.parent)) - {"file"}
    os.utime(path.parent / part, (0, 0))
    download(server.url("stuck"), str(path), SHA)
    assert path.read_bytes() == BODY
    assert names(path.parent) == ["file"]  # the rest of the killed download is gone too


def test_a_part_that_grows_is_left_alone(server, tmp_path):
    part = tmp_path / ".file.0123abcd.part"
    part.write_bytes(b"another process is at it")
    download(server.url("good"), str(tmp_path / "file"))
    assert part.exists()


def test_the_bytes_are_on_the_disk_before_they_get_their_name(server, tmp_path, monkeypatch):
    order = []
    for name in ("fsync", "replace"):
        inner = getattr(os, name)
        call = functools.partial(
            lambda name, inner, *a: (order.append(name), inner(*a)), name, inner
        )
        monkeypatch.setattr(files.os, name, call)
    download(server.url("good"), str(tmp_path / "file"))
    assert order == ["fsync", "replace"]


# --- get_file -------------------------------------------------------------------------------------


def test_get_file_keeps_keras_cache(server, tmp_path, capsys):
    url = server.url("good.bin")
    path = get_file(origin=url, file_hash=SHA)
    assert path == str(tmp_path / "home" / "datasets" / "good.bin")
    assert get_file("good.bin", url, md5_hash=MD5.upper()) == path
    assert len(server.log) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"Downloading data from {url}"
    assert lines[1].startswith("1.0/1.0MB ━━━") and lines[1].endswith("MB/s")
    assert len(lines) == 2


def test_get_file_places(server, tmp_path):
    url = server.url("good.bin")
    assert get_file("a", url, cache_subdir="models") == str(tmp_path / "home/models/a")
    assert get_file(Path("b"), url, cache_dir=tmp_path / "c") == str(tmp_path / "c/datasets/b")
    assert get_file("d", url, cache_subdir=str(tmp_path / "e")) == str(tmp_path / "e/d")


def test_a_cached_file_with_another_hash_is_fetched_anew(server, tmp_path):
    path = tmp_path / "home" / "datasets" / "good.bin"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"old")
    assert Path(get_file(origin=server.url("good.bin"))).read_bytes() == b"old"
    assert Path(get_file(origin=server.url("good.bin"), file_hash=MD5)).read_bytes() == BODY
    path.write_bytes(b"old")
    assert Path(get_file(origin=server.url("good.bin"), force_download=True)).read_bytes() == BODY


def test_get_file_reads_file_urls(tmp_path, server):
    (tmp_path / "here.bin").write_bytes(BODY)
    path = get_file(origin=(tmp_path / "here.bin").as_uri(), file_hash=SHA)
    assert Path(path).read_bytes() == BODY
    with pytest.raises(DownloadError, match="tries: 1"):
        get_file(origin=(tmp_path / "gone.bin").as_uri())


def test_get_file_uses_the_datasets_folder_in_place(server, tmp_path, monkeypatch):
    monkeypatch.setenv("ADDAX_DATASETS", str(tmp_path))
    (tmp_path / "good.bin").write_bytes(BODY)
    assert get_file(origin=server.url("good.bin"), file_hash=SHA) == str(tmp_path / "good.bin")
    assert server.log == []
    get_file("other.bin", server.url("good.bin"))
    assert len(server.log) == 1


def test_an_unwritable_home_falls_back_on_a_private_folder(server, tmp_path, monkeypatch):
    monkeypatch.setattr(files.tempfile, "gettempdir", lambda: str(tmp_path / "tmp"))
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(files.os, "makedirs", refusing(files.os.makedirs, tmp_path / "home"))
    path = Path(get_file(origin=server.url("good.bin")))
    assert path.parents[2] == tmp_path / "tmp"
    assert path.parents[1].stat().st_mode & 0o777 == 0o700


def refusing(function, place):
    def call(path, *args, **kwargs):
        if str(path).startswith(str(place)):
            raise PermissionError(errno.EACCES, "no", path)
        return function(path, *args, **kwargs)

    return call


UNUSABLE = {
    "no origin": ({"fname": "x"}, "needs `origin`"),
    "a path for a name": ({"fname": "a/b", "origin": "http://h/x"}, "expected a plain name"),
    "a parent for a name": ({"origin": "http://h/.."}, "expected a plain name"),
    "no name": ({"origin": "http://h/"}, "expected a plain name"),
    "an unknown hash": (
        {"origin": "http://h/x", "file_hash": "ab", "hash_algorithm": "crc"},
        "expected one of 'auto', 'sha256', 'md5'",
    ),
    "a hash of odd length": ({"origin": "http://h/x", "file_hash": "ab"}, "'auto' for 'ab'"),
}


@pytest.mark.parametrize(("arguments", "message"), UNUSABLE.values(), ids=UNUSABLE)
def test_get_file_refuses(server, arguments, message):
    with pytest.raises(ValueError, match=message):
        get_file(**arguments)


# --- archives -------------------------------------------------------------------------------------


def tar_bytes(*members, mode="w"):
    """A tar archive of `(name, content)`, or of `(name, type, link)` for what is no file."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, *rest in members:
            info = tarfile.TarInfo(name)
            if len(rest) == 1:
                info.size = len(rest[0])
                archive.addfile(info, io.BytesIO(rest[0]))
            else:
                info.type, info.linkname = rest
                archive.addfile(info)
    return stream.getvalue()


def zip_bytes(*members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def zip_link():
    info = zipfile.ZipInfo("link")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return zip_bytes((info, "/etc/passwd"))


TREE = (("./top.txt", b"top"), ("deep/er/low.txt", b"low"))
GOOD = {
    "tar": tar_bytes(("deep", tarfile.DIRTYPE, ""), *TREE),
    "tar.gz": tar_bytes(*TREE, mode="w:gz"),
    "tar.bz2": tar_bytes(*TREE, mode="w:bz2"),
    "tar.xz": tar_bytes(*TREE, mode="w:xz"),
    "zip": zip_bytes(("deep/", b""), *TREE),
}


@pytest.mark.parametrize("content", GOOD.values(), ids=GOOD)
def test_extraction(tmp_path, content):
    archive, folder = tmp_path / "archive", tmp_path / "out"
    archive.write_bytes(content)
    folder.mkdir()
    (folder / "before.txt").write_text("gives way")
    extract_archive(str(archive), str(folder))
    assert (folder / "top.txt").read_bytes() == b"top"
    assert (folder / "deep/er/low.txt").read_bytes() == b"low"
    assert names(folder) == ["deep", "top.txt"]
    assert names(tmp_path) == ["archive", "out"]


def header_bomb():
    """A gzipped tar whose extended header claims 64 MiB."""
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 64 << 20
    return gzip.compress(info.tobuf() + bytes(64 << 20))


def negative():
    info = tarfile.TarInfo("x")
    info.size = -(1 << 30)
    return tar_bytes(("first", b"1")).rstrip(b"\0").ljust(1024, b"\0") + info.tobuf() + bytes(1024)


HOSTILE = {
    "parent in tar": (lambda: tar_bytes(("a/../../x", b"")), "would leave"),
    "parent inside": (lambda: tar_bytes(("a/../x", b"")), "would leave"),
    "parent in zip": (lambda: zip_bytes(("../x", b"")), "would leave"),
    "absolute in tar": (lambda: tar_bytes(("/tmp/x", b"")), "would leave"),
    "absolute in zip": (lambda: zip_bytes(("/tmp/x", b"")), "would leave"),
    "drive": (lambda: zip_bytes(("C:/x", b"")), "would leave"),
    "backslash": (lambda: tar_bytes(("..\\x", b"")), "would leave"),
    "symbolic link": (lambda: tar_bytes(("x", tarfile.SYMTYPE, "/etc/passwd")), "no plain file"),
    "inner symbolic link": (lambda: tar_bytes(("x", tarfile.SYMTYPE, "y")), "no plain file"),
    "hard link": (lambda: tar_bytes(("x", tarfile.LNKTYPE, "/etc/passwd")), "no plain file"),
    "symbolic link in zip": (zip_link, "no plain file"),
    "device": (lambda: tar_bytes(("x", tarfile.CHRTYPE, "")), "no plain file"),
    "pipe": (lambda: tar_bytes(("x", tarfile.FIFOTYPE, "")), "no plain file"),
    "tar bomb": (lambda: tar_bytes(("x", bytes(3 << 20)), mode="w:gz"), "decompression bomb"),
    "zip bomb": (lambda: zip_bytes(*((f"x{n}", bytes(1 << 20)) for n in range(3))), "bomb"),
    "header bomb": (header_bomb, "a header claims"),
    "negative size": (negative, "damaged|bomb"),
    "cut short": (lambda: GOOD["tar.gz"][:-20], "damaged"),
    "no archive": (lambda: b"no archive at all", "damaged"),
    "empty": (lambda: b"", "damaged"),
}


@pytest.mark.parametrize(("content", "message"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_archives_leave_nothing(tmp_path, content, message):
    archive, folder = tmp_path / "archive", tmp_path / "out"
    archive.write_bytes(content())
    folder.mkdir()
    (folder / "before.txt").write_text("stays")
    with pytest.raises(ValueError, match=message):
        extract_archive(str(archive), str(folder), max_bytes=2 << 20)
    assert names(tmp_path) == ["archive", "out"]
    assert names(folder) == ["before.txt"]


def test_formats_are_chosen(tmp_path):
    archive = tmp_path / "archive"
    archive.write_bytes(GOOD["zip"])
    for choice, message in (("tar", "damaged"), (None, "no archive of"), ("rar", "names ..rar..")):
        with pytest.raises(ValueError, match=message):
            extract_archive(str(archive), str(tmp_path / "out"), choice)
    assert names(tmp_path) == ["archive"]


FOLDERS = {  # arguments: (name of the archive, name of the folder), as in Keras
    "from the URL": ({}, "data.tgz_archive", "data.tgz"),
    "by a plain name": ({"fname": "flowers"}, "flowers_archive", "flowers"),
    "by a file's name": ({"fname": "f.tar.gz"}, "f.tar.gz", "f_extracted"),
}


@pytest.mark.parametrize(("arguments", "archive", "folder"), FOLDERS.values(), ids=FOLDERS)
@pytest.mark.parametrize("how", ["extract", "untar"])
def test_get_file_unpacks(server, tmp_path, arguments, archive, folder, how):
    (tmp_path / "data.tgz").write_bytes(GOOD["tar.gz"])
    origin = (tmp_path / "data.tgz").as_uri()
    cache = tmp_path / "home" / "datasets"
    assert get_file(origin=origin, **arguments, **{how: True}) == str(cache / folder)
    assert names(cache) == sorted([archive, folder])
    (cache / folder / "mine.txt").write_text("kept while the archive is the same")
    get_file(origin=origin, **arguments, **{how: True})
    assert names(cache / folder) == ["deep", "mine.txt", "top.txt"]
    get_file(origin=origin, **arguments, **{how: True}, force_download=True)
    assert names(cache / folder) == ["deep", "top.txt"]


def test_a_folder_of_an_older_archive_is_unpacked_anew(server, tmp_path):
    """As after a kill between the download and the unpacking."""
    (tmp_path / "data.tgz").write_bytes(GOOD["tar.gz"])
    origin = (tmp_path / "data.tgz").as_uri()
    folder = Path(get_file("data", origin, extract=True))
    (folder / "old.txt").write_text("of the older archive")
    os.utime(folder, (0, 0))
    assert names(get_file("data", origin, extract=True)) == ["deep", "top.txt"]
