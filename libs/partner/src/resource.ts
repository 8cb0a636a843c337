import { type CloudEvent, nameOf } from '@okienko/contracts/event';

/** What partners may read besides events: the catalogue, which is open to all. */
const paths: Readonly<Record<string, string>> = {
  'catalogue.programme': 'programmes',
  'catalogue.service-offer': 'service-offers',
  'catalogue.diagnosis': 'diagnoses',
  'catalogue.community-plan': 'community-plans',
  'catalogue.yearly-report': 'yearly-reports',
};

/**
 * Where what the event is about stands as it is now: a path below the address of the catalogue service. Undefined where a partner may read
 * nothing but the event. (Not the extension `dataref` of CloudEvents, behind which stands the very same as in `data`.)
 */
export function resourceOf({ type, subject }: CloudEvent): string | undefined {
  const [service, aggregate] = nameOf(type)?.split('.') ?? [];
  const path = paths[`${service}.${aggregate}`];
  return path && `/${path}/${subject}`;
}
