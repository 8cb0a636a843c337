import { sealedIn } from '@okienko/privacy/sealed-places';

/** All that is sealed; performers, staff and complaints each have a key of their own. */
export const sealedPlaces = [
  ...sealedIn('performer', ['name'], { owner: 't.id' }),
  ...sealedIn('performer_proof', ['document'], { owner: 't.performer_id' }),
  ...sealedIn('provider_staff', ['name'], { owner: 't.id' }),
  ...sealedIn('complaint', ['words', 'position_words', 'answer'], { owner: 't.id' }),
];
