"""Is the portal alive, and is it ready: words for anyone, details for its keepers."""

import datetime
import shutil
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from boards.access import PUBLIC, declare, public_view, reach_of
from boards.clock import doubt_at
from boards.models import AuditHead, Job
from boards.roles import Permission

OLDEST_JOB = datetime.timedelta(minutes=10)


@require_GET
@public_view
def alive(request):
    """The process answers; the database is not asked."""
    return HttpResponse("sehat", content_type="text/plain; charset=utf-8")


def _ready(request):
    """Whether work can be done now; 503 when it cannot."""
    findings = {name: check() for name, check in CHECKS.items()}
    ready = not any(findings.values())
    answer = {"keadaan": "siap" if ready else "belum siap"}
    if _may_see_details(request):
        answer["pemeriksaan"] = {
            name: said or "baik" for name, said in findings.items()
        }
    response = JsonResponse(answer, status=200 if ready else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


# The write test writes (and takes it back), so this one is not held to reading.
ready = declare(require_GET(_ready), PUBLIC)


def _may_see_details(request) -> bool:
    if not request.user.is_authenticated:
        return False
    keepers = (Permission.MANAGE_ACCOUNTS, Permission.MANAGE_BOARDS)
    return any(reach_of(request.user, right) for right in keepers)


def write_test() -> str:
    """A row can be written; it is taken back at once."""
    try:
        with transaction.atomic():
            AuditHead.objects.create(owner="uji-tulis")
            transaction.set_rollback(True)
    except DatabaseError:
        return "basis data tidak dapat ditulis"
    return ""


def migration_test() -> str:
    """Every migration was applied."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "basis data tidak menjawab"
    return f"{len(plan)} migrasi belum dijalankan" if plan else ""


def disk_test() -> str:
    """There is room for files."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free >= settings.UPLOAD_DISK_RESERVE:
        return ""
    return f"sisa ruang {free // 1024 // 1024} MB"


def job_test() -> str:
    """No job waits for longer than ten minutes."""
    edge = timezone.now() - OLDEST_JOB
    waiting = Job.objects.filter(state=Job.State.QUEUED, created_at__lt=edge)
    try:
        count = waiting.filter(run_after=None).count()
    except DatabaseError:
        return "basis data tidak menjawab"
    return f"{count} pekerjaan menunggu lebih dari 10 menit" if count else ""


def clock_test() -> str:
    """The clock can be trusted (boards/clock.py)."""
    try:
        return doubt_at(timezone.now())
    except DatabaseError:
        return "basis data tidak menjawab"


CHECKS: dict[str, Callable[[], str]] = {
    "tulis": write_test,
    "migrasi": migration_test,
    "ruang": disk_test,
    "pekerjaan": job_test,
    "jam": clock_test,
}
