import http.server
import importlib
import threading
from types import SimpleNamespace

import pytest


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder that ADDAX_DATASETS names, and a cache that must stay empty."""
    monkeypatch.setenv("ADDAX_DATASETS", str(tmp_path / "sets"))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "home"))
    (tmp_path / "sets").mkdir()
    yield tmp_path / "sets"
    assert not (tmp_path / "home" / "datasets").exists()


@pytest.fixture
def oracle(monkeypatch):
    """Keras's module of some name, made to read the file at some path."""
    pytest.importorskip("keras")

    def module(name, path):
        module = importlib.import_module(f"keras.src.datasets.{name}")
        monkeypatch.setattr(module, "get_file", lambda *args, **kwargs: str(path))
        return module

    return module


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def web(tmp_path, monkeypatch):
    """A folder, and the address under which it is served; the cache is in `tmp_path / "home"`."""
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ADDAX_DATASETS", raising=False)
    (tmp_path / "web").mkdir()

    def handler(*args):
        return Quiet(*args, directory=str(tmp_path / "web"))

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield SimpleNamespace(folder=tmp_path / "web", url=f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()
