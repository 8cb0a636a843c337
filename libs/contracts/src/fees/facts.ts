import type { Facts } from '../criteria/facts';

/** What is known of somebody whose fee is asked for. What is absent is not known, and is not guessed. */
export interface FeeFacts extends Facts {
  /** Monthly income per person of the household, in grosze. */
  readonly incomePerPersonGrosze?: number;
  /** Reliefs that the centre has granted at its discretion, each for its reason. */
  readonly reliefsGranted?: readonly { readonly code: string; readonly reason: string }[];
}
