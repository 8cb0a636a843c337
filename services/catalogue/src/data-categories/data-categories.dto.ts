/** A category of personal data that a programme may list (art. 5(3)(9)). */
export class DataCategoryView {
  /** @example "HEALTH" */
  code!: string;
  /** In Polish. */
  name!: string;
  validFrom!: string;
  /** The last day on which a programme could list it. */
  validTo?: string;
  /** Special category by this article of the GDPR: 9, or 10 for convictions. */
  gdpr?: number;
  /** What is listed with it. */
  includes?: readonly string[];
}

export class DataCategoryList {
  items!: readonly DataCategoryView[];
}
