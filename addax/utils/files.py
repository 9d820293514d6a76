"""Fetching files into the cache: resumed, verified, atomic; unpacking archives safely.

A file appears under its final name only when it is complete and its hash is right; whatever happens
before that leaves the file that was there untouched.
"""

import bz2
import contextlib
import functools
import gzip
import hashlib
import http.client
import lzma
import os
import posixpath
import re
import secrets
import shutil
import socket
import ssl
import stat
import tarfile
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, NamedTuple

from addax.core.messages import say
from addax.utils.progbar import Progbar

TRIES = 5
BACKOFF = 0.25  # seconds before the second try, doubled for each further one
TIMEOUT = 30.0  # seconds without a byte
_CHUNK = 1 << 18
_STALE = 3600.0  # seconds after which the rest of a killed download is removed
_MAX_HEADER = 1 << 24  # bytes that one read of an archive may ask for
_MAX_MEMBERS = 1_000_000
_MAX_MIRRORED = 1 << 31  # bytes of one file of a mirror
_HASHERS = {
    "sha256": hashlib.sha256,
    "md5": functools.partial(hashlib.md5, usedforsecurity=False),
}


class DownloadError(OSError):
    """A file could not be fetched; what stood under its name is untouched."""


def get_file(
    fname: str | os.PathLike[str] | None = None,
    origin: str | None = None,
    untar: bool = False,
    md5_hash: str | None = None,
    file_hash: str | None = None,
    cache_subdir: str = "datasets",
    hash_algorithm: str = "auto",
    extract: bool = False,
    archive_format: str | list[str] | None = "auto",
    cache_dir: str | os.PathLike[str] | None = None,
    force_download: bool = False,
) -> str:
    """Path of the file at `origin` (https, http or file URL), fetched only if the cache lacks it.

    The cache is `cache_dir`, else `$KERAS_HOME`, else `~/.keras`. A cached file whose hash (sha256
    or md5) differs is fetched again. With `extract` (or `untar`) the path is that of the folder
    into which the tar or zip archive is unpacked. A file of that name in the folder that
    `ADDAX_DATASETS` names is used in place. Raises `DownloadError` if the file cannot be fetched,
    `ValueError` for a wrong hash, an unsafe archive or unusable arguments.
    """
    if origin is None:
        raise ValueError("get_file needs `origin`, the URL of the file.")
    if md5_hash is not None and file_hash is None:
        file_hash, hash_algorithm = md5_hash, "md5"
    name = _file_name(fname, origin)
    folder = cache_folder(cache_subdir, cache_dir)
    archive = f"{name}_archive" if (extract or untar) and not (fname and "." in name) else name
    path = in_datasets_folder(name) or os.path.join(folder, archive)
    fetch = force_download or not os.path.exists(path)
    if not fetch and file_hash and hash_file(path, hash_algorithm, file_hash) != file_hash.lower():
        say(f"The hash of {path} is not {file_hash}: fetching the file anew.")
        fetch = True
    if fetch:
        path = os.path.join(folder, archive)
        download(origin, path, file_hash, hash_algorithm)
    if not (extract or untar):
        return path
    unpacked = name.split(".")[0] + "_extracted" if fname and "." in name else name
    unpacked = os.path.join(folder, unpacked)
    if fetch or not _is_newer(unpacked, path):
        extract_archive(path, unpacked, "tar" if untar else archive_format)
    return unpacked


def _is_newer(folder: str, archive: str) -> bool:
    """Was the folder unpacked from this archive, and not from one that stood there before?"""
    return os.path.isdir(folder) and os.path.getmtime(folder) >= os.path.getmtime(archive)


def datasets_place() -> str | None:
    """What `ADDAX_DATASETS` says: a folder, a mirror's URL, or None."""
    return os.environ.get("ADDAX_DATASETS") or None


def in_datasets_folder(name: str) -> str | None:
    """Path of the file `name` in the folder that `ADDAX_DATASETS` names, if there is one."""
    place = datasets_place()
    path = os.path.join(os.path.expanduser(place), name) if place else ""
    return path if os.path.isfile(path) else None


def from_mirror(mirror: str, name: str, cache_subdir: str) -> str:
    """Path of the file `name` of a mirror; those have a folder of the cache for themselves, for
    they need not be the usual ones."""
    mirror = mirror.rstrip("/")
    key = hashlib.sha256(mirror.encode()).hexdigest()[:8]
    path = os.path.join(cache_folder(os.path.join(cache_subdir, f"mirror-{key}")), name)
    if not os.path.isfile(path):
        download(f"{mirror}/{name}", path, max_bytes=_MAX_MIRRORED)
    return path


def is_mirror(place: str) -> bool:
    """Whether a place is an address, not a folder."""
    return place.startswith(("https://", "http://"))


def find_file(name: str, url: str, file_hash: str | None, cache_subdir: str) -> str:
    """Path of a file: in the folder or mirror that `ADDAX_DATASETS` names, in the cache, fetched.

    Where a folder is named, nothing is fetched: FileNotFoundError. ValueError for a file there
    whose hash is another.
    """
    place = datasets_place()
    if place is None:
        return get_file(name, url, file_hash=file_hash, cache_subdir=cache_subdir)
    mirrored = is_mirror(place)
    path = from_mirror(place, name, cache_subdir) if mirrored else _at_hand(name, cache_subdir)
    if path is None:
        raise FileNotFoundError(f"ADDAX_DATASETS is {place!r}, and it is not there")
    found = hash_file(path, "auto", file_hash) if file_hash else None
    if file_hash and found != file_hash.lower():
        raise ValueError(
            f"{path} has the hash {found}, expected {file_hash}: it is damaged, or another file "
            "than its name says. Remove it, or put the right one there."
        )
    return path


def _at_hand(name: str, cache_subdir: str) -> str | None:
    """Path of a file in the folder that `ADDAX_DATASETS` names, or in the cache."""
    cached = os.path.join(cache_folder(cache_subdir), name)
    return (
        in_datasets_folder(os.path.join(cache_subdir, name))
        or in_datasets_folder(name)
        or (cached if os.path.isfile(cached) else None)
    )


def cache_folder(subdir: str, cache_dir: str | os.PathLike[str] | None = None) -> str:
    """The writable folder `subdir` of the cache, made if need be; of a private temporary cache
    where the usual one cannot be written."""
    base = cache_dir or os.environ.get("KERAS_HOME") or os.path.join("~", ".keras")
    folder = os.path.join(os.path.expanduser(base), subdir)
    with contextlib.suppress(PermissionError):
        os.makedirs(folder, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    if os.path.isdir(folder):
        return folder  # files in it are usable; a download into it says what is wrong
    folder = os.path.join(_private_temporary_folder(), subdir)
    os.makedirs(folder, exist_ok=True)
    return folder


def _private_temporary_folder() -> str:
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = os.path.join(tempfile.gettempdir(), f".keras-{user}")
    os.makedirs(folder, mode=0o700, exist_ok=True)
    if os.name == "posix" and os.lstat(folder).st_uid != user:
        raise PermissionError(f"{folder} is somebody else's: set KERAS_HOME to a folder of yours.")
    return folder


def _file_name(fname: str | os.PathLike[str] | None, origin: str) -> str:
    name = os.fspath(fname) if fname else posixpath.basename(urllib.parse.urlsplit(origin).path)
    if name in ("", ".", "..") or re.search(r"[/\\\0]", name):
        raise ValueError(
            f"get_file got fname={fname!r} and origin={origin!r}, which give the file name "
            f"{name!r}; expected a plain name. Name the folder with cache_dir and cache_subdir."
        )
    return name


# --- hashes ---------------------------------------------------------------------------------------


def _hasher(algorithm: str, expected: str) -> Any:
    if algorithm == "auto":
        algorithm = {64: "sha256", 32: "md5"}.get(len(expected), f"'auto' for {expected!r}")
    if algorithm not in _HASHERS:
        raise ValueError(f"hash_algorithm is {algorithm}, expected one of 'auto', 'sha256', 'md5'.")
    return _HASHERS[algorithm]()


def hash_file(path: str | os.PathLike[str], algorithm: str = "sha256", expected: str = "") -> str:
    """Hexadecimal hash of a file; `"auto"` takes the algorithm from the length of `expected`."""
    hasher = _hasher(algorithm, expected)
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            hasher.update(chunk)
    return hasher.hexdigest()


# --- downloading ----------------------------------------------------------------------------------


def download(
    url: str,
    path: str,
    file_hash: str | None = None,
    hash_algorithm: str = "auto",
    max_bytes: int | None = None,
    tries: int | None = None,
    sleep: Callable[[float], Any] = time.sleep,
) -> None:
    """Fetch `url` into the file `path`, at most `max_bytes`; broken connections are taken up again.

    The bytes go to a temporary file beside `path`, which takes its place when the hash is right.
    Raises `DownloadError`, or `ValueError` for a wrong hash or a URL that is not https, http, file.
    """
    if urllib.parse.urlsplit(url).scheme not in ("https", "http", "file"):
        raise ValueError(f"Cannot fetch {url!r}: expected an https, http or file URL.")
    if file_hash:
        _hasher(hash_algorithm, file_hash)  # a wrong name should show before the download
    _remove_stale_parts(path)
    part = f"{_part_prefix(path)}{secrets.token_hex(4)}.part"
    say(f"Downloading data from {url}")
    try:
        with open(part, "xb") as file:
            _Fetch(url, file, max_bytes).run(tries or TRIES, sleep)
            file.flush()
            os.fsync(file.fileno())
        _check_hash(part, url, path, file_hash, hash_algorithm)
        os.replace(part, path)
    except DownloadError:
        raise
    except OSError as error:
        raise DownloadError(
            error.errno,
            f"Cannot write {url} to {path}: {error.strerror or error}. "
            "Free some space, or set KERAS_HOME to a folder that can be written.",
        ) from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.remove(part)


def _check_hash(part: str, url: str, path: str, expected: str | None, algorithm: str) -> None:
    if not expected:
        return
    found = hash_file(part, algorithm, expected)
    if found != expected.lower():
        raise ValueError(
            f"{url} gave a file of {os.path.getsize(part)} bytes with the hash {found}, expected "
            f"{expected}: it is damaged, or not the file that was meant. {path} is as it was. "
            "Try again, or correct file_hash if the file was changed on purpose."
        )


def _part_prefix(path: str) -> str:
    return os.path.join(os.path.dirname(path), f".{os.path.basename(path)}.")


def _remove_stale_parts(path: str) -> None:
    """Clear what killed downloads left; one that is still running touches its file all the time."""
    part = re.compile(re.escape(os.path.basename(_part_prefix(path))) + r"[0-9a-f]{8}\.part")
    with contextlib.suppress(OSError), os.scandir(os.path.dirname(path) or ".") as entries:
        for entry in entries:
            if part.fullmatch(entry.name) and time.time() - entry.stat().st_mtime > _STALE:
                os.remove(entry.path)


class _Broken(Exception):
    """The connection ended early: another try may do."""


_PERMANENT = (FileNotFoundError, IsADirectoryError, PermissionError, ssl.SSLCertVerificationError)


def _is_hopeless(error: Exception, got: int) -> bool:
    """Would another try give the same answer? (An unknown host is one only at the start.)"""
    if isinstance(error, urllib.error.HTTPError):
        return error.code < 500 and error.code not in (408, 416, 425, 429)
    reason = getattr(error, "reason", None)
    return isinstance(reason, _PERMANENT) or (not got and isinstance(reason, socket.gaierror))


class _Fetch:
    """One URL on its way into one open file, over as many connections as it takes."""

    def __init__(self, url: str, file: IO[bytes], max_bytes: int | None) -> None:
        self.url = url
        self.file = file
        self.max_bytes = max_bytes
        self.got = 0
        self.total: int | None = None
        self.version: str | None = None  # the validator that says the remote file is the same one
        self.bar: Progbar | None = None

    def run(self, tries: int, sleep: Callable[[float], Any]) -> None:
        for attempt in range(1, tries + 1):
            try:
                return self.pull()
            except (urllib.error.URLError, http.client.HTTPException, _Broken) as error:
                if attempt == tries or _is_hopeless(error, self.got):
                    raise DownloadError(self.failure(error, attempt)) from error
                if isinstance(error, urllib.error.HTTPError) and error.code == 416:
                    self.restart()  # the part does not fit the remote file any more
            sleep(BACKOFF * 2 ** (attempt - 1))

    def failure(self, error: Exception, attempts: int) -> str:
        name = posixpath.basename(urllib.parse.urlsplit(self.url).path)
        return (
            f"Cannot fetch {self.url}: {error} (tries: {attempts}, bytes that came: {self.got}). "
            f"Check the address and the connection. Without a network, put the file {name!r} into "
            "a folder and set the environment variable ADDAX_DATASETS to that folder."
        )

    def pull(self) -> None:
        """One connection: append what is missing."""
        with _connect(self.request()) as response:
            if self.got and not self.continues(response):
                self.restart()
                if response.status == 206:
                    raise _Broken("the server answered with another part of the file")
            if not self.got:
                length = response.headers.get("Content-Length")
                self.total = int(length) if length else None
                self.version = response.headers.get("ETag") or response.headers.get("Last-Modified")
            self.check_size(self.total or 0)
            self.bar = self.bar or Progbar(self.total, unit_name="byte")
            while chunk := _read(response):
                self.check_size(self.got + len(chunk))
                _write(self.file, chunk)
                self.got += len(chunk)
                if self.got != self.total:
                    self.bar.update(self.got)
        if self.total is not None and self.got != self.total:
            raise _Broken(f"the connection ended after {self.got} of {self.total} bytes")
        self.bar.update(self.got, finalize=True)

    def request(self) -> urllib.request.Request:
        request = urllib.request.Request(self.url)
        if self.got:
            request.add_header("Range", f"bytes={self.got}-")
            if self.version and not self.version.startswith("W/"):
                request.add_header("If-Range", self.version)
        return request

    def continues(self, response: Any) -> bool:
        """Does this answer go on exactly where the last one broke off?"""
        expected = f"bytes {self.got}-"
        where = response.headers.get("Content-Range", "")
        same_size = self.total is None or where.endswith(f"/{self.total}")
        return response.status == 206 and where.startswith(expected) and same_size

    def restart(self) -> None:
        self.file.seek(0)
        self.file.truncate()
        self.got = 0

    def check_size(self, size: int) -> None:
        if self.max_bytes is not None and size > self.max_bytes:
            raise DownloadError(
                f"{self.url} has at least {size} bytes, expected at most {self.max_bytes}: "
                "this is not the file that was meant."
            )


def _connect(request: urllib.request.Request) -> Any:
    try:
        return _OPENER.open(request, timeout=TIMEOUT)
    except (ConnectionError, TimeoutError) as error:
        raise _Broken(str(error)) from error


def _read(response: Any) -> bytes:
    """The next bytes; any failure here is the connection's, never the disk's."""
    try:
        return response.read(_CHUNK)
    except OSError as error:
        raise _Broken(str(error)) from error


def _write(file: IO[bytes], chunk: bytes) -> None:
    file.write(chunk)


class _Redirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:
        if req.full_url.startswith("https:") and not newurl.startswith("https:"):
            raise DownloadError(f"{req.full_url} leads to {newurl}: refused, it is not https.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> urllib.request.OpenerDirector:
    """An opener that knows https, http and file only; the default one adds ftp and data."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.FileHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.UnknownHandler,
        _Redirects,
    ):
        opener.add_handler(handler())
    return opener


_OPENER = _opener()


# --- archives -------------------------------------------------------------------------------------


class _Member(NamedTuple):
    name: str
    is_folder: bool
    is_file: bool
    size: int
    open: Callable[[], IO[bytes] | None]


class _Bounded:
    """A decompressed stream that refuses absurdly large reads (a header that claims gigabytes)."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.seek, self.tell = stream.seek, stream.tell

    def read(self, size: int) -> bytes:
        if not 0 <= size <= _MAX_HEADER:
            raise tarfile.ReadError(f"a header claims {size} bytes")
        return self._stream.read(size)


_COMPRESSIONS: tuple[tuple[bytes, Callable[..., Any]], ...] = (
    (b"\x1f\x8b", gzip.open),
    (b"BZh", bz2.open),
    (b"\xfd7zXZ", lzma.open),
    (b"", open),
)
DAMAGED_ARCHIVE = (
    tarfile.TarError,
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    lzma.LZMAError,
    zlib.error,
    EOFError,
)


@contextlib.contextmanager
def open_tar(path: str) -> Iterator[tarfile.TarFile]:
    """A tar archive, plain or compressed, for reading its members in place."""
    with open(path, "rb") as file:
        start = file.read(6)
    opener = next(opener for magic, opener in _COMPRESSIONS if start.startswith(magic))
    with opener(path, "rb") as stream:
        bounded: Any = _Bounded(stream)
        with tarfile.open(fileobj=bounded, mode="r:") as tar:
            yield tar
        stream.read(_CHUNK)  # to the end: there stands the checksum of a compressed stream


def extract_archive(
    path: str,
    folder: str,
    archive_format: str | list[str] | None = "auto",
    max_bytes: int | None = None,
) -> None:
    """Unpack the tar or zip archive `path` as the folder `folder`, wholly or not at all.

    Only plain files and folders below `folder` are made, of at most `max_bytes` together (by
    default 1 GiB or a hundred times the archive). Raises `ValueError` for anything else: links,
    devices, absolute names, "..", decompression bombs, files that are no archive.
    """
    limit = max_bytes if max_bytes is not None else max(1 << 30, 100 * os.path.getsize(path))
    parent = os.path.dirname(os.path.abspath(folder))
    with tempfile.TemporaryDirectory(prefix=".unpack-", dir=parent) as temporary:
        fresh = os.path.join(temporary, "new")
        os.mkdir(fresh)
        try:
            with _members(path, archive_format) as members:
                _unpack(members, fresh, limit)
        except DAMAGED_ARCHIVE as error:
            raise ValueError(f"Cannot unpack {path}: {error}; is it damaged?") from error
        except ValueError as error:
            raise ValueError(f"Cannot unpack {path}: {error}") from None
        if os.path.isdir(folder):
            os.rename(folder, os.path.join(temporary, "old"))
        os.rename(fresh, folder)


@contextlib.contextmanager
def _members(path: str, archive_format: str | list[str] | None) -> Iterator[Iterator[_Member]]:
    formats = ["tar", "zip"] if archive_format == "auto" else archive_format or []
    formats = [formats] if isinstance(formats, str) else formats
    if unknown := set(formats) - {"tar", "zip"}:
        raise ValueError(f"archive_format names {sorted(unknown)}, expected 'auto', 'tar', 'zip'.")
    if "zip" in formats and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield _zip_members(archive)
    elif "tar" in formats:
        with open_tar(path) as archive:
            yield _tar_members(archive)
    else:
        raise ValueError(f"it is no archive of the formats {formats}.")


def _tar_members(archive: tarfile.TarFile) -> Iterator[_Member]:
    for info in archive:
        opener = functools.partial(archive.extractfile, info)
        yield _Member(info.name, info.isdir(), info.isreg(), info.size, opener)


def _zip_members(archive: zipfile.ZipFile) -> Iterator[_Member]:
    for info in archive.infolist():
        kind = stat.S_IFMT(info.external_attr >> 16)
        is_file = kind in (0, stat.S_IFREG) and not info.flag_bits & 1  # bit 0: encrypted
        is_folder = info.is_dir() and kind in (0, stat.S_IFDIR)
        opener = functools.partial(archive.open, info)
        yield _Member(info.filename, is_folder, is_file, info.file_size, opener)


def _unpack(members: Iterator[_Member], folder: str, limit: int) -> None:
    total = 0
    for count, member in enumerate(members):
        target = _safe_target(member, folder)
        total += member.size
        if member.size < 0 or total > limit or count >= _MAX_MEMBERS:
            raise ValueError(
                f"it holds more than {limit} bytes or {_MAX_MEMBERS} members, a decompression bomb?"
            )
        if member.is_folder:
            os.makedirs(target, exist_ok=True)
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        source = member.open()
        assert source is not None
        with source, open(target, "wb") as file:
            shutil.copyfileobj(source, file, _CHUNK)  # both formats stop at the declared size


def _safe_target(member: _Member, folder: str) -> str:
    name = member.name
    if not (member.is_file or member.is_folder):
        raise ValueError(f"its member {name!r} is a link, a device or encrypted, no plain file.")
    if not name or re.search(r"[\\\0]|^/|^[A-Za-z]:", name) or ".." in name.split("/"):
        raise ValueError(f"its member {name!r} would leave the folder; expected a relative name.")
    target = os.path.realpath(os.path.join(folder, name))
    if os.path.commonpath([target, os.path.realpath(folder)]) != os.path.realpath(folder):
        raise ValueError(f"its member {name!r} would leave the folder.")
    return target
