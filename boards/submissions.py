"""A double click posts once: the form's key answers for the first result."""

import hashlib
import json
import time
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import BadRequest, ObjectDoesNotExist
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from boards.models import Submission
from common.error_pages import error_page

FIELD = "submission_key"
# A lock that is taken, or a row that was written a moment before, is tried again.
TRIES = 3
# What was there a moment ago may be gone: on the next try the view says 404.
CLASHES = (IntegrityError, OperationalError, ObjectDoesNotExist)
# SQLite waits long for its one lock by itself; a visitor is not kept for a minute.
PATIENCE_SECONDS = 8
_NOT_CONTENT = (FIELD, "csrfmiddlewaretoken")


def body_hash(request: HttpRequest) -> str:
    """SHA-256 of what was typed and attached, without the token and the key."""
    typed = {
        name: request.POST.getlist(name)
        for name in sorted(request.POST)
        if name not in _NOT_CONTENT
    }
    files = {
        name: [_file_hash(file) for file in request.FILES.getlist(name)]
        for name in sorted(request.FILES)
    }
    text = json.dumps([typed, files], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _file_hash(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _answer_again(request: HttpRequest, key: str, digest: str) -> HttpResponse | None:
    """The answer to a key that was used before, or None when it is new."""
    used = Submission.objects.filter(key=key).first()
    if used is None:
        return None
    same = (used.user_id, used.path, used.body_sha256) == (
        request.user.pk,
        request.path,
        digest,
    )
    if same:
        response = HttpResponseRedirect(used.result_url)
        response.status_code = 303
        return response
    typed = [
        (name, value)
        for name in request.POST
        if name not in _NOT_CONTENT
        for value in request.POST.getlist(name)
        if value
    ]
    return error_page(request, 409, typed=typed, reused=True)


def post_once(view: Callable) -> Callable:
    """Carry out a creating POST once for each key the form was given.

    Stands under the door. The work and the Submission row share one transaction; an
    answer that is not a redirect (the form with errors) stores nothing, so a
    corrected retry with the same key works. No key or a long one: 400.
    """

    @wraps(view)
    def once(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = request.POST.get(FIELD, "")
        if not 0 < len(key) <= 64 or not key.isprintable():
            raise BadRequest(FIELD)
        digest = body_hash(request)
        again = _answer_again(request, key, digest)
        if again:
            return again
        answer, attempt, began = None, 0, time.monotonic()
        while answer is None:
            attempt += 1
            try:
                answer = _carry_out(view, request, args, kwargs, key=key, digest=digest)
            except CLASHES as clash:
                answer = _after_clash(request, clash, key, digest, attempt, began)
        return answer

    return once


def _after_clash(request, clash, key, digest, attempt, began) -> HttpResponse | None:
    """What two acts at once come to: the first result, another try, or "later".

    The other click won and its row is now visible; or another act took the same
    number, name or lock: tried again, the form sees what the other one wrote.
    """
    again = _answer_again(request, key, digest)
    late = time.monotonic() - began > PATIENCE_SECONDS
    if again or (attempt < TRIES and not late):
        for _name, files in request.FILES.lists():
            for file in files:
                file.seek(0)
        return again
    raise clash


def _carry_out(view, request, args, kwargs, *, key: str, digest: str) -> HttpResponse:
    with transaction.atomic():
        submission = Submission.objects.create(
            user=request.user if request.user.is_authenticated else None,
            action=request.resolver_match.view_name,
            path=request.path,
            key=key,
            body_sha256=digest,
        )
        response = view(request, *args, **kwargs)
        if response.status_code in (302, 303):
            submission.result_url = response["Location"]
            submission.save(update_fields=["result_url"])
        else:
            transaction.set_rollback(True)
    return response
