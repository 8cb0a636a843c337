import { sealedIn } from '@okienko/privacy/sealed-places';

/** All that is sealed under the keys of people, and of subscriptions. */
export const sealedPlaces = [
  ...sealedIn('recipient', ['name', 'email', 'phone', 'details'], {
    key: { person_id: 'uuid' },
    rowId: 't.person_id::text',
  }),
  ...sealedIn('message', ['content']),
  ...sealedIn('subscription', ['sealed_credential'], { owner: 't.id' }),
];
