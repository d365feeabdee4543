"""Make the first account of a portal: an Admin Dinas, or the Pengelola sistem."""

from django.core.management.base import BaseCommand, CommandError

from boards.accounts import create_user
from boards.models import Region
from boards.roles import Role
from common.errors import RuleViolation


class Command(BaseCommand):
    """Asks nothing when all arguments are given; prints a one-time code."""

    help = "Membuat akun Admin Dinas (--region 35.20) atau pengelola (--system)."

    def add_arguments(self, parser):
        parser.add_argument("--username", default="")
        parser.add_argument("--name", default="")
        parser.add_argument("--region", default="", metavar="PP.KK")
        parser.add_argument("--system", action="store_true")

    def handle(self, *args, username, name, region, system, **options):
        username = username or input("Nama pengguna: ").strip()
        name = name or input("Nama: ").strip()
        if not system:
            region = region or input("Kode kabupaten/kota (35.20): ").strip()
            if not Region.objects.filter(code=region).exists():
                raise CommandError(
                    f"Wilayah {region} tidak ada. Jalankan import_regions dulu."
                )
        role = Role.SYSTEM if system else Role.DINAS_ADMIN
        try:
            user, code = create_user(
                username=username,
                name=name,
                role=role,
                region_code="" if system else region,
                by=None,
            )
        except RuleViolation as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"Akun {user.username} dibuat. Kode sekali pakai, berlaku 24 jam: {code}"
        )
