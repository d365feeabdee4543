"""Addresses of members."""

from django.urls import include, path

from members.views import (
    areas,
    counting,
    elections,
    groups,
    names,
    persons,
    sheets,
    terms,
    trainings,
    units,
)

app_name = "members"

terms_of_office = [
    path("", terms.term_page, name="term_page"),
    path("masa-bakti/baru/", terms.term_new, name="term_new"),
    path("masa-bakti/<int:pk>/ubah/", terms.term_edit, name="term_edit"),
    path("<int:pk>/akhiri/", terms.mandate_end, name="mandate_end"),
]
units_of_board = [
    path("baru/", units.unit_new, name="unit_new"),
    path("baku/", units.unit_usual, name="unit_usual"),
    path("<int:pk>/ubah/", units.unit_edit, name="unit_edit"),
    path("<int:pk>/bubarkan/", units.unit_close, name="unit_close"),
]
appointments = [
    path("<int:pk>/ubah/", units.appointment_edit, name="appointment_edit"),
    path("<int:pk>/akhiri/", units.appointment_end, name="appointment_end"),
]
training_log = [
    path("", trainings.training_list, name="training_list"),
    path("baru/", trainings.training_new, name="training_new"),
    path("<int:pk>/", trainings.training_page, name="training_page"),
    path("<int:pk>/ubah/", trainings.training_edit, name="training_edit"),
    path("<int:pk>/peserta/", trainings.participant_add, name="participant_add"),
    path("<int:pk>/berkas/", trainings.training_file, name="training_file"),
    path(
        "<int:pk>/berkas/<int:file_pk>/hapus/",
        trainings.training_file_remove,
        name="training_file_remove",
    ),
    path(
        "<int:pk>/peserta/<int:participant_pk>/hapus/",
        trainings.participant_remove,
        name="participant_remove",
    ),
]
residents = [
    path("", persons.person_list, name="person_list"),
    path("baru/", persons.person_new, name="person_new"),
    path("impor/", sheets.person_import, name="person_import"),
    path("impor/contoh/", sheets.person_example, name="person_example"),
    path("impor/<uuid:token>/", sheets.person_import_check, name="person_import_check"),
    path("unduh/", sheets.person_export, name="person_export"),
    path("<int:pk>/", persons.person_page, name="person_page"),
    path("<int:pk>/ubah/", persons.person_edit, name="person_edit"),
    path("<int:pk>/nik/", persons.nik_reveal, name="nik_reveal"),
    path("<int:pk>/jadi-anggota/", terms.mandate_new, name="mandate_new"),
    path("<int:pk>/angkat/", units.appointment_new, name="appointment_new"),
]
votes = [
    path("", elections.election_list, name="election_list"),
    path("baru/", elections.election_new, name="election_new"),
    path("<int:pk>/", elections.election_page, name="election_page"),
    path("<int:pk>/ubah/", elections.election_edit, name="election_edit"),
    path("<int:pk>/selesai/", elections.election_finish, name="election_finish"),
    path("<int:pk>/panitia/", elections.committee_add, name="committee_add"),
    path("<int:pk>/utusan/", elections.delegate_list, name="delegate_list"),
    path("<int:pk>/keberatan/", elections.objection_new, name="objection_new"),
    path("<int:pk>/basis/", areas.basis_new, name="basis_new"),
    path("<int:pk>/tahap-2/", areas.second_stage_new, name="second_stage_new"),
    path(
        "panitia/<int:pk>/keluar/", elections.committee_remove, name="committee_remove"
    ),
    path("keberatan/<int:pk>/", elections.objection_answer, name="objection_answer"),
    path("kesediaan/<int:pk>/", elections.willingness, name="willingness"),
]
places = [
    path("", areas.area_page, name="area_page"),
    path("ubah/", areas.area_edit, name="area_edit"),
    path("hapus/", areas.area_remove, name="area_remove"),
    path("rumah-ke-rumah/", areas.area_doors, name="area_doors"),
    path("tetapkan/", areas.area_close, name="area_close"),
    path("bundel/", counting.batch_new, name="batch_new"),
    path("nama/", names.names_match, name="names_match"),
    path("periksa/", counting.area_check, name="area_check"),
    path("suara-sama/", counting.tie_settle, name="tie_settle"),
]
bundles = [
    path("bundel/<int:pk>/", counting.batch_page, name="batch_page"),
    path("bundel/<int:pk>/hitung/", counting.batch_count, name="batch_count"),
    path("bundel/<int:pk>/gabung/", counting.batch_merge, name="batch_merge"),
    path("bundel/<int:pk>/perbaiki/", counting.batch_mend, name="batch_mend"),
    path("nama/<int:pk>/cari/", names.name_search, name="name_search"),
    path("nama/<int:pk>/lepas/", names.name_unmatch, name="name_unmatch"),
]
community_groups = [
    path("baru/", groups.group_new, name="group_new"),
    path("<int:pk>/ubah/", groups.group_edit, name="group_edit"),
    path("<int:pk>/anggota/", groups.group_people, name="group_people"),
    path("<int:pk>/anggota/warga-baru/", groups.group_person_new, name="group_person"),
    path(
        "<int:pk>/anggota/<int:person_pk>/",
        groups.group_member_new,
        name="group_member_new",
    ),
    path("anggota/<int:pk>/", groups.group_member_edit, name="group_member_edit"),
    path("<int:pk>/tabungan/", groups.group_saving, name="group_saving"),
    path("tabungan/<int:pk>/coret/", groups.group_saving_strike, name="group_strike"),
    path("<int:pk>/pelatihan/", groups.group_training_new, name="group_training_new"),
    path("pelatihan/<int:pk>/", groups.group_training_edit, name="group_training_edit"),
]
urlpatterns = [
    path("lkm/<slug:board_slug>/anggota/", include(terms_of_office)),
    path("lkm/<slug:board_slug>/anggota/unit/", include(units_of_board)),
    path("lkm/<slug:board_slug>/anggota/tugas/", include(appointments)),
    path("lkm/<slug:board_slug>/anggota/pelatihan/", include(training_log)),
    path("lkm/<slug:board_slug>/warga/", include(residents)),
    path("lkm/<slug:board_slug>/ksm/", include(community_groups)),
    path("lkm/<slug:board_slug>/pemilihan/", include(votes + bundles)),
    path("lkm/<slug:board_slug>/pemilihan/wilayah/<int:pk>/", include(places)),
]
