import { type EventContract, isSealed, serviceOf } from '@okienko/contracts/event';
import { events } from '@okienko/contracts/events';

/** Every event that a rule may be about: whatever the other services tell openly. */
export const heardEvents: readonly EventContract[] = events.filter(
  (contract) => serviceOf(contract.$id) !== 'notifications' && !isSealed(contract),
);
