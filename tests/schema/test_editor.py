"""Completions and hover texts in a task file, by the language service of a real editor."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support.checkout import ROOT

SERVICE = "vscode-json-languageservice@5.7.2"
PROBE = r"""
const { getLanguageService, TextDocument } = require("vscode-json-languageservice");
const fs = require("node:fs");
const { fileURLToPath, pathToFileURL } = require("node:url");
const [root, ...cases] = process.argv.slice(1);
const service = getLanguageService({
  schemaRequestService: async (uri) => fs.readFileSync(fileURLToPath(uri), "utf8"),
  workspaceContext: { resolveRelativePath: (path, resource) => new URL(path, resource).href },
});
const folder = pathToFileURL(root + "/").href;
const settings = JSON.parse(fs.readFileSync(root + "/.vscode/settings.json", "utf8"));
service.configure({
  schemas: settings["json.schemas"].map((one) => ({
    uri: new URL(one.url, folder).href, fileMatch: one.fileMatch.map((glob) => "*" + glob),
  })),
});
async function answer(marked) {
  const at = marked.indexOf("|");
  const text = marked.replace("|", "");
  const document = TextDocument.create(folder + "tasks/a.json", "json", 1, text);
  const parsed = service.parseJSONDocument(document);
  const place = document.positionAt(Math.max(at, 0));
  const offered = await service.doComplete(document, place, parsed);
  const hover = await service.doHover(document, place, parsed);
  const faults = await service.doValidation(document, parsed);
  return {
    offered: offered.items.map((item) => item.label),
    hover: hover ? hover.contents.join(" ") : "",
    faults: faults.map((fault) => fault.message),
  };
}
(async () => {
  const answers = [];
  for (const one of cases) answers.push(await answer(one));
  console.log(JSON.stringify(answers));
})();
"""
BEGIN = '{"schema_version": 3, "name": "a", "definition": ["a"], "instances": [], '


@pytest.fixture(scope="module")
def service() -> Path:
    """The folder with the language service, which is next to the checkout."""
    folder = ROOT / f".node-{SERVICE}"
    if not (folder / ".ready").exists():
        folder.mkdir(exist_ok=True)
        install = ["npm", "install", "--silent", "--no-audit", "--prefix", folder, SERVICE]
        subprocess.run(install, check=True, capture_output=True)
        (folder / ".ready").touch()
    return folder


def answers(service: Path, *cases: str) -> list[dict[str, Any]]:
    """Return completions, hover texts and errors at the bar in each text."""
    done = subprocess.run(
        ["node", "-e", PROBE, ROOT, *cases],
        env=os.environ | {"NODE_PATH": str(service / "node_modules")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.matrix
def test_an_editor_completes_and_explains_keys_and_terms(service: Path) -> None:
    keys, kinds, of_a_set, terms, hover = answers(
        service,
        BEGIN + '"|": 1}',
        BEGIN + '"answer_format": {"kind": "|"}}',
        BEGIN + '"answer_format": {"kind": "set", "|": 1}}',
        BEGIN + '"categories": ["|"]}',
        BEGIN + '"ali|ases": []}',
    )
    assert {"summary", "categories", "positive_demonstrations"} <= set(keys["offered"])
    assert "instances" not in keys["offered"]  # it is there
    assert [one.strip('"') for one in kinds["offered"]] == [
        *("text", "label", "set", "fields", "choices")
    ]
    assert "separator" in of_a_set["offered"]
    assert '"Answer Verification"' in terms["offered"]
    assert "Earlier names" in hover["hover"]


@pytest.mark.matrix
def test_an_editor_reports_errors_only_in_invalid_files(service: Path) -> None:
    texts = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "tasks").glob("*.json")))
    heads = [text.replace("|", "/").partition('"instances": [')[0] for text in texts]
    *right, wrong = answers(
        service, *(f'{head}"instances": []}}' for head in heads), BEGIN + '"definitoin": []}'
    )
    assert [one["faults"] for one in right] == [[]] * len(heads)
    assert wrong["faults"] == ["Property definitoin is not allowed."]
