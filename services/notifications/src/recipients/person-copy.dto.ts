export class HeldRowsView {
  /** What the rows are, by the name under which they are kept. */
  table!: string;
  /** As they are kept, but opened; null what only concerns somebody else. */
  rows!: object[];
}

export class ToldPartnerView {
  partnerId!: string;
  /** Events about the person's record that were delivered: ids, codes and days. */
  events!: number;
}

export class PersonCopyView {
  personId!: string;
  /** All records of the person that are known here. */
  records!: string[];
  madeAt!: string;
  held!: HeldRowsView[];
  partners!: ToldPartnerView[];
}
