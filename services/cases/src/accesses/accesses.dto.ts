export class AccessView {
  at!: string;
  /** Roles in which they looked; the account itself is shown to the auditor alone. */
  role!: string;
  account?: string;
  act!: 'READ' | 'WRITE' | 'SEARCH' | 'EXPORT';
  /** Kinds of data, never the data. */
  fieldGroups!: string[];
  /** What for, as was said then. */
  purpose!: string;
  caseRef!: string | null;
}

export class PersonAccesses {
  /** The latest first. */
  items!: AccessView[];
  next?: string;
}
