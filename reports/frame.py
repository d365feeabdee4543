"""Plain values that the print frame (templates/reports/pdf/base.html) takes."""

from dataclasses import dataclass

DEFAULT_EMBLEM = "static:lkm.svg"


@dataclass(frozen=True)
class Letterhead:
    """Kop surat: `kind` in capitals, `name`, `places`, `address`, `contact`.

    `emblem` is `static:<name>` or `berkas:<sha256>` of a stored picture that is in
    the assets of the document.
    """

    kind: str
    name: str
    places: str
    address: str
    contact: str = ""
    emblem: str = DEFAULT_EMBLEM


@dataclass(frozen=True)
class Signer:
    """One box of a signature block: an empty one only pushes the next to the right.

    `above` is the line over the role (place and date, "Mengetahui", "Disetujui"),
    `role` ends with a comma, `below` are rank, post and NIP, one a line. Names are
    copies taken at signing.
    """

    role: str = ""
    name: str = ""
    above: str = ""
    below: tuple[str, ...] = ()
