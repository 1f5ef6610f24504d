"""A run as a file that a third party executes again: scheme, facts and result in a zip, with every hash."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from engine.facts import Facts
from engine.language.scheme import EvaluationPlan
from engine.score import score
from engine.text import Place, Problem, Problems, Text
from indicators.facts import load_facts
from indicators.facts.writing import csv_files, rows_of
from indicators.selectors import scheme_of_text
from scoring.freezing import FIRST_FORMAT, first_sha256_of, freeze, sheets_of
from scoring.models import Run
from scoring.selectors import frozen_facts
from scoring.services.verifying import format_of, result_again

_MANIFEST, _SCHEME, _FACTS = "manifest.json", "scheme.yaml", "facts/"
_FIXED = (1980, 1, 1, 0, 0, 0)  # the same run gives the same bytes
_MOST_FILES, _MOST_BYTES = 100, 2**30

_NO_PACK = Text("不是导出的计分批次（export_run 做的 zip）", "this is no exported run (a zip made by export_run)")
_TEXT = Text("方案与清单里的哈希不符", "the scheme does not match the hash in the manifest")
_READ = Text("数据与清单里的哈希不符", "the facts do not match the hash in the manifest")
_SHEET = Text("{unit} 的得分表重新计算后与清单不符", "scoring again gives another sheet of {unit}")
_GONE = Text("清单里的 {unit} 重新计算后没有", "scoring again gives no sheet of {unit}, which is in the manifest")
_RESULT = Text("结果与清单里的哈希不符", "the result does not match the hash in the manifest")


def export_run(run: Run, out: Path) -> None:
    """Write a run to a zip: manifest, the scheme's text, the facts as a folder of CSV files."""
    kept = run.snapshot
    plan = _plan(kept.scheme_text, run.scheme.evaluation)
    files = csv_files(rows_of(frozen_facts(run), plan))
    manifest = {
        "format": format_of(run), "cycle": run.cycle.code, "run": run.number, "evaluation": run.scheme.evaluation,
        "engine": run.engine,
        "scheme_sha256": kept.scheme_sha256, "facts_sha256": kept.sha256, "result_sha256": run.result,
        "sheets": dict(run.sheets.order_by("unit_code").values_list("unit_code", "hash")),
    }  # fmt: skip
    named = {_MANIFEST: json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()}
    named |= {_SCHEME: kept.scheme_text.encode()} | {f"{_FACTS}{name}": data for name, data in files.items()}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in sorted(named.items()):
            pack.writestr(zipfile.ZipInfo(name, _FIXED), data, zipfile.ZIP_DEFLATED)


def _plan(text: str, evaluation: str) -> EvaluationPlan:
    return next(one for one in scheme_of_text(text, _SCHEME).evaluations if one.code == evaluation)


def verify_pack(file: Path) -> Iterator[Text]:
    """Execute an exported run again, without a database, and tell everything that does not match its manifest.

    Raises:
        Problems: if the file is no exported run, or its facts cannot be read.
    """
    manifest, text, facts = _open(file)
    form = manifest.get("format", FIRST_FORMAT)  # the first said nothing of it
    if _sha256(text) != manifest["scheme_sha256"]:
        yield _TEXT
    plan = _plan(text.decode(), manifest["evaluation"])
    with TemporaryDirectory() as folder:
        for name, data in facts.items():
            Path(folder, name).write_bytes(data)
        known, _ = load_facts(Path(folder), plan)
    if _facts_sha256(form, known) != manifest["facts_sha256"]:
        yield _READ
    sheets = list(sheets_of(score(plan, known)))
    fresh = {sheet.unit_code: sheet.hash for sheet in sheets}
    for unit in sorted(fresh.keys() | manifest["sheets"].keys()):
        if unit not in fresh:
            yield _GONE.format(unit=unit)
        elif fresh[unit] != manifest["sheets"].get(unit):
            yield _SHEET.format(unit=unit)
    if result_again(form, sheets) != manifest["result_sha256"]:
        yield _RESULT


def _facts_sha256(form: int, facts: Facts) -> str:
    return first_sha256_of(facts) if form == FIRST_FORMAT else freeze(facts).sha256


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _open(file: Path) -> tuple[dict[str, Any], bytes, dict[str, bytes]]:
    """Manifest, scheme and CSV files of a pack, by plain names."""
    try:
        with zipfile.ZipFile(file) as pack:
            infos = pack.infolist()
            if len(infos) > _MOST_FILES or sum(info.file_size for info in infos) > _MOST_BYTES:
                raise Problems([Problem(Place(file.name), _NO_PACK)])
            facts = {
                name.removeprefix(_FACTS): pack.read(name)
                for name in pack.namelist()
                if name.startswith(_FACTS) and "/" not in name.removeprefix(_FACTS) and name != _FACTS
            }
            return json.loads(pack.read(_MANIFEST)), pack.read(_SCHEME), facts
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Problems([Problem(Place(file.name), _NO_PACK)]) from error
