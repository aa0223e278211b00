"""The addresses of set-up, of taking up an invitation, and of the people and the register at the desk."""

from django.urls import path

from csplan.website.views import colours, desk_partnership, desk_people, invitations, setup, setup_rows

DESK = "<slug:partnership>/desk"

urlpatterns = [
    path("setup/", setup.start),
    path("setup/folder/", setup.use_folder),
    path("setup/area/", setup.area),
    path("setup/name/", setup.name),
    path("setup/colours/", setup.colours),
    path("setup/colours.<slug:mark>.css", setup.sheet),
    path("setup/authorities/", setup_rows.bodies),
    path("setup/authorities/new/", setup_rows.body),
    path("setup/authorities/<slug:code>/", setup_rows.body),
    path("setup/groups/", setup_rows.groups),
    path("setup/groups/new/", setup_rows.group),
    path("setup/groups/<slug:slug>/", setup_rows.group),
    path("setup/people/", setup.people),
    path("setup/finish/", setup.finish),
    path("accounts/invitation/", invitations.take_up),
    path("<slug:partnership>/colours.<slug:mark>.css", colours.sheet),
    path(f"{DESK}/people/", desk_people.people),
    path(f"{DESK}/people/<int:pk>/end/", desk_people.end),
    path(f"{DESK}/partnership/", desk_partnership.show),
    path(f"{DESK}/partnership/add/<slug:part>/", desk_partnership.add),
    path(f"{DESK}/partnership/bodies/<slug:code>/end/", desk_partnership.end_body),
    path(f"{DESK}/partnership/groups/<slug:slug>/quorum/", desk_partnership.quorum),
]
