"""A summary in printed words: sections that only need to be laid out."""

from dataclasses import dataclass

from reports.builders.dinas_summary import SummaryFacts
from reports.builders.summary_front import front_sections, gap_section, letterhead_of
from reports.builders.summary_parts import CHUNK_ROWS, Issue, Section
from reports.builders.summary_tables import (
    annex_sections,
    board_sections,
    renja_sections,
    source_sections,
)
from reports.frame import Letterhead


@dataclass(frozen=True)
class SummaryPaper:
    """A whole summary, ready to be laid out in one piece or in chunks."""

    title: str
    letterhead: Letterhead
    sections: tuple[Section, ...]

    @property
    def rows(self) -> int:
        """About how many rows it has: what decides between whole and chunks."""
        return sum(section.rows for section in self.sections)

    def chunks(self) -> list[list[Section]]:
        """Sections packed into pieces of about 375 rows, in their order."""
        packed: list[list[Section]] = [[]]
        filled = 0
        for section in self.sections:
            if packed[-1] and filled + section.rows > CHUNK_ROWS:
                packed.append([])
                filled = 0
            packed[-1].append(section)
            filled += section.rows
        return packed


def title_of(facts: SummaryFacts) -> str:
    """The name of the paper in the register."""
    return f"Ringkasan {facts.region}, {facts.period.label}"


def build(facts: SummaryFacts, issue: Issue, *, chart_digest: str = "") -> SummaryPaper:
    """Word every section of `facts`; `chart_digest` names the chart in the assets."""
    sections = (
        *front_sections(facts, issue, chart_digest=chart_digest),
        *board_sections(facts, issue),
        *source_sections(facts, issue),
        *renja_sections(facts, issue),
        gap_section(facts, issue),
        *annex_sections(facts),
    )
    return SummaryPaper(title_of(facts), letterhead_of(issue), sections)
