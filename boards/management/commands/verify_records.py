"""Walk every chain of records: status 0 when all hold, else 1 and where it breaks."""

from django.core.management.base import BaseCommand

from boards.verification import Finding, broken_chains


class Command(BaseCommand):
    """See the module's docstring."""

    help = "Periksa semua rantai catatan dan jejak; status 1 bila ada yang putus."

    def handle(self, *args, **options):
        """Print the first broken link of each chain, or that all hold."""
        findings = list(broken_chains())
        for finding in findings:
            self.stdout.write(_line(finding))
        if findings:
            raise SystemExit(1)
        self.stdout.write("Semua rantai utuh.")


def _line(finding: Finding) -> str:
    place = finding.owner
    if finding.position is not None:
        place += f", urutan {finding.position}"
    return f"PUTUS {finding.chain} {place}: {finding.subject} ({finding.reason})"
