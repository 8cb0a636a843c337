export class HeldRowsView {
  /** What the rows are, by the name under which they are kept. */
  table!: string;
  /** As they are kept, but opened; null what only concerns somebody else. */
  rows!: object[];
}

export class PersonEventView {
  type!: string;
  at!: string;
  /** Codes, days and amounts; never what was corrected. */
  data!: object;
}

export class PersonCopyView {
  personId!: string;
  /** All records of the person, with those that were merged. */
  records!: string[];
  madeAt!: string;
  held!: HeldRowsView[];
  /** What happened to the record, with its corrections, in order. */
  history!: PersonEventView[];
  /** Ids of the providers that were given a referral. */
  providers!: string[];
}
