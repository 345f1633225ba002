"""The addresses of letters: `public_patterns` stand under /letters/, `desk_patterns` under /desk/letters/."""

from __future__ import annotations

from django.urls import path

from gongkai.letters.views import public, register, templates

public_patterns = ([
    path("verify/", public.ask, name="ask"),
    path("verify/<str:code>/", public.verify, name="verify"),
], "letter_check")

desk_patterns = ([
    path("", register.letters, name="register"),
    path("register.xlsx", register.export, name="export"),
    path("<int:letter_id>/", register.letter, name="letter"),
    path("<int:letter_id>/void/", register.void, name="void"),
    path("<int:letter_id>/download/<str:to>/", register.download, name="download"),
    path("templates/", templates.agencies, name="templates"),
    path("templates/<int:agency_id>/", templates.kinds, name="agency-templates"),
    path("templates/<int:agency_id>/<str:kind>/", templates.kind, name="template"),
    path("templates/<int:agency_id>/<str:kind>/file/", templates.file, name="template-file"),
    path("templates/<int:agency_id>/<str:kind>/sample.pdf", templates.sample, name="template-sample"),
    path("templates/<int:agency_id>/<str:kind>/upload/", templates.upload, name="template-upload"),
    path("templates/<int:agency_id>/<str:kind>/restore/", templates.restore, name="template-restore"),
    path("templates/<int:agency_id>/<str:kind>/word/", templates.word, name="template-word"),
], "letters")
