"""Addresses of the ground floor."""

from django.urls import include, path

from boards.views import (
    accounts,
    audit,
    boards,
    checklists,
    clock,
    files,
    guides,
    handover,
    profile,
    settings,
    system,
    users,
    work,
)

SYSTEM = {"region_code": ""}

app_name = "boards"
ACCOUNT = [
    path("", accounts.account_page, name="account_page"),
    path("sandi-pertama/", accounts.password_first, name="password_first"),
    path("belum-terkirim/", accounts.unsent, name="unsent"),
    path("belum-terkirim/buang/", accounts.unsent_drop, name="unsent_drop"),
    path("sandi/", accounts.password_change, name="password_change"),
    path("perangkat/akhiri/", accounts.sessions_end, name="sessions_end"),
    path("perangkat/<int:pk>/akhiri/", accounts.session_end, name="session_end"),
]
USERS = [
    path("", users.user_list, name="user_list"),
    path("baru/", users.user_new, name="user_new"),
    path("baru/<slug:role>/", users.user_new_as, name="user_new_as"),
    path("<int:pk>/", users.user_page, name="user_page"),
    path("<int:pk>/kode/", users.user_code, name="user_code"),
    path("<int:pk>/kode/sekali/", users.user_code_shown, name="user_code_shown"),
    path("<int:pk>/tutup/", users.user_end, name="user_end"),
    path("<int:pk>/peran/", users.user_role_new, name="user_role_new"),
    path(
        "<int:pk>/peran/<slug:role>/", users.user_role_new_as, name="user_role_new_as"
    ),
    path(
        "<int:pk>/peran/<int:assignment_pk>/akhiri/",
        users.user_role_end,
        name="user_role_end",
    ),
]
REGION = [
    path("lkm/", boards.board_list, name="board_list"),
    path("lkm/baru/", boards.board_place, name="board_place"),
    path("lkm/baru/<region:village_code>/", boards.board_new, name="board_new"),
    path("jejak/", audit.audit_region, name="audit_region"),
    path("pengguna/", include(USERS)),
    path("juklak/", guides.guide_list, name="guide_list"),
    path("juklak/baru/", guides.guide_new, name="guide_new"),
    path("juklak/<int:pk>/", guides.guide_page, name="guide_page"),
    path("juklak/<int:pk>/butir/", guides.guide_clauses, name="guide_clauses"),
    path("juklak/<int:pk>/berkas/", guides.guide_file, name="guide_file"),
]
CHECKLISTS = [
    path("", checklists.checklist_list, name="checklist_list"),
    path("<int:pk>/", checklists.checklist_page, name="checklist_page"),
    path("<int:pk>/berkas/", checklists.checklist_file, name="checklist_file"),
    path(
        "<int:pk>/butir/<int:clause_pk>/",
        checklists.checklist_clause,
        name="checklist_clause",
    ),
]
BOARD = [
    path("juklak/", include(CHECKLISTS)),
    path("draf/", work.draft_save, name="draft_save"),
    path("berkas/<int:pk>/", files.stored_file, name="file"),
    path("logo/<int:pk>/", profile.logo, name="logo"),
    path("terdaftar/", boards.board_done, name="board_done"),
    path("profil/", profile.board_page, name="board_page"),
    path("profil/logo/", profile.logo_new, name="logo_new"),
    path("profil/tutup/", profile.board_close, name="board_close"),
    path("profil/wilayah/", profile.served_new, name="served_new"),
    path("profil/wilayah/<region:code>/", profile.served_add, name="served_add"),
    path("profil/wilayah/<int:pk>/hapus/", profile.served_end, name="served_end"),
    path("profil/<slug:section>/ubah/", profile.board_edit, name="board_edit"),
    path("serah-terima/", handover.secretary_handover, name="secretary_handover"),
    path("serah-terima/<int:pk>/", handover.handover_done, name="handover_done"),
    path("aturan/", settings.setting_list, name="setting_list"),
    path("aturan/<slug:name>/", settings.setting_new, name="setting_new"),
    path("jejak/", audit.audit_board, name="audit_board"),
]
ACCOUNTS = [
    path("", system.account_list, SYSTEM, name="account_list"),
    path("baru/", system.account_new, SYSTEM, name="account_new"),
    path("baru/<slug:role>/", system.account_new_as, SYSTEM, name="account_new_as"),
    path("<int:pk>/kode/", system.account_code, SYSTEM, name="account_code"),
    path(
        "<int:pk>/kode/sekali/",
        system.account_code_shown,
        SYSTEM,
        name="account_code_shown",
    ),
    path("<int:pk>/tutup/", system.account_end, SYSTEM, name="account_end"),
]

urlpatterns = [
    path("akun/", include(ACCOUNT)),
    path("sistem/akun/", include(ACCOUNTS)),
    path("sistem/jam/", clock.clock_page, SYSTEM, name="clock_page"),
    path("wilayah/<region:region_code>/", include(REGION)),
    path("lkm/<slug:board_slug>/", include(BOARD)),
    path("pekerjaan/<uuid:pk>/", work.job_page, name="job_page"),
    path("pekerjaan/<uuid:pk>/keadaan/", work.job_state, name="job_state"),
    path("pekerjaan/<uuid:pk>/batal/", work.job_cancel, name="job_cancel"),
    path("pekerjaan/<uuid:pk>/ulang/", work.job_retry, name="job_retry"),
]
