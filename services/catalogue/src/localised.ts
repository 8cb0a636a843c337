/** A text by language tag (BCP 47). Polish is always there; `pl-x-etr` is easy-to-read Polish. */
export interface Localised {
  readonly pl: string;
  readonly 'pl-x-etr'?: string;
  readonly uk?: string;
  readonly en?: string;
}
