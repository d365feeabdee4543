"""A paper before it is a PDF: plain values that the portal and the press share."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

SENTENCES = {
    "busy": "Pencetak sedang penuh. Coba lagi beberapa saat lagi.",
    "time": "Dokumen ini terlalu lama dicetak, jadi pencetakan dihentikan.",
    "memory": "Dokumen ini terlalu besar untuk dicetak.",
    "crashed": "Pencetakan terhenti di tengah jalan. Coba cetak sekali lagi.",
    "refused": "Dokumen menunjuk berkas yang tidak boleh dibaca pencetak.",
    "broken": "Dokumen tidak dapat dicetak karena isinya keliru.",
    "cancelled": "Pencetakan dibatalkan.",
}
TOKEN_LENGTH = 26
TAKEN = b"taken"  # what a press says when it begins an order


class RenderFailed(Exception):
    """A paper was not printed; nothing half done is left behind.

    `code` is one of busy, time, memory, crashed, refused, broken, cancelled; the text
    is a sentence for the user, `detail` a line for the log.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(SENTENCES[code])
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF as its data (PDF/A-3, relationship Data)."""

    name: str
    content: bytes
    description: str
    made_at: datetime = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class VerifyLine:
    """What the footer and the QR say about where a paper can be checked.

    `portal` is the address of the portal (`https://host`), `token` the 26 base32
    characters of the paper, `fingerprint` the SHA-256 of its record in hex. A draft
    gives `printed` ("22 November 2026 pukul 09.15 WIB") instead of a fingerprint, and
    `waits`, what it still wants: "belum disahkan", "belum terbit", "belum ditetapkan".
    """

    portal: str
    token: str
    fingerprint: str = ""
    printed: str = ""
    waits: str = ""

    def __post_init__(self) -> None:
        if len(self.token) != TOKEN_LENGTH:
            raise ValueError(f"a token has {TOKEN_LENGTH} characters")

    @property
    def code(self) -> str:
        """The short code that people type: ABCD-EFGH-IJKL."""
        short = self.token[:12].upper()
        return "-".join(short[start : start + 4] for start in (0, 4, 8))

    @property
    def sentence(self) -> str:
        """The second line of the footer."""
        if self.printed:
            answer = f"halaman periksa menjawab: {self.waits}"
            return f"Draf dicetak {self.printed}; {answer}"
        host = urlsplit(self.portal).netloc
        line = f"Periksa keaslian di {host}/v dengan kode {self.code}"
        if not self.fingerprint:
            return line
        head = self.fingerprint[:16].lower()
        groups = " ".join(head[start : start + 4] for start in (0, 4, 8, 12))
        return f"{line} · Sidik {groups}"

    def qr_text(self, page: int) -> str:
        """The address in the QR of a page, in capitals (alphanumeric mode)."""
        return f"{self.portal.rstrip('/')}/v/{self.token}/{page}".upper()


@dataclass(frozen=True)
class Document:
    """One paper to print; the print sheet and the fonts come with the press.

    `html` is a whole page made from templates/reports/pdf/base.html. `assets` are
    stored files by SHA-256 in hex, which the HTML names as `berkas:<sha256>`; our own
    pictures are `static:<name>`. `size` (a4, f4) and `draft` become classes of the
    root element, `number` and `verify` the footer; `draft` says what is still wanting.
    `identifier` (at most 16 bytes) is the fixed file identifier; left out, it is taken
    from the content.
    """

    html: str
    size: str = "f4"
    number: str = ""
    verify: VerifyLine | None = None
    assets: dict[str, bytes] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    identifier: bytes = b""
    tagged: bool = True
    draft: str = ""

    def __post_init__(self) -> None:
        if self.size not in ("a4", "f4"):
            raise ValueError("papers are a4 or f4")


@dataclass(frozen=True)
class Rendered:
    """A finished PDF: its bytes, its number of pages, and what the press remarked."""

    bytes: bytes
    pages: int
    remarks: tuple[str, ...] = ()
