"""The addresses of meetings, equality and scrutiny, and of the desk where a plan is signed, decided on and reviewed."""

from django.urls import path

from csplan.website.answers import addresses
from csplan.website.views import (
    consulting_urls,
    desk_authorities,
    desk_comments,
    desk_deliverables,
    desk_engagement,
    desk_equality,
    desk_meetings,
    desk_readers,
    desk_recommendations,
    desk_refresh,
    desk_review,
    desk_scrutiny,
    desk_scrutiny_questions,
    desk_signing,
    engagement,
    equality,
    meetings,
    questions,
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
    *addresses(f"{P}/scrutiny/questions", questions.index),
    path(f"{P}/scrutiny/questions/<slug:code>/", questions.show),
    path(f"{P}/scrutiny/questions/<slug:code>.<slug:form>", questions.file),
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
    *addresses(f"{P}/engagement", engagement.index),
    path(f"{DESK}/engagement/", desk_engagement.index),
    path(f"{DESK}/engagement/stakeholders/", desk_engagement.stakeholders),
    path(f"{DESK}/engagement/<slug:ref>/", desk_engagement.record),
    path(f"{DESK}/consultations/<slug:slug>/kit/", desk_engagement.kit),
    path(f"{DESK}/consultations/<slug:slug>/kit.zip", desk_engagement.kit_zip),
    path(f"{DESK}/consultations/<slug:slug>/kit/<slug:kind>.<slug:form>", desk_engagement.kit_file),
    path(f"{DESK}/equality/", desk_equality.index),
    path(f"{DESK}/equality/<slug:ref>/", desk_equality.show),
    path(f"{DESK}/equality/<slug:ref>/<slug:name>/", desk_equality.characteristic),
    path(f"{DESK}/scrutiny/", desk_scrutiny.scrutiny),
    path(f"{DESK}/scrutiny/questions/", desk_scrutiny_questions.questions),
    path(f"{DESK}/scrutiny/recommendations/", desk_recommendations.recommendations),
    path(f"{DESK}/comments/", desk_comments.comments),
    path(f"{DESK}/plans/<slug:slug>/review/", desk_review.review),
    path(f"{DESK}/plans/<slug:slug>/refresh/", desk_refresh.refresh),
    path(f"{DESK}/deliverables/", desk_deliverables.deliverables),
    *consulting_urls.urlpatterns,
]
