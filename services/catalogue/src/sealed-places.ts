import { sealedIn } from '@okienko/privacy/sealed-places';

/** All that is sealed; each need report has a key of its own. */
export const sealedPlaces = sealedIn('need_report', ['words'], { owner: 't.id' });
