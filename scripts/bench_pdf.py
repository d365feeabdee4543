"""Measure the press against its peers: letters, matrices, memory, tags.

Prints one line a goal, `GOAL name value limit ok|short`, and ends 0 only when all are
ok. Every figure is a median of interleaved rounds; ratios compare whole processes of
the same run on the same machine. `--rounds 1` for a short look.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from django.conf import settings  # noqa: E402

from reports.document import Document, VerifyLine  # noqa: E402
from reports.pdf_findings import structure_findings  # noqa: E402
from reports.render import close_presses, pool, render_pdf  # noqa: E402

VERIFY = VerifyLine("https://lkm.example", "IDLZNABSFO6CQ7WEXRTYUI2345", "f2" * 32)
NUMBER = "012/BA/LKM-SR/XI/2026"
CHUNK = 375
COLUMNS = ["w30", "", "", "w24", "w15", "w24", "w15", "w30", "w15", "w24"]
COLUMNS += ["w15", "w15", "w18"]
PLAIN = """
import sys, weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])
"""
# The long way, cold, from the same kind of files; says the peak memory of any process.
OURS = """
import resource, sys
from pathlib import Path
from django.conf import settings
from reports.render import Document, VerifyLine, close_presses, render_long
folder, target = map(Path, sys.argv[1:])
settings.configure(DATA_DIR=folder.parent)
verify = VerifyLine("https://lkm.example", "IDLZNABSFO6CQ7WEXRTYUI2345", "f2" * 32)
parts = [
    Document(html=path.read_text(), number="012/BA/LKM-SR/XI/2026", verify=verify)
    for path in sorted(folder.iterdir())
]
target.write_bytes(render_long(parts).bytes)
close_presses()
kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
print(max(resource.getrusage(kind).ru_maxrss for kind in kinds))
"""


def page(body: str, shape: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="id" class="{shape}"><head><meta charset="utf-8">'
        f"<title>Berita Acara {NUMBER}</title></head>"
        f'<body data-number="{NUMBER}">{body}</body></html>'
    )


def letter_html() -> str:
    """A berita acara of two pages: letterhead, text, attendance of thirty, names."""
    text = "Rapat membahas pemeliharaan drainase lingkungan RW 004 sepanjang 310 m. "
    rows = "".join(
        f'<tr><td class="c">{row}</td><td>Peserta rapat nomor {row}</td>'
        f'<td class="c">L</td><td>RT 00{row % 9}/RW 004</td><td>{row}.</td></tr>'
        for row in range(1, 31)
    )
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in ("No", "Nama", "L/P", "RT", "Paraf")
    )
    columns = '<colgroup><col class="w8"><col><col class="w8"><col class="w30"><col>'
    return page(
        '<header class="letterhead"><p>LEMBAGA KESWADAYAAN MASYARAKAT'
        '<b class="big">SUMBER REJEKI</b>Kelurahan Tirtomulyo</p></header>'
        f"<main><h1>Berita Acara</h1>{f'<p>{text * 4}</p>' * 6}"
        f'<table class="grid sheet">{columns}</colgroup><thead><tr>{heads}</tr></thead>'
        f'<tbody>{rows}</tbody></table><p class="closing">Demikian.</p></main>'
        '<section class="signatures"><div class="sign"><div class="role">Notulis,</div>'
        "<p><b>Retno Wulandari</b></p></div></section>",
        "f4",
    )


def matrix_html(first: int, last: int) -> str:
    """Rows of a Renja matrix: thirteen cells each, about thirty rows a page."""
    lines = []
    for row in range(first, last):
        cells = [
            f"1.04.03.{row:05d}",
            f"Drainase RT {row % 99:03d}",
            "Panjang drainase",
        ]
        cells += [f"Kelurahan {row % 28}", f"{row % 97} m", f"{row * 13_500}", "DAU"]
        cells += [
            "Usulan LKM",
            f"{row % 50} m",
            f"{row * 14_000}",
            "RW 1",
            "UPL",
            "ada",
        ]
        lines.append(f"<tr><td>{'</td><td>'.join(cells)}</td></tr>")
    heads = "".join(f'<th scope="col">({at})</th>' for at in range(1, 14))
    columns = "".join(f'<col class="{name}">' for name in COLUMNS)
    return page(
        f'<h1>Matriks</h1><table class="grid dense"><colgroup>{columns}</colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>",
        "f4 landscape",
    )


def write_chunks(folder: Path, rows: int) -> None:
    """The matrix in equal parts of at most CHUNK rows, an even number of them."""
    parts = max(2, -(-rows // CHUNK))
    parts += parts % 2
    edges = [rows * at // parts for at in range(parts + 1)]
    folder.mkdir()
    for at in range(parts):
        (folder / f"{at:03d}.html").write_text(matrix_html(*edges[at : at + 2]))


def with_sheet(html: str) -> str:
    """The same page for engines that have no press: the sheet inside."""
    sheet = (ROOT / "static/css/print.css").read_text()
    return html.replace("</head>", f"<style>{sheet}</style></head>")


def timed(command: list[str], **more) -> tuple[float, str]:
    started = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True, **more)
    return time.perf_counter() - started, done.stdout


def commands(folder: Path, source: Path) -> dict[str, list[str]]:
    """How each peer is called to print `source`."""
    return {
        "plain": [sys.executable, "-c", PLAIN, str(source), str(folder / "plain.pdf")],
        "chromium": [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu"),
            f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={folder / 'chromium.pdf'}",
            source.as_uri(),
        ],
        "wkhtmltopdf": ["wkhtmltopdf", "-q", str(source), str(folder / "wk.pdf")],
    }


def codes(path: Path) -> list[str]:
    """The row codes of a finished matrix, in the order of its text."""
    text = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [word for word in text.split() if word.startswith("1.04.03.")]


def measure_letters(folder: Path, rounds: int) -> dict[str, float]:
    """Seconds of a letter: cold press, warm press, wkhtmltopdf; findings in it."""
    document = Document(html=letter_html(), number=NUMBER, verify=VERIFY)
    source = folder / "letter.html"
    source.write_text(with_sheet(document.html))
    peer = commands(folder, source)["wkhtmltopdf"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    cold, warm, other = [], [], []
    for _ in range(max(rounds, 5)):
        close_presses()
        cold.append(seconds(lambda: render_pdf(document)))
        warm.append(seconds(lambda: render_pdf(document)))
        other.append(timed(peer, env=environment)[0])
    paper = render_pdf(document)
    assert paper.pages == 2, paper.pages
    return {
        "cold": statistics.median(cold),
        "warm": statistics.median(warm),
        "wkhtmltopdf": statistics.median(other),
        "findings": len(structure_findings(paper.bytes)),
    }


def seconds(act) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def measure_tags(rounds: int) -> float:
    """Tagged against untagged, the same 375 rows in a warm press."""
    html = matrix_html(0, CHUNK)
    kinds = {True: [], False: []}
    for _ in range(max(rounds, 5)):
        for tagged, times in kinds.items():
            document = Document(html=html, number=NUMBER, tagged=tagged)
            times.append(seconds(lambda document=document: render_pdf(document)))
    return statistics.median(kinds[True]) / statistics.median(kinds[False])


def measure_matrix(folder: Path, rows: int, rounds: int, peers) -> dict[str, float]:
    """Medians of whole processes, peak memory of ours, rows lost by ours."""
    source, target = folder / f"matrix-{rows}.html", folder / "ours.pdf"
    source.write_text(with_sheet(matrix_html(0, rows)))
    ways = {name: commands(folder, source)[name] for name in peers}
    write_chunks(folder / f"chunks-{rows}", rows)
    parts = str(folder / f"chunks-{rows}")
    ways["ours"] = [sys.executable, "-c", OURS, parts, str(target)]
    times, peaks = {name: [] for name in ways}, []
    for _ in range(rounds):
        for name, command in ways.items():
            took, said = timed(command, cwd=ROOT)
            times[name].append(took)
            if name == "ours":
                peaks.append(int(said) / 1024)
    found, wanted = codes(target), [f"1.04.03.{row:05d}" for row in range(rows)]
    lost = 0 if found == wanted else abs(len(wanted) - len(found)) or 1
    medians = {name: statistics.median(each) for name, each in times.items()}
    return {**medians, "mb": max(peaks), "lost": lost}


def goals(folder: Path, rounds: int):
    """Each goal as (name, value, limit), as soon as it is known."""
    letter = measure_letters(folder, rounds)
    yield "letter_warm_per_wkhtmltopdf", letter["warm"] / letter["wkhtmltopdf"], 1.0
    yield "letter_warm_seconds", letter["warm"], 0.25
    yield "letter_cold_seconds", letter["cold"], 1.0
    yield "letter_findings", letter["findings"], 0
    yield "tagged_per_untagged", measure_tags(rounds), 1.25
    close_presses()
    short = measure_matrix(folder, 650, rounds, ["plain", "chromium"])
    yield "matrix_650_per_plain", short["ours"] / short["plain"], 0.5
    yield "matrix_650_per_chromium", short["ours"] / short["chromium"], 1.5
    yield "matrix_650_rows_lost", short["lost"], 0
    long = measure_matrix(folder, 7_500, rounds, ["plain"])
    yield "matrix_7500_per_plain", long["ours"] / long["plain"], 0.4
    yield "matrix_7500_megabytes", long["mb"], 200
    yield "matrix_7500_rows_lost", long["lost"], 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-pdf-") as name:
        settings.configure(DATA_DIR=name)
        pool()
        short = 0
        for goal, value, limit in goals(Path(name), asked.rounds):
            verdict = "ok" if value <= limit else "short"
            short += verdict == "short"
            print(f"GOAL {goal} {value:.2f} <={limit} {verdict}", flush=True)
        close_presses()
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
