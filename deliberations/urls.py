"""Addresses of musyawarah, decisions and follow-ups."""

from django.urls import include, path

from deliberations.views import (
    actions,
    agenda,
    appointments,
    attendance,
    calls,
    correction,
    decisions,
    delegates,
    invitations,
    items,
    layouts,
    letters,
    meetings,
    proposals,
    ratification,
    rule_texts,
    rules,
    seats,
    series,
)

app_name = "deliberations"

_attendance = [
    path("", attendance.attendance_page, name="attendance_page"),
    path("semua/", attendance.attendance_all, name="attendance_all"),
    path("tambah/", attendance.guest_add, name="guest_add"),
    path("muat/", delegates.delegate_import, name="delegate_import"),
    path("muat/contoh/", delegates.delegate_example, name="delegate_example"),
    path(
        "muat/<uuid:token>/",
        delegates.delegate_import_check,
        name="delegate_import_check",
    ),
    path("<int:attendance_pk>/", attendance.attendance_mark, name="attendance_mark"),
    path(
        "<int:attendance_pk>/ada/", attendance.attendance_here, name="attendance_here"
    ),
    path(
        "<int:attendance_pk>/pulang/",
        attendance.attendance_left,
        name="attendance_left",
    ),
    path("<int:attendance_pk>/hapus/", attendance.guest_remove, name="guest_remove"),
]
_meeting = [
    path("", meetings.meeting_page, name="meeting_page"),
    path("ubah/", meetings.meeting_edit, name="meeting_edit"),
    path("hapus/", meetings.meeting_delete, name="meeting_delete"),
    path("agenda/", agenda.agenda_page, name="agenda_page"),
    path("agenda/ambil/", agenda.agenda_take, name="agenda_take"),
    path("agenda/<int:item_pk>/pindah/", agenda.agenda_move, name="agenda_move"),
    path("agenda/<int:item_pk>/nama/", agenda.agenda_rename, name="agenda_rename"),
    path("agenda/<int:item_pk>/hapus/", agenda.agenda_remove, name="agenda_remove"),
    path("hadir/", include(_attendance)),
    path("undang/", invitations.meeting_invite, name="meeting_invite"),
    path("undang/rapat.ics", invitations.meeting_calendar, name="meeting_calendar"),
    path("tunda/", calls.meeting_postpone, name="meeting_postpone"),
    path("tunda/batal/", calls.postpone_undo, name="postpone_undo"),
    path("panggilan-kedua/", calls.second_call, name="second_call"),
    path("panggilan-kedua/batal/", calls.second_call_undo, name="second_call_undo"),
    path("butir/<int:item_pk>/", items.item_page, name="item_page"),
    path("periksa/", ratification.meeting_check, name="meeting_check"),
    path("ajukan/", ratification.meeting_send, name="meeting_send"),
    path("diajukan/", ratification.meeting_sent, name="meeting_sent"),
    path("kembalikan/", ratification.meeting_return, name="meeting_return"),
    path("sahkan/", ratification.meeting_ratify, name="meeting_ratify"),
    path("disahkan/", ratification.meeting_done, name="meeting_done"),
    path("tarik/", correction.meeting_recall, name="meeting_recall"),
    path("setujui/", correction.minutes_confirm, name="minutes_confirm"),
    path("persetujuan/", correction.confirmation_note, name="confirmation_note"),
    path("koreksi/", correction.correction_ask, name="correction_ask"),
    path(
        "koreksi/<int:correction_pk>/",
        correction.correction_answer,
        name="correction_answer",
    ),
]
_rules = [
    path("", rules.rule_list, name="rule_list"),
    path("baru/", rule_texts.rule_new, name="rule_new"),
    path("pasal/", rules.rule_citable, name="rule_citable"),
    path("nilai/", rules.setting_bases, name="setting_bases"),
    path("<int:pk>/versi-baru/", rule_texts.rule_next, name="rule_next"),
    path("versi/<int:pk>/", rules.rule_version, name="rule_version"),
    path("versi/<int:pk>/naskah/", rule_texts.rule_edit, name="rule_edit"),
    path("versi/<int:pk>/banding/", rules.rule_compare, name="rule_compare"),
    path("versi/<int:pk>/tetapkan/", rules.rule_adopt, name="rule_adopt"),
    path("versi/<int:pk>/cabut/", rules.rule_revoke, name="rule_revoke"),
    path("versi/<int:pk>/hapus/", rules.rule_delete, name="rule_delete"),
]
_board = [
    path("dokumen-aturan/", include(_rules)),
    path("musyawarah/", meetings.meeting_list, name="meeting_list"),
    path("musyawarah/baru/", meetings.meeting_new, name="meeting_new"),
    path("musyawarah/berkala/", series.series_list, name="series_list"),
    path("musyawarah/berkala/baru/", series.series_new, name="series_new"),
    path(
        "musyawarah/berkala/<int:pk>/siapkan/",
        series.series_prepare,
        name="series_prepare",
    ),
    path("musyawarah/berkala/<int:pk>/henti/", series.series_stop, name="series_stop"),
    path("musyawarah/susunan/", layouts.layout_list, name="layout_list"),
    path("musyawarah/susunan/<slug:kind>/", layouts.layout_edit, name="layout_edit"),
    path(
        "musyawarah/susunan/<slug:kind>/baku/",
        layouts.layout_reset,
        name="layout_reset",
    ),
    path("musyawarah/<int:pk>/", include(_meeting)),
    path("keputusan/", decisions.decision_list, name="decision_list"),
    path("keputusan/unduh/", decisions.decision_sheet, name="decision_sheet"),
    path("keputusan/<int:pk>/", decisions.decision_page, name="decision_page"),
    path(
        "keputusan/<int:pk>/ke-rencana/",
        proposals.decision_propose,
        name="decision_propose",
    ),
    path(
        "keputusan/<int:pk>/pengangkatan/",
        appointments.appointment_new,
        name="appointment_new",
    ),
    path(
        "pengangkatan/<int:pk>/keputusan/",
        appointments.appointment_link,
        name="appointment_link",
    ),
    path("surat-masuk/", letters.letter_list, name="letter_list"),
    path("surat-masuk/baru/", letters.letter_new, name="letter_new"),
    path("surat-masuk/<int:pk>/", letters.letter_page, name="letter_page"),
    path("surat-masuk/<int:pk>/ubah/", letters.letter_edit, name="letter_edit"),
    path("surat-masuk/<int:pk>/batalkan/", letters.letter_cancel, name="letter_cancel"),
    path("tindak-lanjut/", actions.action_list, name="action_list"),
    path("tindak-lanjut/<int:pk>/", actions.action_page, name="action_page"),
    path("tindak-lanjut/<int:pk>/ubah/", actions.action_move, name="action_move"),
    path("antarwaktu/", seats.seat_list, name="seat_list"),
    path("antarwaktu/<int:pk>/", seats.replacement_new, name="seat_replace"),
    path("pemilihan/<int:pk>/penetapan/", seats.election_seat, name="seat_election"),
]
urlpatterns = [
    path("lkm/<slug:board_slug>/", include(_board)),
    path(
        "wilayah/<region:region_code>/tindak-lanjut/",
        actions.late_list,
        name="late_list",
    ),
]
