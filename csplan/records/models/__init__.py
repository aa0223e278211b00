"""One noun a file. The rows change only through `csplan.records.actions`."""

from csplan.records.models.agreement import Agreement
from csplan.records.models.alignment import Alignment
from csplan.records.models.audit_event import AuditEvent
from csplan.records.models.body import Body
from csplan.records.models.closing import Closing
from csplan.records.models.consideration_report import ConsiderationReport
from csplan.records.models.consultation import Consultation
from csplan.records.models.deliverable import Deliverable
from csplan.records.models.equality_assessment import EqualityAssessment
from csplan.records.models.group import Group
from csplan.records.models.kpi import Kpi
from csplan.records.models.lock import Lock
from csplan.records.models.meeting import Meeting
from csplan.records.models.membership import Membership
from csplan.records.models.office import Office
from csplan.records.models.opening import Opening
from csplan.records.models.partnership import Partnership
from csplan.records.models.plan import Plan
from csplan.records.models.plan_version import PlanVersion
from csplan.records.models.priority import Priority
from csplan.records.models.publication import Publication
from csplan.records.models.question import Question
from csplan.records.models.reading import Reading
from csplan.records.models.reading_approval import ReadingApproval
from csplan.records.models.response import Response
from csplan.records.models.scrutiny_item import ScrutinyItem
from csplan.records.models.seal import Seal
from csplan.records.models.work_area import WorkArea

__all__ = [
    "Agreement",
    "Alignment",
    "AuditEvent",
    "Body",
    "Closing",
    "ConsiderationReport",
    "Consultation",
    "Deliverable",
    "EqualityAssessment",
    "Group",
    "Kpi",
    "Lock",
    "Meeting",
    "Membership",
    "Office",
    "Opening",
    "Partnership",
    "Plan",
    "PlanVersion",
    "Priority",
    "Publication",
    "Question",
    "Reading",
    "ReadingApproval",
    "Response",
    "ScrutinyItem",
    "Seal",
    "WorkArea",
]
