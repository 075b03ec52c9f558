"""The YAML language server as an editor speaks to it: what it offers, complains of and explains at a place of a deck.

VS Code, Neovim, Helix, Emacs and others run this very program. It comes from npm and needs node; ``install`` fetches it.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SERVER = "yaml-language-server@1.25.0"
CURSOR = "▮"  # stands in the texts of tests where the cursor is


def install(folder: Path) -> list[str]:
    """Return the command that starts the server, put into ``folder`` with npm; raises FileNotFoundError where there is no node."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise FileNotFoundError(program)
    subprocess.run(["npm", "install", "--silent", "--prefix", str(folder), SERVER], check=True, capture_output=True, timeout=300)
    return ["node", str(folder / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"), "--stdio"]


class Editor:
    """One run of the server, with the documents that are open in it."""

    def __init__(self, process: "subprocess.Popen[bytes]", folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._last = 0
        self._versions: dict[str, int] = {}

    def begin(self) -> None:
        """Say who speaks, and which of its abilities are wanted."""
        item = {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}
        able = {
            "textDocument": {"completion": {"completionItem": item}, "hover": {"contentFormat": ["markdown"]}, "publishDiagnostics": {}},
            "workspace": {"configuration": True},
        }
        self._ask("initialize", {"processId": None, "rootUri": self._folder.as_uri(), "capabilities": able})
        self._send({"method": "initialized", "params": {}})

    def completions(self, name: str, text: str) -> dict[str, str]:
        """Return what is offered where ``CURSOR`` stands in the text: the label of each, with the text that it would insert."""
        where = self._open(name, text)
        found = self._ask("textDocument/completion", where)
        items = found["items"] if isinstance(found, dict) else found
        return {item["label"]: (item.get("textEdit") or {}).get("newText", item.get("insertText", "")) for item in items}

    def hover(self, name: str, text: str) -> str:
        """Return what is shown to who points at ``CURSOR``."""
        found = self._ask("textDocument/hover", self._open(name, text))
        return "" if found is None else str(found["contents"]["value"])

    def complaints(self, name: str, text: str) -> list[tuple[int, int, str]]:
        """Return all that is underlined: line and column, from 1, and what is said of it."""
        uri = self._open(name, text)["textDocument"]["uri"]
        while True:
            message = self._read()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                shown = [(one["range"]["start"], one["message"]) for one in message["params"]["diagnostics"]]
                return [(start["line"] + 1, start["character"] + 1, said) for start, said in shown]

    def _open(self, name: str, text: str) -> dict[str, Any]:
        before, _, after = text.partition(CURSOR)
        uri = (self._folder / name).as_uri()
        self._versions[uri] = version = self._versions.get(uri, 0) + 1
        document: dict[str, Any] = {"uri": uri, "version": version}
        if version == 1:
            self._send(
                {"method": "textDocument/didOpen", "params": {"textDocument": {**document, "languageId": "yaml", "text": before + after}}}
            )
        else:
            self._send(
                {"method": "textDocument/didChange", "params": {"textDocument": document, "contentChanges": [{"text": before + after}]}}
            )
        line = before.rsplit("\n", 1)[-1]
        return {"textDocument": {"uri": uri}, "position": {"line": before.count("\n"), "character": len(line.encode("utf-16-le")) // 2}}

    def _ask(self, method: str, parameters: dict[str, Any]) -> Any:
        self._last += 1
        number = self._last
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _read(self) -> dict[str, Any]:
        """Return the next message; what the server asks for meanwhile it gets: its settings."""
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if "id" in message and "method" in message:
            settings = {"yaml": {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True}}
            asked = message.get("params", {}).get("items", []) if message["method"] == "workspace/configuration" else None
            self._send({"id": message["id"], "result": None if asked is None else [settings.get(one.get("section")) for one in asked]})
        return message

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()


@contextmanager
def editor(command: list[str], folder: Path) -> Iterator[Editor]:
    """An editor on ``folder``, closed at the end."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            found = Editor(process, folder)
            found.begin()
            yield found
        finally:
            process.kill()
