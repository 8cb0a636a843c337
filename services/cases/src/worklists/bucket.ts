/**
 * Where a running deadline stands in a worklist. LATE, whoever was to act: now the centre must. WAITING: others have to act, and still may.
 * LATER: its approach has not been told yet. Each running deadline is in exactly one.
 */
export const buckets = ['LATE', 'DUE_TODAY', 'APPROACHING', 'WAITING', 'LATER'] as const;
export type Bucket = (typeof buckets)[number];

/** For the SQL of the list and of its counts. */
export const inBucket = (bucket: Bucket, today: string): string =>
  ({
    LATE: `due_on < ${today}`,
    WAITING: `due_on >= ${today} and awaited <> 'CENTRE'`,
    DUE_TODAY: `due_on = ${today} and awaited = 'CENTRE'`,
    APPROACHING: `due_on > ${today} and awaited = 'CENTRE' and warn_on <= ${today}`,
    LATER: `due_on > ${today} and awaited = 'CENTRE' and warn_on > ${today}`,
  })[bucket];
