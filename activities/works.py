"""Kinds of works an LKM carries out, with their units: plain data, no Django.

Source: governance sheet, section 5.6.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class WorksType:
    """One kind of works: its units, and the slum criteria that it may improve."""

    code: str
    label: str
    units: tuple[str, ...]
    criteria: tuple[str, ...] = ()


WORKS_TYPES = {
    works.code: works
    for works in (
        WorksType("ROAD", "Jalan lingkungan", ("m", "m²"), ("2a", "2b")),
        WorksType("BRIDGE", "Jembatan kecil atau titian", ("unit", "m"), ("2a",)),
        WorksType("DRAIN", "Drainase", ("m",), ("4a", "4b", "4c")),
        WorksType("INFILTRATION", "Sumur resapan atau biopori", ("unit",), ("4a",)),
        WorksType("RETAINING", "Tembok penahan tanah", ("m",)),
        WorksType("TOILET", "MCK atau jamban komunal", ("unit",), ("5a", "5b")),
        WorksType("SEPTIC", "Jamban dan tangki septik", ("unit",), ("5a", "5b")),
        WorksType("SEWER", "IPAL atau pipa limbah", ("unit", "m", "SR"), ("5a", "5b")),
        WorksType("WATER", "Air minum", ("unit", "m", "SR"), ("3a", "3b")),
        WorksType("WASTE", "Persampahan", ("unit",), ("6a", "6b")),
        WorksType("FIRE", "Proteksi kebakaran", ("unit",), ("7a", "7b")),
        WorksType("HOUSE", "Perbaikan rumah (RTLH)", ("unit",), ("1c",)),
        WorksType("ORDERING", "Penataan bangunan", ("unit", "ha"), ("1a", "1b")),
        WorksType("PARK", "Ruang terbuka atau taman", ("m²", "unit")),
        WorksType("LIGHT", "Penerangan jalan (PJU)", ("unit",)),
    )
}
UNITS = ("m", "m²", "unit", "SR", "ha")


def works_choices() -> list[tuple[str, str]]:
    """Code and name of every kind of works, for a select."""
    return [(works.code, works.label) for works in WORKS_TYPES.values()]


def unit_choices() -> list[tuple[str, str]]:
    """Every unit in which a volume is counted."""
    return [(unit, unit) for unit in UNITS]
