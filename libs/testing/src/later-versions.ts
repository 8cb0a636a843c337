import type { EventContract } from '@okienko/contracts/event';

/** A second version of `providers.provider.registered`, as a change that breaks readers makes it: `kind` has become a list. */
export const registeredV2 = {
  $id: 'providers.provider.registered.v2',
  title: 'A provider was registered',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['kinds'],
  properties: { kinds: { type: 'array', items: { type: 'string' } } },
  examples: [{ kinds: ['NGO'] }],
} as unknown as EventContract;

/** A third, that the services under test are too old to know. */
export const registeredV3 = { ...registeredV2, $id: 'providers.provider.registered.v3' } as unknown as EventContract;
