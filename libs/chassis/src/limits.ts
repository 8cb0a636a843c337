/** What a client may ask of a server at most, whatever the route: the table of docs/security/limits.md. */
export const limits = {
  bodyBytes: 1024 * 1024,
  headBytes: 16 * 1024,
  /** Of one placeholder in an address. */
  placeholder: 200,
  levels: 32,
  /** Of one list. Rules that compare each with each would else take seconds. */
  items: 10_000,
  headMilliseconds: 10_000,
  requestMilliseconds: 30_000,
  idleMilliseconds: 65_000,
  /** After so long a connection is let go with the next answer, so that replicas which came later get their share. */
  connectionMilliseconds: 10_000,
  /** How often it is looked for those that are too slow. */
  lookMilliseconds: 2_000,
  /** Of one replica. */
  connections: 2_000,
} as const;
