"""Every address of the portal with the objects it needs, out of one whole world.

An address that is not in the table with the objects it needs fails test_doors.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.urls import URLResolver, get_resolver

from boards.roles import Role
from deliberations.models import Correction
from reports.models import EvaluationEvidence
from tests.door_elections import ELECTION_OBJECTS
from tests.door_ledger import BOOK_RIGHT, LEDGER_OBJECTS
from tests.door_lending import LENDING_OBJECTS
from tests.door_loans import LOAN_OBJECTS
from tests.door_problems import PROBLEM_OBJECTS
from tests.make import activities as works
from tests.make import boards as make
from tests.make import meetings as meet
from tests.make import members
from tests.world import HOME, World


def pk(attribute: str):
    """The primary key of something in the world."""
    return lambda world: {"pk": getattr(world, attribute).pk}


def first(attribute: str, many: str, **named: str):
    """The primary key of a row and of its first child."""

    def kwargs(world: World) -> dict[str, Any]:
        row = getattr(world, attribute)
        child = getattr(row, many).first()
        (name,) = named
        return {"pk": row.pk, name: child.pk}

    return kwargs


def _photo(world):
    return {"pk": world.report.pk, "photo_pk": works.photo(world.report).pk}


def _receipt(world):
    return {"pk": world.report.pk, "receipt_pk": works.receipt(world.report).pk}


def _training_file(world):
    row = world.training.files.first() or members.training_file(
        world.training, by=world.secretary
    )
    return {"pk": row.training_id, "file_pk": row.pk}


def _of_voucher(world):
    return {"pk": world.book and world.voucher.pk}


def _statement(world):
    return {"kind": world.book.kind, "code": "kas-harian"}


def _assignment(world):
    user = world.users[Role.SECRETARY]
    return {"pk": user.pk, "assignment_pk": user.assignments.get().pk}


def _evidence(world):
    score = world.evaluation.scores.first()
    decision = world.ratified.decisions.first()
    made, _ = EvaluationEvidence.objects.get_or_create(score=score, decision=decision)
    return {"pk": world.evaluation.pk, "evidence_pk": made.pk}


def _bidang(world):
    area = world.evaluation.sheet.areas.first()
    return {"pk": world.evaluation.pk, "area_pk": area.pk}


def _nothing(world):
    return {}


def _sheet(world):
    return {"pk": world.stack.pk, "page_pk": world.stack.sheets.get().pk}


_TOKEN = {"token": uuid.UUID(int=7)}
_meeting_item = first("draft", "items", item_pk="item")


def _correction(world):
    asked = Correction.objects.create(
        meeting=world.sent,
        round=world.sent.round,
        text="Salah tulis.",
        asked_by=world.users[Role.MEMBER],
        asked_name="Warga 02",
        asked_at=meet.NOON,
    )
    return {"pk": world.sent.pk, "correction_pk": asked.pk}


_meeting_guest = first("draft", "attendances", attendance_pk="attendance")

# Objects an address needs beside its board or region. `GONE` marks an address whose
# object cannot exist for everybody (a stranger's upload): there 404 is right inside.
GONE = "gone"
OBJECTS: dict[str, Any] = {
    "deliberations:meeting_page": pk("draft"),
    "deliberations:meeting_edit": pk("draft"),
    "deliberations:meeting_delete": pk("draft"),
    "deliberations:agenda_page": pk("draft"),
    "deliberations:agenda_take": pk("draft"),
    "deliberations:agenda_move": _meeting_item,
    "deliberations:agenda_rename": _meeting_item,
    "deliberations:agenda_remove": _meeting_item,
    "deliberations:attendance_page": pk("draft"),
    "deliberations:attendance_all": pk("draft"),
    "deliberations:meeting_invite": pk("draft"),
    "deliberations:meeting_calendar": pk("draft"),
    "deliberations:series_edit": pk("series"),
    "deliberations:series_prepare": pk("series"),
    "deliberations:series_stop": pk("series"),
    "deliberations:layout_edit": lambda world: {"kind": "RWT"},
    "deliberations:layout_reset": lambda world: {"kind": "RWT"},
    "deliberations:meeting_postpone": pk("draft"),
    "deliberations:postpone_undo": pk("draft"),
    "deliberations:second_call": pk("draft"),
    "deliberations:second_call_undo": pk("draft"),
    "deliberations:guest_add": pk("draft"),
    "deliberations:delegate_import": pk("draft"),
    "deliberations:delegate_example": pk("draft"),
    "deliberations:delegate_import_check": GONE,
    "deliberations:attendance_left": _meeting_guest,
    "deliberations:attendance_mark": _meeting_guest,
    "deliberations:attendance_here": _meeting_guest,
    "deliberations:guest_remove": _meeting_guest,
    "deliberations:item_page": _meeting_item,
    "deliberations:meeting_check": pk("sent"),
    "deliberations:meeting_send": pk("draft"),
    "deliberations:meeting_sent": pk("sent"),
    "deliberations:meeting_return": pk("sent"),
    "deliberations:meeting_ratify": pk("sent"),
    "deliberations:meeting_done": pk("ratified"),
    "deliberations:meeting_recall": pk("sent"),
    "deliberations:minutes_confirm": pk("sent"),
    "deliberations:confirmation_note": pk("sent"),
    "deliberations:correction_ask": pk("sent"),
    "deliberations:correction_answer": _correction,
    "deliberations:decision_page": lambda world: {
        "pk": world.ratified.decisions.first().pk
    },
    "deliberations:action_page": lambda world: {
        "pk": world.ratified.actions.first().pk
    },
    "deliberations:appointment_new": pk("appointing"),
    "deliberations:appointment_link": pk("appointment"),
    "deliberations:action_move": lambda world: {
        "pk": world.ratified.actions.first().pk
    },
    "deliberations:decision_propose": lambda world: {
        "pk": world.ratified.decisions.first().pk
    },
    "deliberations:letter_page": pk("letter"),
    "deliberations:letter_edit": pk("letter"),
    "deliberations:letter_cancel": pk("letter"),
    "reports:minutes_book_issue": lambda world: {"year": meet.HELD_ON.year},
    "reports:book_print": lambda world: {"book": "surat-keluar"},
    "reports:book_sheet": lambda world: {"book": "surat-keluar"},
    "deliberations:rule_next": lambda world: {"pk": world.rule.document_id},
    "deliberations:rule_version": pk("rule"),
    "deliberations:rule_compare": pk("rule"),
    "reports:rule_papers": pk("rule"),
    "deliberations:rule_edit": pk("rule_draft"),
    "deliberations:rule_adopt": pk("rule_draft"),
    "deliberations:rule_delete": pk("rule_draft"),
    "deliberations:rule_revoke": pk("rule"),
    "members:term_edit": pk("term"),
    "members:mandate_end": lambda world: {"pk": world.people[3].mandates.get().pk},
    "members:person_page": lambda world: {"pk": world.people[3].pk},
    "members:person_edit": lambda world: {"pk": world.people[3].pk},
    "members:nik_reveal": pk("numbered"),
    "members:mandate_new": lambda world: {"pk": members.person(world.board).pk},
    "members:unit_edit": pk("unit"),
    "members:unit_close": pk("unit"),
    "members:appointment_new": lambda world: {"pk": members.person(world.board).pk},
    "members:appointment_edit": pk("appointment"),
    "members:appointment_end": pk("appointment"),
    "members:training_page": pk("training"),
    "members:training_edit": pk("training"),
    "members:training_file": pk("training"),
    "members:training_file_remove": _training_file,
    "members:participant_add": pk("training"),
    "members:participant_remove": first(
        "training", "participants", participant_pk="participant"
    ),
    "reports:evaluation_page": pk("evaluation"),
    "reports:evaluation_finish": pk("evaluation"),
    "reports:evaluation_area": _bidang,
    "reports:evidence_add": first("evaluation", "scores", score_pk="score"),
    "reports:evidence_remove": _evidence,
    "members:person_import_check": GONE,
    "loans:opening_import_check": GONE,
    **ELECTION_OBJECTS,
    **LENDING_OBJECTS,
    **LEDGER_OBJECTS,
    **LOAN_OBJECTS,
    **PROBLEM_OBJECTS,
    "planning:item_edit": pk("item"),
    "planning:item_import_check": GONE,
    "planning:programme_import_check": GONE,
    "activities:activity_page": pk("activity"),
    "activities:activity_edit": pk("activity"),
    "activities:activity_start": pk("activity"),
    "activities:activity_cancel": pk("activity"),
    "activities:activity_align": pk("activity"),
    "activities:report_new": pk("activity"),
    "activities:report_page": pk("report"),
    "activities:report_edit": pk("report"),
    "activities:report_check": pk("report"),
    "activities:report_send": pk("report"),
    "activities:report_sent": pk("sent_report"),
    "activities:photo_add": pk("report"),
    "activities:photo_remove": _photo,
    "activities:receipt_add": pk("report"),
    "activities:receipt_remove": _receipt,
    "activities:review_page": pk("sent_report"),
    "activities:review_return": pk("sent_report"),
    "activities:review_approve": pk("sent_report"),
    "activities:review_done": pk("sent_report"),
    **dict.fromkeys(("boards:file", "boards:logo"), GONE),
    **dict.fromkeys(("boards:guide_file", "boards:checklist_file"), GONE),
    "boards:guide_page": pk("guide"),
    "boards:guide_clauses": pk("guide"),
    "boards:checklist_page": pk("guide"),
    "boards:checklist_clause": first("guide", "clauses", clause_pk="clause"),
    "boards:served_add": lambda world: {
        "code": make.region("35.20.06.1004", "Magetan").code
    },
    "boards:served_end": pk("served"),
    "boards:board_edit": lambda world: {"section": "kop"},
    "boards:handover_done": lambda world: {"pk": world.secretary.pk},
    "boards:setting_new": lambda world: {"name": "review_days"},
    "boards:board_new": lambda world: {"village_code": HOME},
    "boards:user_new_as": lambda world: {"role": "sekretaris-lkm"},
    "boards:user_page": lambda world: {"pk": world.secretary.pk},
    "boards:user_code": lambda world: {"pk": world.secretary.pk},
    "boards:user_code_shown": lambda world: {"pk": world.secretary.pk},
    "boards:user_end": lambda world: {"pk": world.secretary.pk},
    "boards:user_role_new": lambda world: {"pk": world.secretary.pk},
    "boards:user_role_new_as": lambda world: {
        "pk": world.secretary.pk,
        "role": "anggota-lkm",
    },
    "boards:user_role_end": _assignment,
    "boards:account_new_as": lambda world: {"role": "admin-dinas"},
    "boards:account_code": lambda world: {"pk": world.users[Role.DINAS_ADMIN].pk},
    "boards:account_code_shown": GONE,
    "boards:account_end": lambda world: {"pk": world.users[Role.DINAS_ADMIN].pk},
    "boards:session_end": GONE,
    "boards:job_page": GONE,
    "boards:job_state": GONE,
    "boards:job_cancel": GONE,
    "boards:job_retry": GONE,
    "reports:decision_book_issue": lambda world: {"year": meet.HELD_ON.year},
    "reports:paper_page": pk("paper"),
    "reports:paper_file": pk("paper"),
    "reports:paper_cancel": pk("paper"),
    "reports:scan_attach": pk("paper"),
    "reports:scan_file": GONE,
    "reports:scan_withdraw": GONE,
    "reports:stack_page": pk("stack"),
    "reports:stack_add": pk("stack"),
    "reports:stack_drop": pk("stack"),
    "reports:sheet_place": _sheet,
    "reports:sheet_skip": _sheet,
    "reports:sheet_picture": lambda world: _sheet(world) | {"size": "kecil"},
    "reports:voucher_papers": _of_voucher,
    "reports:loan_papers": pk("running"),
    "reports:profit_papers": GONE,
    "reports:fund_preview": lambda world: _of_voucher(world) | {"kind": "bukti"},
    "reports:fund_issue": lambda world: _of_voucher(world) | {"kind": "bukti"},
    "reports:note_page": lambda world: {"kind": world.book.kind},
    "reports:note_write": lambda world: {"kind": world.book.kind, "year": 2026},
    "reports:ledger_papers": lambda world: {"kind": world.book.kind},
    "reports:statement_page": GONE,
    "reports:statement_preview": _statement,
    "reports:statement_workbook": _statement,
    "reports:statement_issue": _statement,
    "reports:paper_preview": GONE,
    "reports:paper_issue": GONE,
    "reports:numbered": lambda world: {"pk": world.ratified.number_id},
    "reports:meeting_papers": pk("ratified"),
    "reports:decision_papers": lambda world: {
        "pk": world.ratified.decisions.first().pk
    },
    "reports:trace_decision": lambda world: {"pk": world.ratified.decisions.first().pk},
    "reports:trace_activity": pk("activity"),
    "reports:summary_page": GONE,
    "reports:summary_file": GONE,
    "transparency:verify_token": GONE,
    "transparency:verify_page": GONE,
    "transparency:verify_compare": GONE,
    "transparency:verify_capitals": GONE,
}
# Pages about a second factor that none of these accounts has.
WITH_SECOND_FACTOR = {
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
}
# Pages of minutes that nobody ratified yet: not there for those who read no drafts.
DRAFTS = {
    "reports:area_papers",
    "deliberations:meeting_page",
    "deliberations:meeting_invite",
    "deliberations:meeting_calendar",
}
GONE_KWARGS = {
    "pk": 999_999,
    "token": _TOKEN["token"],
    "page": 1,
    "kind": "berita-acara",
    "what": "pdf",
    "scan_pk": 999_999,
}


@dataclass(frozen=True)
class Address:
    """One named address: its door, and what its path asks for."""

    name: str
    door: str
    asks: frozenset[str]


def addresses(patterns=None, space="", asks=frozenset()):
    """Every named address of the portal, with its namespace."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        here = asks | set(entry.pattern.converters)
        if isinstance(entry, URLResolver):
            inner = entry.namespace or space
            yield from addresses(entry.url_patterns, inner, here)
        elif entry.name:
            name = f"{space}:{entry.name}" if space else entry.name
            # A view that fixes its region itself (accounts) asks for none.
            asked = here - set(entry.default_args)
            door = entry.callback.guarded_by
            if getattr(entry.callback, "keeps_book", False):
                door = BOOK_RIGHT
            yield Address(name, door, frozenset(asked))


ADDRESSES = sorted(set(addresses()), key=lambda address: address.name)


def objects_for(world: World, address: Address) -> dict[str, Any]:
    """What the path asks beside board and region; fails on an address not listed."""
    rest = address.asks - {"board_slug", "region_code"}
    if not rest:
        return {}
    found = OBJECTS[address.name]
    if found is GONE:
        gone = {name: GONE_KWARGS[name] for name in rest}
        return gone | ({"pk": uuid.UUID(int=7)} if ":job_" in address.name else {})
    return found(world)
