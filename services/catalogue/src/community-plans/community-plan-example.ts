import type { CommunityPlanContent, SupportingActivity } from './community-plan-content';

export const exampleActivity = (changes: Partial<SupportingActivity> = {}): SupportingActivity => ({
  activityCode: 'zakupy-dla-sasiada',
  kind: 'NEIGHBOUR_HELP',
  name: { pl: 'Zakupy dla sąsiada' },
  description: { pl: 'Sąsiedzi robią zakupy osobom, które nie wychodzą z domu' },
  terc: '2861011',
  areas: ['pomoc-spoleczna'],
  ...changes,
});

/** A small plan of one gmina for specs, as complete as art. 20 wants it. */
export const exampleCommunityPlan = (changes: Partial<CommunityPlanContent> = {}): CommunityPlanContent => ({
  title: { pl: 'Plan organizowania społeczności lokalnej' },
  gminas: ['2861011'],
  from: '2026-01-01',
  to: '2026-12-31',
  goals: [{ pl: 'Nikt nie zostaje sam' }],
  activities: [exampleActivity()],
  ...changes,
});
