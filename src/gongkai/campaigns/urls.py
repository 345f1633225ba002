"""The desk's addresses of campaigns."""

from __future__ import annotations

from django.urls import path

from gongkai.campaigns.views import board, campaign, files, member, rollup

app_name = "campaigns"
_ONE = "<int:campaign_id>/"
urlpatterns = [
    path("", campaign.campaigns, name="list"),
    path("open/", campaign.new, name="open"),
    path(_ONE, board.board, name="board"),
    path(f"{_ONE}export/", board.export, name="export"),
    path(f"{_ONE}remind/", board.remind, name="remind"),
    path(f"{_ONE}notice/", campaign.notice, name="notice"),
    path(f"{_ONE}close/", campaign.close, name="close"),
    path(f"{_ONE}reopen/", campaign.reopen, name="reopen"),
    path(f"{_ONE}consolidate/", campaign.consolidate, name="consolidate"),
    path(f"{_ONE}members/add/", member.add, name="add"),
    path(f"{_ONE}members/<int:member_id>/", member.member, name="member"),
    path(f"{_ONE}members/<int:member_id>/read/", member.read, name="read"),
    path(f"{_ONE}members/<int:member_id>/<str:act>/", member.act, name="member-act"),
    path(f"{_ONE}files/", files.files, name="files"),
    path(f"{_ONE}files/<int:item_id>/accept/", files.accept, name="accept"),
    path(f"{_ONE}rollup/", rollup.rollup, name="rollup"),
    path(f"{_ONE}rollup/compare/", rollup.compare, name="compare"),
    path(f"{_ONE}rollup/differences/<int:difference_id>/", rollup.difference, name="difference"),
    path(f"{_ONE}rollup/cells/<str:cell_id>/", rollup.cell, name="cell"),
]
