import { code, id, slug } from '../properties';

/** What every event of a message says of it: about whom and why, in which text, for whom it is, whether the law wants it, and by which way. */
export const aboutMessage = {
  causeId: id,
  personId: id,
  template: slug,
  audience: code,
  standing: code,
  channel: code,
} as const;
