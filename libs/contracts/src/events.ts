import { programmeDraftedV1 } from './catalogue/programme-drafted.v1';
import { programmeConsultedV1 } from './catalogue/programme-consulted.v1';
import { programmeAdoptedV1 } from './catalogue/programme-adopted.v1';
import { programmePublishedV1 } from './catalogue/programme-published.v1';
import { programmeEnteredIntoForceV1 } from './catalogue/programme-entered-into-force.v1';
import { programmeAmendmentDraftedV1 } from './catalogue/programme-amendment-drafted.v1';
import { programmeAmendmentWithdrawnV1 } from './catalogue/programme-amendment-withdrawn.v1';
import { programmeAmendedV1 } from './catalogue/programme-amended.v1';
import { programmeEndedV1 } from './catalogue/programme-ended.v1';
import { programmeClosingInformationDueV1 } from './catalogue/programme-closing-information-due.v1';
import { programmeClosingInformationOverdueV1 } from './catalogue/programme-closing-information-overdue.v1';
import { programmeClosingInformationPublishedV1 } from './catalogue/programme-closing-information-published.v1';
import { yearlyReportGeneratedV1 } from './catalogue/yearly-report-generated.v1';
import { yearlyReportApprovedV1 } from './catalogue/yearly-report-approved.v1';
import { serviceOfferDraftedV1 } from './catalogue/service-offer-drafted.v1';
import { serviceOfferPublishedV1 } from './catalogue/service-offer-published.v1';
import { serviceOfferRevisedV1 } from './catalogue/service-offer-revised.v1';
import { serviceOfferConfirmedV1 } from './catalogue/service-offer-confirmed.v1';
import { serviceOfferWithdrawnV1 } from './catalogue/service-offer-withdrawn.v1';
import { needReportFiledV1 } from './catalogue/need-report-filed.v1';
import { needReportAcknowledgedV1 } from './catalogue/need-report-acknowledged.v1';
import { needReportForwardedV1 } from './catalogue/need-report-forwarded.v1';
import { needReportDismissedV1 } from './catalogue/need-report-dismissed.v1';
import { needReportErasedV1 } from './catalogue/need-report-erased.v1';
import { diagnosisDraftedV1 } from './catalogue/diagnosis-drafted.v1';
import { diagnosisRevisedV1 } from './catalogue/diagnosis-revised.v1';
import { diagnosisConsultedV1 } from './catalogue/diagnosis-consulted.v1';
import { diagnosisAdoptedV1 } from './catalogue/diagnosis-adopted.v1';
import { diagnosisSupersededV1 } from './catalogue/diagnosis-superseded.v1';
import { diagnosisWithdrawnV1 } from './catalogue/diagnosis-withdrawn.v1';
import { communityPlanDraftedV1 } from './catalogue/community-plan-drafted.v1';
import { communityPlanRevisedV1 } from './catalogue/community-plan-revised.v1';
import { communityPlanAdoptedV1 } from './catalogue/community-plan-adopted.v1';
import { communityPlanUpdatedV1 } from './catalogue/community-plan-updated.v1';
import { communityPlanClosedV1 } from './catalogue/community-plan-closed.v1';
import { communityPlanWithdrawnV1 } from './catalogue/community-plan-withdrawn.v1';
import { officeRegisteredV1 } from './catalogue/office-registered.v1';
import { officeRevisedV1 } from './catalogue/office-revised.v1';
import { catalogueImportCompletedV1 } from './catalogue/catalogue-import-completed.v1';
import { personRegisteredV1 } from './cases/person-registered.v1';
import { personContactChangedV1 } from './cases/person-contact-changed.v1';
import { personIdentityCorrectedV1 } from './cases/person-identity-corrected.v1';
import { personMergedV1 } from './cases/person-merged.v1';
import { personMergeReversedV1 } from './cases/person-merge-reversed.v1';
import { personDiedV1 } from './cases/person-died.v1';
import { personRestrictedV1 } from './cases/person-restricted.v1';
import { personRestrictionLiftedV1 } from './cases/person-restriction-lifted.v1';
import { personDeathCorrectedV1 } from './cases/person-death-corrected.v1';
import { personDepartedV1 } from './cases/person-departed.v1';
import { personDepartureCorrectedV1 } from './cases/person-departure-corrected.v1';
import { householdFormedV1 } from './cases/household-formed.v1';
import { householdMemberJoinedV1 } from './cases/household-member-joined.v1';
import { householdMemberLeftV1 } from './cases/household-member-left.v1';
import { representationRecordedV1 } from './cases/representation-recorded.v1';
import { representationEndedV1 } from './cases/representation-ended.v1';
import { breakGlassOpenedV1 } from './cases/break-glass-opened.v1';
import { breakGlassReviewedV1 } from './cases/break-glass-reviewed.v1';
import { applicationSubmittedV1 } from './cases/application-submitted.v1';
import { applicationQualifiedV1 } from './cases/application-qualified.v1';
import { applicationWaitlistedV1 } from './cases/application-waitlisted.v1';
import { applicationRefusalPendingV1 } from './cases/application-refusal-pending.v1';
import { applicationRefusedV1 } from './cases/application-refused.v1';
import { applicationWithdrawnV1 } from './cases/application-withdrawn.v1';
import { applicationCompletionRequestedV1 } from './cases/application-completion-requested.v1';
import { applicationCompletionCallServedV1 } from './cases/application-completion-call-served.v1';
import { applicationCompletedV1 } from './cases/application-completed.v1';
import { applicationLeftUnexaminedV1 } from './cases/application-left-unexamined.v1';
import { applicationForwardedV1 } from './cases/application-forwarded.v1';
import { applicationForwardingSentV1 } from './cases/application-forwarding-sent.v1';
import { applicationFactsRevisedV1 } from './cases/application-facts-revised.v1';
import { applicationCoordinatorAssignedV1 } from './cases/application-coordinator-assigned.v1';
import { applicationDelayRecordedV1 } from './cases/application-delay-recorded.v1';
import { applicationAppealedV1 } from './cases/application-appealed.v1';
import { applicationReopenedV1 } from './cases/application-reopened.v1';
import { applicationPartRefusedV1 } from './cases/application-part-refused.v1';
import { applicationDecisionDemandedV1 } from './cases/application-decision-demanded.v1';
import { waitingListEntryPlaceOfferedV1 } from './cases/waiting-list-entry-place-offered.v1';
import { waitingListEntryPlaceDeclinedV1 } from './cases/waiting-list-entry-place-declined.v1';
import { waitingListEntryPlaceLapsedV1 } from './cases/waiting-list-entry-place-lapsed.v1';
import { waitingListEntryJumpedV1 } from './cases/waiting-list-entry-jumped.v1';
import { applicationDiscontinuedV1 } from './cases/application-discontinued.v1';
import { decisionIssuedV1 } from './cases/decision-issued.v1';
import { decisionDeliveredV1 } from './cases/decision-delivered.v1';
import { decisionAppealedV1 } from './cases/decision-appealed.v1';
import { decisionAppealHandedOverV1 } from './cases/decision-appeal-handed-over.v1';
import { decisionUpheldV1 } from './cases/decision-upheld.v1';
import { decisionQuashedV1 } from './cases/decision-quashed.v1';
import { decisionReviewedV1 } from './cases/decision-reviewed.v1';
import { decisionAppealWithdrawnV1 } from './cases/decision-appeal-withdrawn.v1';
import { needsRecognitionScheduledV1 } from './cases/needs-recognition-scheduled.v1';
import { needsRecognitionRecordedV1 } from './cases/needs-recognition-recorded.v1';
import { authorisationGrantedV1 } from './cases/authorisation-granted.v1';
import { authorisationRevokedV1 } from './cases/authorisation-revoked.v1';
import { planDraftStartedV1 } from './cases/plan-draft-started.v1';
import { planRedraftedV1 } from './cases/plan-redrafted.v1';
import { planAgreedV1 } from './cases/plan-agreed.v1';
import { planSubmittedForApprovalV1 } from './cases/plan-submitted-for-approval.v1';
import { planReturnedV1 } from './cases/plan-returned.v1';
import { planApprovedV1 } from './cases/plan-approved.v1';
import { planActivatedV1 } from './cases/plan-activated.v1';
import { planEndedV1 } from './cases/plan-ended.v1';
import { planClosingTalkHeldV1 } from './cases/plan-closing-talk-held.v1';
import { planClosedV1 } from './cases/plan-closed.v1';
import { planUpdateStartedV1 } from './cases/plan-update-started.v1';
import { planUpdatedV1 } from './cases/plan-updated.v1';
import { planUpdateAbandonedV1 } from './cases/plan-update-abandoned.v1';
import { planAbandonedV1 } from './cases/plan-abandoned.v1';
import { planMonitoringRecordedV1 } from './cases/plan-monitoring-recorded.v1';
import { planCoordinatorReassignedV1 } from './cases/plan-coordinator-reassigned.v1';
import { planNeedOverriddenV1 } from './cases/plan-need-overridden.v1';
import { allocationCreatedV1 } from './cases/allocation-created.v1';
import { allocationReferredV1 } from './cases/allocation-referred.v1';
import { allocationAcceptedV1 } from './cases/allocation-accepted.v1';
import { allocationDeclinedV1 } from './cases/allocation-declined.v1';
import { allocationStartedV1 } from './cases/allocation-started.v1';
import { allocationUnitDeliveredV1 } from './cases/allocation-unit-delivered.v1';
import { allocationCompletedV1 } from './cases/allocation-completed.v1';
import { allocationTerminatedV1 } from './cases/allocation-terminated.v1';
import { allocationAnswerTermMovedV1 } from './cases/allocation-answer-term-moved.v1';
import { allocationRequestRaisedV1 } from './cases/allocation-request-raised.v1';
import { allocationRequestAnsweredV1 } from './cases/allocation-request-answered.v1';
import { allocationChangedV1 } from './cases/allocation-changed.v1';
import { feeAssessedV1 } from './cases/fee-assessed.v1';
import { feeRevisedV1 } from './cases/fee-revised.v1';
import { feeUnitsSettledV1 } from './cases/fee-units-settled.v1';
import { feeUnitsCreditedV1 } from './cases/fee-units-credited.v1';
import { feePaidV1 } from './cases/fee-paid.v1';
import { feeOverdueV1 } from './cases/fee-overdue.v1';
import { feeDecisionIssuedV1 } from './cases/fee-decision-issued.v1';
import { feeDecisionDeliveredV1 } from './cases/fee-decision-delivered.v1';
import { feeEnforcementStartedV1 } from './cases/fee-enforcement-started.v1';
import { feeWaivedV1 } from './cases/fee-waived.v1';
import { feeDecisionAppealedV1 } from './cases/fee-decision-appealed.v1';
import { feeDecisionAppealHandedOverV1 } from './cases/fee-decision-appeal-handed-over.v1';
import { feeDecisionReviewedV1 } from './cases/fee-decision-reviewed.v1';
import { feeDecisionUpheldV1 } from './cases/fee-decision-upheld.v1';
import { feeDecisionQuashedV1 } from './cases/fee-decision-quashed.v1';
import { feeDecisionAppealWithdrawnV1 } from './cases/fee-decision-appeal-withdrawn.v1';
import { feeRefundedV1 } from './cases/fee-refunded.v1';
import { paymentDismissedV1 } from './cases/payment-dismissed.v1';
import { deadlineApproachingV1 } from './cases/deadline-approaching.v1';
import { deadlineReachedV1 } from './cases/deadline-reached.v1';
import { deadlineMissedV1 } from './cases/deadline-missed.v1';
import { meetingHeldV1 } from './cases/meeting-held.v1';
import { plansSummaryGeneratedV1 } from './cases/plans-summary-generated.v1';
import { documentIssuedV1 } from './cases/document-issued.v1';
import { fileAttachedV1 } from './cases/file-attached.v1';
import { fileScannedV1 } from './cases/file-scanned.v1';
import { fileRemovedV1 } from './cases/file-removed.v1';
import { allocationCreatedV2 } from './cases/allocation-created.v2';
import { allocationReferredV2 } from './cases/allocation-referred.v2';
import { allocationAcceptedV2 } from './cases/allocation-accepted.v2';
import { allocationDeclinedV2 } from './cases/allocation-declined.v2';
import { allocationStartedV2 } from './cases/allocation-started.v2';
import { allocationUnitDeliveredV2 } from './cases/allocation-unit-delivered.v2';
import { allocationCompletedV2 } from './cases/allocation-completed.v2';
import { allocationReferralLapsedV1 } from './cases/allocation-referral-lapsed.v1';
import { allocationSuspendedV1 } from './cases/allocation-suspended.v1';
import { allocationResumedV1 } from './cases/allocation-resumed.v1';
import { allocationResignedV1 } from './cases/allocation-resigned.v1';
import { allocationUnitWithdrawnV1 } from './cases/allocation-unit-withdrawn.v1';
import { projectRecordedV1 } from './cases/project-recorded.v1';
import { projectRevisedV1 } from './cases/project-revised.v1';
import { projectParticipationStartedV1 } from './cases/project-participation-started.v1';
import { projectParticipationTerminatedV1 } from './cases/project-participation-terminated.v1';
import { projectParticipationIndicatorsRecordedV1 } from './cases/project-participation-indicators-recorded.v1';
import { importStartedV1 } from './cases/import-started.v1';
import { importCompletedV1 } from './cases/import-completed.v1';
import { pastMatterRecordedV1 } from './cases/past-matter-recorded.v1';
import { externalCaseRegisteredV1 } from './cases/external-case-registered.v1';
import { externalCaseUpdatedV1 } from './cases/external-case-updated.v1';
import { personErasedV1 } from './cases/person-erased.v1';
import { legalHoldPlacedV1 } from './cases/legal-hold-placed.v1';
import { legalHoldEndedV1 } from './cases/legal-hold-ended.v1';
import { disposalProposedV1 } from './cases/disposal-proposed.v1';
import { disposalApprovedV1 } from './cases/disposal-approved.v1';
import { disposalRejectedV1 } from './cases/disposal-rejected.v1';
import { disposalCarriedOutV1 } from './cases/disposal-carried-out.v1';
import { erasureRequestReceivedV1 } from './cases/erasure-request-received.v1';
import { erasureRequestProlongedV1 } from './cases/erasure-request-prolonged.v1';
import { erasureRequestDecidedV1 } from './cases/erasure-request-decided.v1';
import { providerRegisteredV1 } from './providers/provider-registered.v1';
import { providerDetailsCorrectedV1 } from './providers/provider-details-corrected.v1';
import { providerVerifiedV1 } from './providers/provider-verified.v1';
import { providerVerificationRefusedV1 } from './providers/provider-verification-refused.v1';
import { providerVerificationEndingV1 } from './providers/provider-verification-ending.v1';
import { providerVerificationExpiredV1 } from './providers/provider-verification-expired.v1';
import { providerDeactivatedV1 } from './providers/provider-deactivated.v1';
import { providerReactivatedV1 } from './providers/provider-reactivated.v1';
import { placeRegisteredV1 } from './providers/place-registered.v1';
import { placeCorrectedV1 } from './providers/place-corrected.v1';
import { placeClosedV1 } from './providers/place-closed.v1';
import { staffMemberRecordedV1 } from './providers/staff-member-recorded.v1';
import { staffMemberNameCorrectedV1 } from './providers/staff-member-name-corrected.v1';
import { staffMemberDeactivatedV1 } from './providers/staff-member-deactivated.v1';
import { staffMemberReactivatedV1 } from './providers/staff-member-reactivated.v1';
import { performerRegisteredV1 } from './providers/performer-registered.v1';
import { performerNameCorrectedV1 } from './providers/performer-name-corrected.v1';
import { performerErasedV1 } from './providers/performer-erased.v1';
import { performerLeftV1 } from './providers/performer-left.v1';
import { performerQualificationRecordedV1 } from './providers/performer-qualification-recorded.v1';
import { performerConditionsRecordedV1 } from './providers/performer-conditions-recorded.v1';
import { performerProofWithdrawnV1 } from './providers/performer-proof-withdrawn.v1';
import { performerQualificationExpiringV1 } from './providers/performer-qualification-expiring.v1';
import { requiredQualificationLaidDownV1 } from './providers/required-qualification-laid-down.v1';
import { requiredQualificationEndedV1 } from './providers/required-qualification-ended.v1';
import { agreementActivatedV1 } from './providers/agreement-activated.v1';
import { agreementAmendedV1 } from './providers/agreement-amended.v1';
import { agreementCancelledV1 } from './providers/agreement-cancelled.v1';
import { agreementCeilingNearV1 } from './providers/agreement-ceiling-near.v1';
import { agreementCeilingReachedV1 } from './providers/agreement-ceiling-reached.v1';
import { agreementEndedV1 } from './providers/agreement-ended.v1';
import { agreementEndingSoonV1 } from './providers/agreement-ending-soon.v1';
import { agreementGapAheadV1 } from './providers/agreement-gap-ahead.v1';
import { agreementPlannedV1 } from './providers/agreement-planned.v1';
import { agreementPricesSetV1 } from './providers/agreement-prices-set.v1';
import { agreementProcurementStartedV1 } from './providers/agreement-procurement-started.v1';
import { agreementReportDueV1 } from './providers/agreement-report-due.v1';
import { agreementReportReceivedV1 } from './providers/agreement-report-received.v1';
import { agreementResumedV1 } from './providers/agreement-resumed.v1';
import { agreementSettledV1 } from './providers/agreement-settled.v1';
import { agreementSignedV1 } from './providers/agreement-signed.v1';
import { agreementSuspendedV1 } from './providers/agreement-suspended.v1';
import { capacityOpenedV1 } from './providers/capacity-opened.v1';
import { capacityReservedV1 } from './providers/capacity-reserved.v1';
import { capacityReleasedV1 } from './providers/capacity-released.v1';
import { capacityRecountedV1 } from './providers/capacity-recounted.v1';
import { capacityChangedV1 } from './providers/capacity-changed.v1';
import { capacityClosedV1 } from './providers/capacity-closed.v1';
import { serviceOrderReceivedV1 } from './providers/service-order-received.v1';
import { serviceOrderAcceptedV1 } from './providers/service-order-accepted.v1';
import { serviceOrderDeclinedV1 } from './providers/service-order-declined.v1';
import { serviceOrderStartedV1 } from './providers/service-order-started.v1';
import { serviceOrderCompletedV1 } from './providers/service-order-completed.v1';
import { serviceOrderSuspendedV1 } from './providers/service-order-suspended.v1';
import { serviceOrderResumedV1 } from './providers/service-order-resumed.v1';
import { serviceOrderCancelledV1 } from './providers/service-order-cancelled.v1';
import { serviceOrderAnswerTermMovedV1 } from './providers/service-order-answer-term-moved.v1';
import { serviceOrderRemindedV1 } from './providers/service-order-reminded.v1';
import { serviceOrderRequestRaisedV1 } from './providers/service-order-request-raised.v1';
import { serviceOrderRequestAnsweredV1 } from './providers/service-order-request-answered.v1';
import { serviceOrderChangedV1 } from './providers/service-order-changed.v1';
import { serviceOrderAnswerTokenIssuedV1 } from './providers/service-order-answer-token-issued.v1';
import { serviceOrderAnswerTokenRevokedV1 } from './providers/service-order-answer-token-revoked.v1';
import { deliveryRecordedV1 } from './providers/delivery-recorded.v1';
import { deliveryAcceptedV1 } from './providers/delivery-accepted.v1';
import { deliveryMissedV1 } from './providers/delivery-missed.v1';
import { deliveryMissedAcceptedV1 } from './providers/delivery-missed-accepted.v1';
import { deliveryDisputedV1 } from './providers/delivery-disputed.v1';
import { deliveryCorrectedV1 } from './providers/delivery-corrected.v1';
import { deliveryRejectedV1 } from './providers/delivery-rejected.v1';
import { deliveryAcceptanceWithdrawnV1 } from './providers/delivery-acceptance-withdrawn.v1';
import { excessPermitGivenV1 } from './providers/excess-permit-given.v1';
import { visitSchedulePlannedV1 } from './providers/visit-schedule-planned.v1';
import { settlementComputedV1 } from './providers/settlement-computed.v1';
import { settlementCostsStatedV1 } from './providers/settlement-costs-stated.v1';
import { settlementSubmittedV1 } from './providers/settlement-submitted.v1';
import { settlementCorrectedV1 } from './providers/settlement-corrected.v1';
import { settlementReturnedV1 } from './providers/settlement-returned.v1';
import { settlementCheckedV1 } from './providers/settlement-checked.v1';
import { settlementApprovedV1 } from './providers/settlement-approved.v1';
import { settlementPaidV1 } from './providers/settlement-paid.v1';
import { messageInHandsV1 } from './notifications/message-in-hands.v1';
import { surveyOpenedV1 } from './providers/survey-opened.v1';
import { surveyAnsweredV1 } from './providers/survey-answered.v1';
import { surveyDeclinedV1 } from './providers/survey-declined.v1';
import { surveyExpiredV1 } from './providers/survey-expired.v1';
import { surveyAnswerTokenIssuedV1 } from './providers/survey-answer-token-issued.v1';
import { standardDraftedV1 } from './providers/standard-drafted.v1';
import { standardApprovedV1 } from './providers/standard-approved.v1';
import { agreementStandardNamedV1 } from './providers/agreement-standard-named.v1';
import { inspectionPlannedV1 } from './providers/inspection-planned.v1';
import { inspectionCarriedOutV1 } from './providers/inspection-carried-out.v1';
import { inspectionReportedV1 } from './providers/inspection-reported.v1';
import { inspectionCancelledV1 } from './providers/inspection-cancelled.v1';
import { findingRecordedV1 } from './providers/finding-recorded.v1';
import { findingRemedyReportedV1 } from './providers/finding-remedy-reported.v1';
import { findingConfirmedV1 } from './providers/finding-confirmed.v1';
import { findingReopenedV1 } from './providers/finding-reopened.v1';
import { findingOverdueV1 } from './providers/finding-overdue.v1';
import { complaintReceivedV1 } from './providers/complaint-received.v1';
import { complaintExaminationStartedV1 } from './providers/complaint-examination-started.v1';
import { complaintTermExtendedV1 } from './providers/complaint-term-extended.v1';
import { complaintPositionAskedV1 } from './providers/complaint-position-asked.v1';
import { complaintPositionGivenV1 } from './providers/complaint-position-given.v1';
import { complaintAnsweredV1 } from './providers/complaint-answered.v1';
import { complaintPassedOnV1 } from './providers/complaint-passed-on.v1';
import { complaintWithdrawnV1 } from './providers/complaint-withdrawn.v1';
import { complaintOverdueV1 } from './providers/complaint-overdue.v1';
import { messageQueuedV1 } from './notifications/message-queued.v1';
import { messageQueuedV2 } from './notifications/message-queued.v2';
import { messageSentV1 } from './notifications/message-sent.v1';
import { messageReceivedV1 } from './notifications/message-received.v1';
import { messageSentV2 } from './notifications/message-sent.v2';
import { messageUndeliveredV1 } from './notifications/message-undelivered.v1';
import { messageFailedV1 } from './notifications/message-failed.v1';
import { messageFailedV2 } from './notifications/message-failed.v2';
import { taskOpenedV1 } from './notifications/task-opened.v1';
import { taskCompletedV1 } from './notifications/task-completed.v1';
import { noticeOpenedV1 } from './notifications/notice-opened.v1';
import { noticeAcknowledgedV1 } from './notifications/notice-acknowledged.v1';
import { noticeEscalatedV1 } from './notifications/notice-escalated.v1';
import { handJobPutV1 } from './notifications/hand-job-put.v1';
import { handJobTakenV1 } from './notifications/hand-job-taken.v1';
import { handJobGivenBackV1 } from './notifications/hand-job-given-back.v1';
import { handJobDoneV1 } from './notifications/hand-job-done.v1';
import { handJobNoticeLeftV1 } from './notifications/hand-job-notice-left.v1';
import { handJobReceivedV1 } from './notifications/hand-job-received.v1';
import { handJobReturnedV1 } from './notifications/hand-job-returned.v1';
import { handJobCancelledV1 } from './notifications/hand-job-cancelled.v1';
import { printRunBegunV1 } from './notifications/print-run-begun.v1';
import { printRunConfirmedV1 } from './notifications/print-run-confirmed.v1';
import { printRunLapsedV1 } from './notifications/print-run-lapsed.v1';
import { taskPostponedV1 } from './notifications/task-postponed.v1';
import { grantGivenV1 } from './notifications/grant-given.v1';
import { grantRevokedV1 } from './notifications/grant-revoked.v1';
import { subscriptionApprovalAskedV1 } from './notifications/subscription-approval-asked.v1';
import { subscriptionApprovedV1 } from './notifications/subscription-approved.v1';
import { subscriptionChangedV1 } from './notifications/subscription-changed.v1';
import { subscriptionCreatedV1 } from './notifications/subscription-created.v1';
import { subscriptionEndedV1 } from './notifications/subscription-ended.v1';
import { subscriptionFailingV1 } from './notifications/subscription-failing.v1';
import { subscriptionRecoveredV1 } from './notifications/subscription-recovered.v1';
import { subscriptionRefusedV1 } from './notifications/subscription-refused.v1';
import { subscriptionSecretRotatedV1 } from './notifications/subscription-secret-rotated.v1';
import { ruleChangedV1 } from './notifications/rule-changed.v1';
import { ruleSwitchedOffV1 } from './notifications/rule-switched-off.v1';
import { templateCreatedV1 } from './notifications/template-created.v1';
import { templateChangedV1 } from './notifications/template-changed.v1';
import { templateRestoredV1 } from './notifications/template-restored.v1';
import { consentGivenV1 } from './notifications/consent-given.v1';
import { consentEndedV1 } from './notifications/consent-ended.v1';
import { accessLogAnchoredV1 as catalogueAccessLogAnchoredV1 } from './catalogue/access-log-anchored.v1';
import { accessLogAnchoredV1 as casesAccessLogAnchoredV1 } from './cases/access-log-anchored.v1';
import { accessLogAnchoredV1 as providersAccessLogAnchoredV1 } from './providers/access-log-anchored.v1';
import { accessLogAnchoredV1 as notificationsAccessLogAnchoredV1 } from './notifications/access-log-anchored.v1';

/** Every event of every service, in the order of the process. The AsyncAPI document and what a partner may subscribe to come from this list. */
export const events = [
  programmeDraftedV1,
  programmeConsultedV1,
  programmeAdoptedV1,
  programmePublishedV1,
  programmeEnteredIntoForceV1,
  programmeAmendmentDraftedV1,
  programmeAmendmentWithdrawnV1,
  programmeAmendedV1,
  programmeEndedV1,
  programmeClosingInformationDueV1,
  programmeClosingInformationOverdueV1,
  programmeClosingInformationPublishedV1,
  serviceOfferDraftedV1,
  serviceOfferPublishedV1,
  serviceOfferRevisedV1,
  serviceOfferConfirmedV1,
  serviceOfferWithdrawnV1,
  needReportFiledV1,
  needReportAcknowledgedV1,
  needReportForwardedV1,
  needReportDismissedV1,
  needReportErasedV1,
  diagnosisDraftedV1,
  diagnosisRevisedV1,
  diagnosisConsultedV1,
  diagnosisAdoptedV1,
  diagnosisSupersededV1,
  diagnosisWithdrawnV1,
  communityPlanDraftedV1,
  communityPlanRevisedV1,
  communityPlanAdoptedV1,
  communityPlanUpdatedV1,
  communityPlanClosedV1,
  communityPlanWithdrawnV1,
  officeRegisteredV1,
  officeRevisedV1,
  catalogueImportCompletedV1,
  yearlyReportGeneratedV1,
  yearlyReportApprovedV1,
  personRegisteredV1,
  personContactChangedV1,
  personIdentityCorrectedV1,
  personMergedV1,
  personMergeReversedV1,
  personDiedV1,
  personRestrictedV1,
  personRestrictionLiftedV1,
  personDeathCorrectedV1,
  personDepartedV1,
  personDepartureCorrectedV1,
  householdFormedV1,
  householdMemberJoinedV1,
  householdMemberLeftV1,
  representationRecordedV1,
  representationEndedV1,
  breakGlassOpenedV1,
  breakGlassReviewedV1,
  applicationSubmittedV1,
  applicationQualifiedV1,
  applicationWaitlistedV1,
  applicationRefusalPendingV1,
  applicationRefusedV1,
  applicationWithdrawnV1,
  applicationCompletionRequestedV1,
  applicationCompletionCallServedV1,
  applicationCompletedV1,
  applicationLeftUnexaminedV1,
  applicationForwardedV1,
  applicationForwardingSentV1,
  applicationFactsRevisedV1,
  applicationCoordinatorAssignedV1,
  applicationDelayRecordedV1,
  applicationAppealedV1,
  applicationReopenedV1,
  applicationPartRefusedV1,
  applicationDecisionDemandedV1,
  waitingListEntryPlaceOfferedV1,
  waitingListEntryPlaceDeclinedV1,
  waitingListEntryPlaceLapsedV1,
  waitingListEntryJumpedV1,
  applicationDiscontinuedV1,
  decisionIssuedV1,
  decisionDeliveredV1,
  decisionAppealedV1,
  decisionAppealHandedOverV1,
  decisionUpheldV1,
  decisionQuashedV1,
  decisionReviewedV1,
  decisionAppealWithdrawnV1,
  needsRecognitionScheduledV1,
  needsRecognitionRecordedV1,
  authorisationGrantedV1,
  authorisationRevokedV1,
  planDraftStartedV1,
  planRedraftedV1,
  planAgreedV1,
  planSubmittedForApprovalV1,
  planReturnedV1,
  planApprovedV1,
  planActivatedV1,
  planEndedV1,
  planClosingTalkHeldV1,
  planClosedV1,
  planUpdateStartedV1,
  planUpdatedV1,
  planUpdateAbandonedV1,
  planAbandonedV1,
  planMonitoringRecordedV1,
  planCoordinatorReassignedV1,
  planNeedOverriddenV1,
  allocationCreatedV1,
  allocationReferredV1,
  allocationAcceptedV1,
  allocationDeclinedV1,
  allocationStartedV1,
  allocationUnitDeliveredV1,
  allocationCompletedV1,
  allocationTerminatedV1,
  allocationAnswerTermMovedV1,
  allocationRequestRaisedV1,
  allocationRequestAnsweredV1,
  allocationChangedV1,
  feeAssessedV1,
  feeRevisedV1,
  feeUnitsSettledV1,
  feeUnitsCreditedV1,
  feePaidV1,
  feeOverdueV1,
  feeDecisionIssuedV1,
  feeDecisionDeliveredV1,
  feeEnforcementStartedV1,
  feeWaivedV1,
  feeDecisionAppealedV1,
  feeDecisionAppealHandedOverV1,
  feeDecisionReviewedV1,
  feeDecisionUpheldV1,
  feeDecisionQuashedV1,
  feeDecisionAppealWithdrawnV1,
  feeRefundedV1,
  paymentDismissedV1,
  deadlineApproachingV1,
  deadlineReachedV1,
  deadlineMissedV1,
  meetingHeldV1,
  plansSummaryGeneratedV1,
  documentIssuedV1,
  fileAttachedV1,
  fileScannedV1,
  fileRemovedV1,
  projectRecordedV1,
  projectRevisedV1,
  projectParticipationStartedV1,
  projectParticipationTerminatedV1,
  projectParticipationIndicatorsRecordedV1,
  importStartedV1,
  importCompletedV1,
  pastMatterRecordedV1,
  externalCaseRegisteredV1,
  externalCaseUpdatedV1,
  personErasedV1,
  legalHoldPlacedV1,
  legalHoldEndedV1,
  disposalProposedV1,
  disposalApprovedV1,
  disposalRejectedV1,
  disposalCarriedOutV1,
  erasureRequestReceivedV1,
  erasureRequestProlongedV1,
  erasureRequestDecidedV1,
  allocationCreatedV2,
  allocationReferredV2,
  allocationAcceptedV2,
  allocationDeclinedV2,
  allocationStartedV2,
  allocationUnitDeliveredV2,
  allocationCompletedV2,
  allocationReferralLapsedV1,
  allocationSuspendedV1,
  allocationResumedV1,
  allocationResignedV1,
  allocationUnitWithdrawnV1,
  providerRegisteredV1,
  providerDetailsCorrectedV1,
  providerVerifiedV1,
  providerVerificationRefusedV1,
  providerVerificationEndingV1,
  providerVerificationExpiredV1,
  providerDeactivatedV1,
  providerReactivatedV1,
  placeRegisteredV1,
  placeCorrectedV1,
  placeClosedV1,
  staffMemberRecordedV1,
  staffMemberNameCorrectedV1,
  staffMemberDeactivatedV1,
  staffMemberReactivatedV1,
  performerRegisteredV1,
  performerNameCorrectedV1,
  performerErasedV1,
  performerLeftV1,
  performerQualificationRecordedV1,
  performerConditionsRecordedV1,
  performerProofWithdrawnV1,
  performerQualificationExpiringV1,
  requiredQualificationLaidDownV1,
  requiredQualificationEndedV1,
  capacityOpenedV1,
  capacityReservedV1,
  capacityReleasedV1,
  capacityRecountedV1,
  capacityChangedV1,
  capacityClosedV1,
  serviceOrderReceivedV1,
  serviceOrderAcceptedV1,
  serviceOrderDeclinedV1,
  serviceOrderStartedV1,
  serviceOrderCompletedV1,
  serviceOrderSuspendedV1,
  serviceOrderResumedV1,
  serviceOrderCancelledV1,
  serviceOrderAnswerTermMovedV1,
  serviceOrderRemindedV1,
  serviceOrderRequestRaisedV1,
  serviceOrderRequestAnsweredV1,
  serviceOrderChangedV1,
  serviceOrderAnswerTokenIssuedV1,
  serviceOrderAnswerTokenRevokedV1,
  deliveryRecordedV1,
  deliveryAcceptedV1,
  deliveryMissedV1,
  deliveryMissedAcceptedV1,
  deliveryDisputedV1,
  deliveryCorrectedV1,
  deliveryRejectedV1,
  deliveryAcceptanceWithdrawnV1,
  excessPermitGivenV1,
  visitSchedulePlannedV1,
  agreementPlannedV1,
  agreementProcurementStartedV1,
  agreementSignedV1,
  agreementPricesSetV1,
  agreementActivatedV1,
  agreementAmendedV1,
  agreementSuspendedV1,
  agreementResumedV1,
  agreementEndedV1,
  agreementCancelledV1,
  agreementSettledV1,
  agreementReportDueV1,
  agreementReportReceivedV1,
  agreementEndingSoonV1,
  agreementGapAheadV1,
  agreementCeilingNearV1,
  agreementCeilingReachedV1,
  settlementComputedV1,
  settlementCostsStatedV1,
  settlementSubmittedV1,
  settlementCorrectedV1,
  settlementReturnedV1,
  settlementCheckedV1,
  settlementApprovedV1,
  settlementPaidV1,
  surveyOpenedV1,
  surveyAnsweredV1,
  surveyDeclinedV1,
  surveyExpiredV1,
  surveyAnswerTokenIssuedV1,
  standardDraftedV1,
  standardApprovedV1,
  agreementStandardNamedV1,
  inspectionPlannedV1,
  inspectionCarriedOutV1,
  inspectionReportedV1,
  inspectionCancelledV1,
  findingRecordedV1,
  findingRemedyReportedV1,
  findingConfirmedV1,
  findingReopenedV1,
  findingOverdueV1,
  complaintReceivedV1,
  complaintExaminationStartedV1,
  complaintTermExtendedV1,
  complaintPositionAskedV1,
  complaintPositionGivenV1,
  complaintAnsweredV1,
  complaintPassedOnV1,
  complaintWithdrawnV1,
  complaintOverdueV1,
  messageQueuedV1,
  messageQueuedV2,
  messageSentV1,
  messageSentV2,
  messageInHandsV1,
  messageReceivedV1,
  messageUndeliveredV1,
  messageFailedV1,
  messageFailedV2,
  taskOpenedV1,
  taskCompletedV1,
  noticeOpenedV1,
  noticeAcknowledgedV1,
  noticeEscalatedV1,
  handJobPutV1,
  handJobTakenV1,
  handJobGivenBackV1,
  handJobDoneV1,
  handJobNoticeLeftV1,
  handJobReceivedV1,
  handJobReturnedV1,
  handJobCancelledV1,
  printRunBegunV1,
  printRunConfirmedV1,
  printRunLapsedV1,
  taskPostponedV1,
  grantGivenV1,
  grantRevokedV1,
  subscriptionApprovalAskedV1,
  subscriptionApprovedV1,
  subscriptionChangedV1,
  subscriptionCreatedV1,
  subscriptionEndedV1,
  subscriptionFailingV1,
  subscriptionRecoveredV1,
  subscriptionRefusedV1,
  subscriptionSecretRotatedV1,
  ruleChangedV1,
  ruleSwitchedOffV1,
  templateCreatedV1,
  templateChangedV1,
  templateRestoredV1,
  consentGivenV1,
  consentEndedV1,
  catalogueAccessLogAnchoredV1,
  casesAccessLogAnchoredV1,
  providersAccessLogAnchoredV1,
  notificationsAccessLogAnchoredV1,
] as const;
