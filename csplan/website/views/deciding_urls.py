"""The addresses of meetings, equality and scrutiny, and of the desk where a plan is signed, decided on and reviewed."""

from django.urls import path

from csplan.website.answers import addresses
from csplan.website.views import (
    desk_authorities,
    desk_comments,
    desk_deliverables,
    desk_equality,
    desk_meetings,
    desk_readers,
    desk_refresh,
    desk_review,
    desk_scrutiny,
    desk_signing,
    equality,
    meetings,
    scrutiny,
)

P = "<slug:partnership>"
DESK = f"{P}/desk"
VERSION = f"{DESK}/plans/<slug:slug>/<int:number>"

urlpatterns = [
    *addresses(f"{P}/meetings", meetings.index),
    *addresses(f"{P}/meetings/<slug:ref>", meetings.show),
    *addresses(f"{P}/equality", equality.index),
    *addresses(f"{P}/equality/<slug:ref>", equality.show),
    *addresses(f"{P}/scrutiny", scrutiny.index),
    path(f"{DESK}/meetings/", desk_meetings.index),
    path(f"{DESK}/meetings/<slug:ref>/", desk_meetings.record),
    path(f"{DESK}/signing/", desk_signing.index),
    path(f"{VERSION}/agree/", desk_signing.agree),
    path(f"{VERSION}/approve/", desk_signing.approve),
    path(f"{VERSION}/publish/", desk_signing.publish),
    path(f"{VERSION}/withdraw/", desk_signing.withdraw),
    path(f"{VERSION}/dispatch/", desk_signing.dispatch),
    path(f"{VERSION}/lock/", desk_signing.lock),
    path(f"{VERSION}/vary/", desk_signing.vary),
    path(f"{VERSION}/authorities/", desk_authorities.authorities),
    path(f"{VERSION}/readers/", desk_readers.readers),
    path(f"{DESK}/equality/", desk_equality.index),
    path(f"{DESK}/equality/<slug:ref>/", desk_equality.show),
    path(f"{DESK}/scrutiny/", desk_scrutiny.scrutiny),
    path(f"{DESK}/comments/", desk_comments.comments),
    path(f"{DESK}/plans/<slug:slug>/review/", desk_review.review),
    path(f"{DESK}/plans/<slug:slug>/refresh/", desk_refresh.refresh),
    path(f"{DESK}/deliverables/", desk_deliverables.deliverables),
]
