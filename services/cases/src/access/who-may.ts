import { type Role, roles } from '@okienko/chassis/access';

/** Routes that need no token. */
export const open: readonly string[] = [
  'GET /health/live',
  'GET /health/ready',
  'GET /health/startup',
  'GET /metrics',
  'GET /problems/{code}',
  // The issuer speaks; its signature is what counts.
  'POST /backchannel-logout',
];

const centre: readonly Role[] = ['desk', 'coordinator', 'services-organiser', 'director'];
const caseWork: readonly Role[] = ['coordinator', 'services-organiser', 'director'];
const heads: readonly Role[] = ['services-organiser', 'director'];
const file: readonly Role[] = ['desk', 'coordinator'];
const coordinator: readonly Role[] = ['coordinator'];
const money: readonly Role[] = [...caseWork, 'finance', 'auditor'];

/** Who may call what, written by hand from the Act: it is compared with the service, never made from it. */
export const whoMay: Readonly<Record<string, readonly Role[]>> = {
  // Persons and those around them: the customer desk and the coordinators (art. 35, 50).
  'POST /persons': file,
  'POST /persons/duplicates': file,
  'POST /persons/search': file,
  'POST /persons/{id}/identity': file,
  'POST /persons/{id}/contact': file,
  'POST /persons/{id}/contact-suppression': ['coordinator', 'services-organiser'],
  'POST /persons/{id}/contact-suppression-lifting': ['coordinator', 'services-organiser'],
  'GET /persons/{id}': centre,
  'POST /persons/{id}/death': centre,
  'POST /persons/{id}/departure': centre,
  'POST /persons/{id}/death-correction': caseWork,
  'POST /persons/{id}/departure-correction': caseWork,
  'POST /persons/{id}/merge': heads,
  'POST /persons/{id}/merge-reversal': heads,
  'GET /persons/{id}/merges': [...centre, 'auditor'],
  'GET /persons/{id}/accesses': [...centre, 'auditor'],
  'POST /households': file,
  'POST /households/{id}/members': file,
  'POST /households/{id}/leavings': file,
  'GET /households': centre,
  'GET /households/{id}': centre,
  'POST /representations': file,
  'POST /representations/{id}/end': file,
  'GET /representations': [...centre, 'auditor'],
  'GET /representations/{id}': centre,

  // Applications (art. 35–36, 48): whoever receives post may file, what decides about their course is case work.
  'POST /applications': file,
  'GET /applications': [...centre, 'auditor'],
  'GET /applications/{id}': [...centre, 'auditor'],
  'GET /statement-clauses': [...centre, 'auditor'],
  'POST /applications/{id}/facts': centre,
  'POST /applications/{id}/completion-call': caseWork,
  'POST /applications/{id}/completion-call/service': centre,
  'POST /applications/{id}/completion': centre,
  'POST /applications/{id}/left-unexamined': caseWork,
  'POST /applications/{id}/withdrawal': centre,
  'POST /applications/{id}/items/{itemId}/withdrawal': centre,
  'POST /applications/{id}/coordinator': caseWork,
  'POST /applications/{id}/delays': caseWork,
  // Forwarding (art. 38(1)) is the coordinator’s; the desk posts the letter.
  'POST /applications/{id}/forwarding': coordinator,
  'POST /applications/{id}/forwarding/dispatch': file,

  // Recognition of needs (art. 29, 37): the coordinator.
  'POST /needs-recognitions': coordinator,
  'POST /needs-recognitions/{id}/record': coordinator,
  'GET /needs-recognitions/{id}': caseWork,

  // Qualification and refusal (art. 26, 42): the director or an employee authorised to.
  'POST /applications/{id}/items/{itemId}/qualification': caseWork,
  'POST /applications/{id}/items/{itemId}/rest-qualification': caseWork,
  'POST /applications/{id}/items/{itemId}/qualification-trial': caseWork,
  'POST /applications/{id}/items/{itemId}/refusal': caseWork,
  'POST /applications/{id}/items/{itemId}/part-refusal': caseWork,
  'GET /decisions/{id}': caseWork,
  'POST /decisions/{id}/delivery': centre,
  'POST /decisions/{id}/appeal': centre,
  'POST /decisions/{id}/appeal-withdrawal': centre,
  'POST /decisions/{id}/handover': centre,
  'POST /decisions/{id}/ruling': centre,
  'POST /decisions/{id}/self-review': caseWork,
  'POST /authorisations': ['director', 'operator'],
  'POST /authorisations/{id}/revocation': ['director', 'operator'],
  'GET /authorisations': [...centre, 'operator', 'auditor'],
  'GET /authorisations/{id}': [...centre, 'operator', 'auditor'],

  // Waiting for a place (art. 42(2)): only those who lead the services put somebody ahead of others.
  'GET /waiting-lists': [...centre, 'auditor'],
  'GET /applications/{id}/items/{itemId}/waiting-list-entry': [...centre, 'auditor'],
  'POST /applications/{id}/items/{itemId}/waiting-list-entry': caseWork,
  'POST /applications/{id}/items/{itemId}/waiting-list-jump': heads,
  'POST /applications/{id}/items/{itemId}/place-offer/acceptance': caseWork,
  'POST /applications/{id}/items/{itemId}/place-offer/decline': centre,
  'POST /applications/{id}/items/{itemId}/place-offer/lapse': caseWork,
  'POST /applications/{id}/items/{itemId}/decision-demand': centre,

  // Plans: drafted, updated, watched and summed up by the coordinator (art. 29, 38–40, 45), approved by the director or the organiser (art. 24, 41).
  'GET /applications/{id}/plan-need': caseWork,
  'POST /applications/{id}/plan-need': coordinator,
  'POST /plans': coordinator,
  'POST /plans/{id}/redraft': coordinator,
  'POST /plans/{id}/agreement': coordinator,
  'POST /plans/{id}/submission': coordinator,
  'POST /plans/{id}/update': coordinator,
  'POST /plans/{id}/abandonment': coordinator,
  'POST /plans/{id}/return': heads,
  'POST /plans/{id}/approval': heads,
  'POST /plans/{id}/coordinator': heads,
  'POST /plans/{id}/end': coordinator,
  'POST /plans/{id}/contacts': coordinator,
  'POST /plans/{id}/closing-talk': coordinator,
  'POST /plans/{id}/closure': coordinator,
  'GET /plans': [...caseWork, 'auditor'],
  'GET /plans/{id}': caseWork,
  'GET /plans/{id}/contacts': caseWork,
  'GET /plans/{id}/versions': caseWork,
  'GET /plans/{id}/versions/compare': caseWork,

  // Services granted (art. 29, 38(2), 44): against the will of the person only by those who answer for the services.
  'POST /applications/{id}/items/{itemId}/allocation': coordinator,
  'POST /allocations/{id}/referral': coordinator,
  'POST /allocations/{id}/referral-by-rule': coordinator,
  'POST /allocations/{id}/referral-lapse': coordinator,
  'POST /allocations/{id}/suspension': caseWork,
  'POST /allocations/{id}/resumption': caseWork,
  'POST /allocations/{id}/completion': caseWork,
  'POST /allocations/{id}/resignation': caseWork,
  'POST /allocations/{id}/termination': heads,
  'POST /allocations/{id}/change-request': caseWork,
  'POST /allocations/{id}/end-request': caseWork,
  'POST /allocations/{id}/requests/{requestId}/agreement': caseWork,
  'POST /allocations/{id}/requests/{requestId}/refusal': caseWork,
  'POST /allocations/{id}/requests/{requestId}/answer': caseWork,
  'GET /allocations': [...caseWork, 'auditor'],
  'GET /allocations/{id}': [...caseWork, 'auditor'],
  'GET /allocations/{id}/candidates': [...caseWork, 'auditor'],
  'GET /allocations/{id}/referrals': [...caseWork, 'auditor'],
  'GET /service-orders/{id}/referral-packet': ['provider'],

  // Fees (art. 42–44): set by case work, collected by the finance staff, waived by the director alone (art. 44(2)).
  'POST /applications/{id}/items/{itemId}/fee': caseWork,
  'POST /applications/{id}/items/{itemId}/fee-trial': caseWork,
  'POST /fees/{id}/revision': caseWork,
  'POST /fees/{id}/ending': caseWork,
  'POST /fees/{id}/decision': heads,
  'POST /fees/{id}/decisions/{decisionId}/delivery': [...centre, 'finance'],
  'POST /fees/{id}/decisions/{decisionId}/enforcement': ['director', 'finance'],
  'POST /fees/{id}/decisions/{decisionId}/appeal': centre,
  'POST /fees/{id}/decisions/{decisionId}/handover': centre,
  'POST /fees/{id}/decisions/{decisionId}/self-review': heads,
  'POST /fees/{id}/decisions/{decisionId}/ruling': centre,
  'POST /fees/{id}/decisions/{decisionId}/appeal-withdrawal': centre,
  'POST /fees/{id}/waiver': ['director'],
  'POST /fees/{id}/refund': ['finance'],
  'POST /fees/{id}/payments': ['finance'],
  'GET /fees': money,
  'GET /fees/{id}': money,
  'GET /overdue-fees': money,
  'GET /persons/{id}/fee-balance': money,
  'POST /payments/imports': ['finance'],
  'POST /payments/{id}/assignment': ['finance'],
  'POST /payments/{id}/dismissal': ['finance'],
  'GET /payments': ['director', 'finance', 'auditor'],
  'GET /payments/{id}': ['director', 'finance', 'auditor'],

  // What is on paper.
  'POST /documents': caseWork,
  'GET /documents': centre,
  'GET /documents/{id}': centre,
  'GET /documents/{id}/content': centre,
  'POST /files': centre,
  'POST /files/{id}/removal': centre,
  'GET /files': centre,
  'GET /files/{id}': centre,
  'GET /files/{id}/content': centre,

  // The work of the centre (art. 24, 27, 32, 46): the organiser’s meetings and summaries, the latter for the director and the community organiser.
  'POST /meetings': ['services-organiser'],
  'GET /meetings': [...caseWork, 'auditor'],
  'GET /meetings/{id}': [...caseWork, 'auditor'],
  'POST /plans-summaries': ['services-organiser'],
  'GET /plans-summaries': [...heads, 'community-organiser', 'auditor'],
  'GET /plans-summaries/{id}': [...heads, 'community-organiser', 'auditor'],
  'GET /case-load': [...heads, 'auditor'],
  'GET /worklist': [...centre, 'finance', 'auditor'],

  // Of the service itself.
  'GET /terms': [...centre, 'community-organiser', 'finance', 'auditor', 'operator'],
  'GET /me': roles,
  'GET /dead-letters': ['operator'],
  'GET /dead-letters/{id}': ['operator'],
  'POST /dead-letters/{id}/retry': ['operator'],
  'POST /dead-letters/{id}/discard': ['operator'],
  // Seeing matters of another unit for once: whoever does the work opens, those who answer for the services look into it.
  'POST /break-glass': file,
  'POST /break-glass/{id}/review': heads,
  'GET /break-glass': [...heads, 'auditor'],
  'GET /break-glass/{id}': heads,

  'POST /revocations': ['operator'],
  'GET /revocations': ['operator', 'auditor'],

  // EU projects: the organiser lays them down, whoever meets the person records, and whoever settles the grant exports.
  'POST /projects': heads,
  'POST /projects/{id}/revision': heads,
  'GET /projects': [...centre, 'finance', 'auditor'],
  'GET /projects/{id}': [...centre, 'finance', 'auditor'],
  'GET /projects/{id}/figures': money,
  'GET /projects/{id}/participants': ['services-organiser', 'finance'],
  'GET /projects/{id}/participants.csv': ['services-organiser', 'finance'],
  'POST /project-participations': file,
  'POST /project-participations/{id}/termination': file,
  'POST /project-participations/{id}/indicators': file,
  'GET /project-participations': [...centre, 'finance', 'auditor'],
  'GET /project-participations/{id}': [...file, 'services-organiser'],

  // Taking over from a predecessor's system (art. 19): started by whoever answers for the centre or for its systems.
  'POST /imports': ['director', 'operator'],
  'GET /imports/{id}': [...heads, 'operator'],
  'GET /imports/{id}/rows': [...heads, 'operator'],
  'GET /imports/templates/{kind}': [...heads, 'operator'],
  'GET /past-matters': centre,

  // Cases that stay in another system, as those of social assistance.
  'POST /external-cases': file,
  'POST /external-cases/{id}/update': file,
  'GET /external-cases': centre,
  'GET /external-cases/{id}': centre,
};

/** Qualifying, recognising needs and drafting a plan, with all that makes or unmakes them (art. 49). */
export const ofTheCentreAlone: readonly string[] = [
  'POST /needs-recognitions',
  'POST /needs-recognitions/{id}/record',
  'POST /applications/{id}/items/{itemId}/qualification',
  'POST /applications/{id}/items/{itemId}/rest-qualification',
  'POST /applications/{id}/items/{itemId}/qualification-trial',
  'POST /applications/{id}/items/{itemId}/waiting-list-entry',
  'POST /applications/{id}/items/{itemId}/place-offer/acceptance',
  'POST /applications/{id}/items/{itemId}/refusal',
  'POST /applications/{id}/items/{itemId}/part-refusal',
  'POST /decisions/{id}/self-review',
  'POST /applications/{id}/plan-need',
  'POST /plans',
  'POST /plans/{id}/redraft',
  'POST /plans/{id}/agreement',
  'POST /plans/{id}/submission',
  'POST /plans/{id}/update',
  'POST /plans/{id}/abandonment',
  'POST /plans/{id}/return',
  'POST /plans/{id}/approval',
];
