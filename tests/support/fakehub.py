"""A hub on the loopback interface: enough of one to push a dataset and to load it again.

Large files go through the LFS batch endpoint, as where hf_xet is disabled. Every commit is kept.
"""

import json
import re
import threading
from base64 import b64decode
from dataclasses import dataclass, field
from hashlib import sha1, sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from support.costs import PATIENCE

WRITER, READER = "hf_writer", "hf_reader"
LARGE = (".parquet",)
Answer = tuple[int, Any, dict[str, str]]


@dataclass
class Stored:
    private: bool = False
    commits: dict[str, dict[str, bytes]] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def head(self) -> str:
        return list(self.commits)[-1]

    @property
    def files(self) -> dict[str, bytes]:
        return self.commits[self.head]

    def commit(self, files: dict[str, bytes], message: str) -> str:
        name = f"{len(self.commits) + 1:040x}"
        self.commits[name] = files
        self.messages.append(message)
        return name

    def at(self, revision: str) -> str | None:
        name = self.head if revision == "main" else self.tags.get(revision, revision)
        return name if name in self.commits else None


class FakeHub:
    """`patience` large uploads are taken; the next waits until `released` is set."""

    def __init__(self) -> None:
        self.repositories: dict[tuple[str, str], Stored] = {}
        self.storage: dict[str, bytes] = {}
        self.uploads = threading.Semaphore(0)  # one release per stored file
        self.requests: list[str] = []
        self.ignored: set[str] = set()
        self.answers: dict[str, Answer] = {}  # what a path that contains the key answers instead
        self.patience: int | None = None
        self.stumbles = 0  # so many large uploads are answered to try again
        self.taken, self.released = threading.Event(), threading.Event()
        hub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def answer(self) -> None:
                status, content, headers = hub.answer(
                    self.command, self.path, self.headers.get("Authorization"), self.body()
                )
                raw = content if isinstance(content, bytes) else json.dumps(content).encode()
                wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or "")
                if wanted and status == 200:
                    first, last = int(wanted[1]), min(int(wanted[2] or len(raw)), len(raw) - 1)
                    headers |= {"Content-Range": f"bytes {first}-{last}/{len(raw)}"}
                    status, raw = 206, raw[first : last + 1]
                try:
                    self.send_response(status)
                    for name, value in {"Content-Length": str(len(raw)), **headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    if self.command != "HEAD":
                        self.wfile.write(raw)
                except OSError:
                    pass  # whoever asked was killed

            def body(self) -> bytes:
                if self.headers.get("Transfer-Encoding") == "chunked":
                    parts = []
                    while size := int(self.rfile.readline(), 16):
                        parts.append(self.rfile.read(size))
                        self.rfile.readline()
                    self.rfile.readline()
                    return b"".join(parts)
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))

            do_GET = do_HEAD = do_POST = do_PUT = answer  # noqa: N815 - the names it looks for

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def make(self, name: str, *, kind: str = "dataset", private: bool = False) -> Stored:
        stored = self.repositories[kind, name] = Stored(private=private)
        stored.commit({".gitattributes": b"*.parquet filter=lfs\n"}, "initial commit")
        return stored

    def answer(self, method: str, target: str, authorisation: str | None, body: bytes) -> Answer:
        path = unquote(urlsplit(target).path)
        self.requests.append(f"{method} {path}")
        for part, answer in self.answers.items():
            if part in path:
                return answer
        if path.startswith("/storage/"):
            return self.store(path.rpartition("/")[2], body)
        token = (authorisation or "").removeprefix("Bearer ")
        if token not in ("", WRITER, READER):
            return refusal(401, "Invalid username or password.")
        if path == "/api/validate-yaml":
            return 200, {"errors": [], "warnings": []}, {}
        if path == "/api/repos/create":
            return self.create(json.loads(body), token)
        if found := re.fullmatch(r"/datasets/(.+)\.git/info/lfs/objects/batch", path):
            return 200, self.batch(json.loads(body)), {}
        if found := re.fullmatch(r"/datasets/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path):
            return self.resolve(found[1], found[2], found[3])
        if found := re.fullmatch(r"/api/(\w+)s/([^/]+/[^/]+)(?:/(.*))?", path):
            stored = self.repositories.get((found[1], found[2]))
            if stored is None or (stored.private and not token):
                status = 404 if token else 401
                return refusal(status, "Repository not found", "RepoNotFound" if token else "")
            rest = found[3] or "revision/main"
            if rest.startswith(("commit/", "preupload/", "tag/")) and token != WRITER:
                return refusal(403, "Your token has no write permission.")
            return self.repository(found[2], stored, rest, urlsplit(target).query, body)
        return refusal(404, "Nothing there.")

    def create(self, wish: dict[str, Any], token: str) -> Answer:
        name = f"{wish['organization']}/{wish['name']}"
        if token != WRITER:
            status = 403 if token else 401
            return refusal(status, "Invalid username or password.")
        if wish["organization"] != "me":
            return refusal(403, "You don't have the rights to create a dataset there.")
        if (wish["type"], name) in self.repositories:
            return refusal(409, "You already created this dataset repo")
        private = bool(wish.get("private")) or wish.get("visibility") == "private"
        self.make(name, kind=wish["type"], private=private)
        return 200, {"url": f"{self.address}/datasets/{name}", "name": name}, {}

    def batch(self, wish: dict[str, Any]) -> dict[str, Any]:
        objects = []
        for one in wish["objects"]:
            upload = {"upload": {"href": f"{self.address}/storage/{one['oid']}"}}
            objects.append(one if one["oid"] in self.storage else {**one, "actions": upload})
        return {"transfer": "basic", "objects": objects}

    def store(self, digest: str, content: bytes) -> Answer:
        if self.stumbles:
            self.stumbles -= 1
            return refusal(503, "Slow down.")
        if self.patience is not None:
            self.patience -= 1
            if self.patience < 0:
                self.taken.set()
                self.released.wait(PATIENCE)
                return refusal(503, "Gone.")
        assert sha256(content).hexdigest() == digest
        self.storage[digest] = content
        self.uploads.release()
        return 200, {}, {}

    def resolve(self, name: str, revision: str, path: str) -> Answer:
        stored = self.repositories["dataset", name]
        commit = stored.at(revision)
        if commit is None:
            return refusal(404, "No such revision.", "RevisionNotFound")
        if path not in stored.commits[commit]:
            return refusal(404, "No such file.", "EntryNotFound")
        content = stored.commits[commit][path]
        headers = {
            "ETag": f'"{sha256(content).hexdigest()}"',
            "X-Repo-Commit": commit,
            "Accept-Ranges": "bytes",
        }
        return 200, content, headers

    def repository(self, name: str, stored: Stored, rest: str, query: str, body: bytes) -> Answer:
        verb, _, rest = rest.partition("/")
        if verb == "refs":
            tags = [ref("tags", tag, commit) for tag, commit in stored.tags.items()]
            branches = [ref("heads", "main", stored.head)]
            return 200, {"branches": branches, "tags": tags, "converts": []}, {}
        revision, _, folder = rest.partition("/")
        commit = stored.at(revision)
        if verb == "paths-info":
            commit = stored.at(rest)
        if commit is None:
            return refusal(404, "No such revision.", "RevisionNotFound")
        files = stored.commits[commit]
        if verb == "revision":
            siblings = [{"rfilename": path} for path in files]
            info = {"id": name, "sha": commit, "private": stored.private, "tags": []}
            return 200, {**info, "siblings": siblings}, {}
        if verb == "tree":
            return 200, list(tree(files, folder, recursive="recursive=true" in query.lower())), {}
        if verb == "paths-info":
            wanted = json.loads(body)["paths"] if body[:1] == b"{" else parse_qs(body.decode())
            paths = wanted["paths"] if isinstance(wanted, dict) else wanted
            everything = {e["path"]: e for e in tree(files, "", recursive=True)}
            return 200, [everything[path] for path in paths if path in everything], {}
        if verb == "preupload":
            return 200, {"files": [self.mode(one) for one in json.loads(body)["files"]]}, {}
        if verb == "tag":
            tag = json.loads(body)["tag"]
            if tag in stored.tags:
                return refusal(409, "Tag exists.")
            stored.tags[tag] = commit
            return 200, {}, {}
        assert verb == "commit"
        return self.commit(name, stored, body)

    def mode(self, one: dict[str, Any]) -> dict[str, Any]:
        mode = "lfs" if one["path"].endswith(LARGE) else "regular"
        ignored = one["path"] in self.ignored
        return {"path": one["path"], "uploadMode": mode, "shouldIgnore": ignored}

    def commit(self, name: str, stored: Stored, body: bytes) -> Answer:
        files, message = dict(stored.files), ""
        for line in map(json.loads, body.splitlines()):
            value = line["value"]
            if line["key"] == "header":
                message = value["summary"]
                if value.get("parentCommit", stored.head) != stored.head:
                    return refusal(412, "A commit has happened since.")
            elif line["key"] == "file":
                files[value["path"]] = b64decode(value["content"])
            elif line["key"] == "lfsFile":
                files[value["path"]] = self.storage[value["oid"]]
            else:
                assert line["key"] == "deletedFile"
                del files[value["path"]]
        commit = stored.commit(files, message)
        url = f"{self.address}/datasets/{name}/commit/{commit}"
        return 200, {"commitOid": commit, "commitUrl": url, "success": True}, {}


def refusal(status: int, message: str, code: str = "") -> Answer:
    headers = {"X-Error-Message": message} | ({"X-Error-Code": code} if code else {})
    return status, {"error": message}, headers


def ref(kind: str, name: str, commit: str) -> dict[str, str]:
    return {"name": name, "ref": f"refs/{kind}/{name}", "targetCommit": commit}


def tree(files: dict[str, bytes], folder: str, *, recursive: bool) -> Any:
    beginning = f"{folder}/" if folder else ""
    folders = set()
    for path, content in files.items():
        if not path.startswith(beginning):
            continue
        parts = path.removeprefix(beginning).split("/")
        if len(parts) > 1 and parts[0] not in folders:
            folders.add(parts[0])
            yield {"type": "directory", "oid": "0" * 40, "size": 0, "path": beginning + parts[0]}
        if len(parts) == 1 or recursive:
            blob = b"blob %d\0%b" % (len(content), content)
            git_id = sha1(blob, usedforsecurity=False).hexdigest()
            entry = {"type": "file", "oid": git_id, "size": len(content), "path": path}
            if path.endswith(LARGE):
                digest = sha256(content).hexdigest()
                entry["lfs"] = {"oid": digest, "size": len(content), "pointerSize": 128}
            yield entry
