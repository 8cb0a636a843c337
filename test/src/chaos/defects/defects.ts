import { acksBeforeTheCommit, parksTheLetterAlone, withoutInbox, withoutPositions } from './consumer-defects';
import type { Defect } from './defect';
import { dispatchWithoutOrder } from './dispatch-defect';
import { marksBeforeTheAck, naiveCursor, resendsOnlyTheFailed, trustsSequenceZero } from './relay-defects';
import { outboxOutside } from './writer-defect';

export const defects: readonly Defect[] = [
  marksBeforeTheAck,
  trustsSequenceZero,
  naiveCursor,
  resendsOnlyTheFailed,
  withoutInbox,
  acksBeforeTheCommit,
  withoutPositions,
  parksTheLetterAlone,
  dispatchWithoutOrder,
  outboxOutside,
];
