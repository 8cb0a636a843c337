import type { Role } from '@okienko/chassis/access';

const heads: readonly Role[] = ['services-organiser', 'director'];
const planners: readonly Role[] = ['services-organiser', 'community-organiser', 'director'];
const community: readonly Role[] = ['community-organiser', 'director'];
const whoHears: readonly Role[] = ['desk', 'coordinator', 'services-organiser', 'community-organiser', 'director'];

/** Routes that need no token. The directory is public (art. 13(1)(9), 19), as are programmes, diagnoses, community plans and reports once they are more than drafts. */
export const open: readonly string[] = [
  'GET /areas',
  'GET /data-categories',
  'GET /offices',
  'GET /offices/{id}',
  'GET /programmes',
  'GET /programmes/{id}',
  'GET /programmes/{id}/editions',
  'GET /programmes/{id}/closing-information',
  'GET /programmes/{id}/closing-information.csv',
  'GET /programmes/{id}/closing-information.pdf',
  'POST /programmes/{id}/criteria/trial',
  'POST /programmes/{id}/fee/trial',
  'GET /programme-changes',
  'GET /service-offers',
  'GET /service-offers/{id}',
  'GET /service-offer-changes',
  'GET /service-offer-search',
  'GET /service-offer-snapshot',
  'GET /diagnoses',
  'GET /diagnoses/{id}',
  'GET /community-plans',
  'GET /community-plans/{id}',
  'GET /supporting-activities',
  'GET /unmet-needs',
  'GET /yearly-reports',
  'GET /yearly-reports/{id}',
  'GET /yearly-reports/{id}/report.csv',
  'GET /yearly-reports/{id}/report.pdf',
  'GET /hsds',
  'GET /hsds/profile',
  'GET /hsds/services',
  'GET /hsds/services/{id}',
  'GET /hsds/organizations',
  'GET /hsds/organizations/{id}',
  'GET /hsds/service_at_locations',
  'GET /hsds/service_at_locations/{id}',
  'GET /hsds/taxonomies',
  'GET /hsds/taxonomies/{id}',
  'GET /hsds/taxonomy_terms',
  'GET /hsds/taxonomy_terms/{id}',
  // Anybody may report a need, and ask by the receipt what has become of it.
  'POST /need-reports',
  'POST /need-reports/search',
];

/** Who may call what, written by hand from the Act: it is compared with the service, never made from it. */
export const whoMay: Readonly<Record<string, readonly Role[]>> = {
  // Programmes and their ends (art. 5–6): prepared by those who answer for the services; the council decides, and is recorded.
  'POST /programmes': heads,
  'POST /programmes/{id}/consultation': heads,
  'POST /programmes/{id}/adoption': heads,
  'POST /programmes/{id}/journal-publication': heads,
  'POST /programmes/{id}/amendment': heads,
  'POST /programmes/{id}/amendment/withdrawal': heads,
  'POST /programmes/{id}/end': heads,
  'GET /programmes/{id}/conflicts': heads,
  'GET /programmes/{id}/closing-information/preview': heads,
  'POST /programmes/{id}/closing-information': heads,

  // Offers, and the ways in and out of the directory (art. 19, 24).
  'POST /service-offers': heads,
  'POST /service-offers/{id}/publication': heads,
  'POST /service-offers/{id}/revision': heads,
  'POST /service-offers/{id}/confirmation': heads,
  'POST /service-offers/{id}/withdrawal': heads,
  'GET /service-offer-search/synonyms': heads,
  'POST /service-offer-search/synonyms': heads,
  'POST /service-offer-search/synonyms/removal': heads,
  'GET /catalogue-exports': heads,
  'POST /catalogue-imports': heads,
  'POST /hsds-imports': heads,

  // Diagnoses (art. 21) are drafted together and adopted by the director.
  'POST /diagnoses': planners,
  'POST /diagnoses/{id}/revision': planners,
  'POST /diagnoses/{id}/consultations': planners,
  'POST /diagnoses/{id}/withdrawal': planners,
  'POST /diagnoses/{id}/adoption': ['director'],

  // Community plans (art. 20, 30): the community organiser.
  'POST /community-plans': community,
  'POST /community-plans/{id}/revision': community,
  'POST /community-plans/{id}/adoption': community,
  'POST /community-plans/{id}/update': community,
  'POST /community-plans/{id}/closing': community,
  'POST /community-plans/{id}/withdrawal': community,

  // Reported needs: heard by whoever receives people, erased ahead of time by the director alone.
  'GET /need-reports': whoHears,
  'GET /need-reports/{id}': whoHears,
  'POST /need-reports/{id}/acknowledgement': whoHears,
  'POST /need-reports/{id}/forwarding': whoHears,
  'POST /need-reports/{id}/dismissal': whoHears,
  'POST /need-reports/{id}/erasure': ['director'],

  // Yearly reports (art. 18): the director approves.
  'POST /yearly-reports': heads,
  'POST /yearly-reports/{id}/generation': heads,
  'POST /yearly-reports/{id}/approval': ['director'],
};
