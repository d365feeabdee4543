"""Addresses of members."""

from django.urls import include, path

from members.views import persons, sheets, terms, units

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
urlpatterns = [
    path("lkm/<slug:board_slug>/anggota/", include(terms_of_office)),
    path("lkm/<slug:board_slug>/anggota/unit/", include(units_of_board)),
    path("lkm/<slug:board_slug>/anggota/tugas/", include(appointments)),
    path("lkm/<slug:board_slug>/warga/", include(residents)),
]
