import type { Service } from '@okienko/contracts/event';

/** Kinds of things that belong to one unit, provider or partner, by the first word of their paths. To others they look as if there were none. */
export const owned = {
  cases: [
    'persons',
    'applications',
    'waiting-lists',
    'plans',
    'allocations',
    'decisions',
    'needs-recognitions',
    'fees',
    'documents',
    'files',
    'households',
    'representations',
    'project-participations',
    'external-cases',
    'past-matters',
  ],
  providers: [
    'providers',
    'places',
    'staff-members',
    'performers',
    'service-orders',
    'deliveries',
    'settlements',
    'agreements',
  ],
  notifications: ['subscriptions', 'grants', 'deliveries', 'nats-feeds'],
  catalogue: [],
} as const satisfies Record<Service, readonly string[]>;
