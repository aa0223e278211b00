"""One noun a file. The rows change only through `csplan.records.actions`."""

from csplan.records.models.agreement import Agreement
from csplan.records.models.alert import Alert
from csplan.records.models.alignment import Alignment
from csplan.records.models.approval import Approval
from csplan.records.models.assurance_area import AssuranceArea
from csplan.records.models.audit_event import AuditEvent
from csplan.records.models.authority_part import AuthorityPart
from csplan.records.models.body import Body
from csplan.records.models.change import Change
from csplan.records.models.closing import Closing
from csplan.records.models.closing_record import ClosingRecord
from csplan.records.models.coding import Coding
from csplan.records.models.column_match import ColumnMatch
from csplan.records.models.comment import Comment
from csplan.records.models.consideration_report import ConsiderationReport
from csplan.records.models.consultation import Consultation
from csplan.records.models.consultation_check import ConsultationCheck
from csplan.records.models.consultation_document import ConsultationDocument
from csplan.records.models.consultation_translation import ConsultationTranslation
from csplan.records.models.decision import Decision
from csplan.records.models.deliverable import Deliverable
from csplan.records.models.dependency import Dependency
from csplan.records.models.dispatch import Dispatch
from csplan.records.models.earlier_consultation import EarlierConsultation
from csplan.records.models.edit import Edit
from csplan.records.models.engagement import Engagement
from csplan.records.models.entry_check import EntryCheck
from csplan.records.models.equality_action import EqualityAction
from csplan.records.models.equality_assessment import EqualityAssessment
from csplan.records.models.equality_line import EqualityLine
from csplan.records.models.extension import Extension
from csplan.records.models.finding import Finding
from csplan.records.models.group import Group
from csplan.records.models.invitation import Invitation
from csplan.records.models.kept_answer import KeptAnswer
from csplan.records.models.kpi import Kpi
from csplan.records.models.letter import Letter
from csplan.records.models.lock import Lock
from csplan.records.models.masking import Masking
from csplan.records.models.meeting import Meeting
from csplan.records.models.membership import Membership
from csplan.records.models.office import Office
from csplan.records.models.opening import Opening
from csplan.records.models.partnership import Partnership
from csplan.records.models.plan import Plan
from csplan.records.models.plan_closing import PlanClosing
from csplan.records.models.plan_version import PlanVersion
from csplan.records.models.pre_release import PreRelease
from csplan.records.models.priority import Priority
from csplan.records.models.progress import Progress
from csplan.records.models.publication import Publication
from csplan.records.models.question import Question
from csplan.records.models.reading import Reading
from csplan.records.models.reading_approval import ReadingApproval
from csplan.records.models.recommendation import Recommendation
from csplan.records.models.recommendation_response import RecommendationResponse
from csplan.records.models.resource_line import ResourceLine
from csplan.records.models.response import Response
from csplan.records.models.review import Review
from csplan.records.models.risk import Risk
from csplan.records.models.scrutiny_item import ScrutinyItem
from csplan.records.models.scrutiny_question import ScrutinyQuestion
from csplan.records.models.seal import Seal
from csplan.records.models.section import Section
from csplan.records.models.set_aside import SetAside
from csplan.records.models.settlement import Settlement
from csplan.records.models.stakeholder import Stakeholder
from csplan.records.models.stored_paper import StoredPaper
from csplan.records.models.supply import Supply
from csplan.records.models.theme import Theme
from csplan.records.models.thread_link import ThreadLink
from csplan.records.models.unsent_words import UnsentWords
from csplan.records.models.variation import Variation
from csplan.records.models.withdrawal import Withdrawal
from csplan.records.models.work_area import WorkArea

__all__ = [
    "Agreement",
    "Alert",
    "Alignment",
    "Approval",
    "AssuranceArea",
    "AuditEvent",
    "AuthorityPart",
    "Body",
    "Change",
    "Closing",
    "ClosingRecord",
    "Coding",
    "ColumnMatch",
    "Comment",
    "ConsiderationReport",
    "Consultation",
    "ConsultationCheck",
    "ConsultationDocument",
    "ConsultationTranslation",
    "Decision",
    "Deliverable",
    "Dependency",
    "Dispatch",
    "EarlierConsultation",
    "Edit",
    "Engagement",
    "EntryCheck",
    "EqualityAction",
    "EqualityAssessment",
    "EqualityLine",
    "Extension",
    "Finding",
    "Group",
    "Invitation",
    "KeptAnswer",
    "Kpi",
    "Letter",
    "Lock",
    "Masking",
    "Meeting",
    "Membership",
    "Office",
    "Opening",
    "Partnership",
    "Plan",
    "PlanClosing",
    "PlanVersion",
    "PreRelease",
    "Priority",
    "Progress",
    "Publication",
    "Question",
    "Reading",
    "ReadingApproval",
    "Recommendation",
    "RecommendationResponse",
    "ResourceLine",
    "Response",
    "Review",
    "Risk",
    "ScrutinyItem",
    "ScrutinyQuestion",
    "Seal",
    "Section",
    "SetAside",
    "Settlement",
    "Stakeholder",
    "StoredPaper",
    "Supply",
    "Theme",
    "ThreadLink",
    "UnsentWords",
    "Variation",
    "Withdrawal",
    "WorkArea",
]
