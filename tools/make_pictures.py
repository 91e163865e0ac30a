"""Make the pictures of docs/reports.md: each report of the fictional example as a page, as a browser shows it.

`python tools/make_pictures.py` needs Chromium and ImageMagick's `convert`; it writes docs/pictures/.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from report_page import DAY, EXAMPLE, PARTNER, PICTURES, SHOWN

from erc_cli.core.reports.catalogue import REPORTS

SIZE = "920,760"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Write the pictures; 2 where a program is missing."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    convert = shutil.which("convert")
    if browser is None or convert is None:
        sys.stderr.write("Chromium and ImageMagick are needed\n")
        return 2
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, known in REPORTS.items():
            page, shot = Path(folder) / f"{name}.html", Path(folder) / f"{name}.png"
            erc = [str(Path(sys.executable).parent / "erc"), "-C", str(EXAMPLE), "report", name]
            erc += [PARTNER] if known.subject else []
            language = SHOWN[name].language if name in SHOWN else "en"
            subprocess.run([*erc, "--on", DAY.isoformat(), "--lang", language, "-o", str(page)], check=True)
            words = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={SIZE}"]
            subprocess.run(
                [browser, *words, f"--screenshot={shot}", page.as_uri()], check=True, stderr=subprocess.DEVNULL
            )
            small = ["-colors", "32", "-strip", "-define", "png:compression-level=9", str(PICTURES / f"{name}.png")]
            subprocess.run([convert, str(shot), *small], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
