import { createHash } from 'node:crypto';
import { type AgreementTerms, sharesOn } from './agreement-terms';
import type { Held } from './ceiling';
import { type Line, safe } from './settlement-line';
import { apportion } from './shares';

export interface OfferTotal {
  readonly offerId: string;
  readonly unit: string;
  /** Units that were delivered, less those taken back. */
  readonly quantity: number;
  readonly grosze: number;
}

/** What all lines come to. Offers and sources each add up to the whole. */
export interface Totals {
  readonly lines: number;
  readonly unpriced: number;
  readonly grosze: number;
  readonly offers: readonly OfferTotal[];
  readonly funding: readonly { readonly source: string; readonly grosze: number }[];
  /** What later months count with. */
  readonly held: readonly Held[];
  /** SHA-256 of the lines in their order. */
  readonly digest: string;
}

interface Edition {
  readonly shares: ReturnType<typeof sharesOn>;
  grosze: number;
}

/** Adds up lines as they come, so that a hundred thousand of them need no more room than one. */
export class Sums {
  private count = 0;
  private unpriced = 0;
  private readonly offers = new Map<string, { offerId: string; unit: string; quantity: number; grosze: number }>();
  private readonly cut = new Map<string, number>();
  private readonly editions = new Map<unknown, Edition>();
  private readonly hash = createHash('sha256');

  constructor(private readonly terms: AgreementTerms) {}

  add(line: Line): void {
    this.count += 1;
    const { rule, offerId, unit, quantity, grosze, outcome } = line;
    if (rule === 'NO_PRICE') this.unpriced += 1;
    if (rule === 'ABOVE_CEILING' || rule === 'CEILING_RAISED')
      this.cut.set(offerId, (this.cut.get(offerId) ?? 0) + grosze);
    const key = `${offerId} ${unit}`;
    const offer = this.offers.get(key) ?? { offerId, unit, quantity: 0, grosze: 0 };
    if (outcome === 'DELIVERED') offer.quantity = safe(offer.quantity + quantity);
    offer.grosze = safe(offer.grosze + grosze);
    this.offers.set(key, offer);
    const shares = sharesOn(this.terms, line.day);
    const edition = this.editions.get(shares) ?? { shares, grosze: 0 };
    edition.grosze = safe(edition.grosze + grosze);
    this.editions.set(shares, edition);
    this.hash.update(`${canonical(line)}\n`);
  }

  /** What is due of each offer so far. */
  get held(): Held[] {
    const paid = new Map<string, number>();
    for (const { offerId, grosze } of this.sorted()) paid.set(offerId, safe((paid.get(offerId) ?? 0) + grosze));
    return [...paid].map(([offerId, grosze]) => {
      const cut = this.cut.get(offerId) ?? 0;
      return { offerId, due: grosze - cut, cut };
    });
  }

  totals(): Totals {
    const offers = this.sorted();
    return {
      lines: this.count,
      unpriced: this.unpriced,
      grosze: safe(offers.reduce((sum, { grosze }) => sum + grosze, 0)),
      offers,
      funding: this.funding(),
      held: this.held,
      digest: this.hash.copy().digest('hex'),
    };
  }

  /** Each edition of the shares bears what falls on its days, to the grosz. */
  private funding(): Totals['funding'] {
    const parts = new Map<string, number>();
    for (const { shares, grosze } of this.editions.values()) {
      const cut = apportion(
        grosze,
        shares.map(({ permille }) => permille),
      );
      shares.forEach(({ source }, at) => parts.set(source, (parts.get(source) ?? 0) + (cut[at] ?? 0)));
    }
    return [...parts].map(([source, grosze]) => ({ source, grosze })).sort((a, b) => (a.source < b.source ? -1 : 1));
  }

  private sorted(): OfferTotal[] {
    return [...this.offers].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, offer]) => ({ ...offer }));
  }
}

/** A line as text: whoever has the same lines, from wherever, gets the same digest. */
export const canonical = (line: Line): string =>
  [
    line.rule,
    line.day,
    line.offerId,
    line.unit,
    line.quantity,
    line.priceGrosze,
    line.part,
    line.whole,
    line.grosze,
    line.deliveryId ?? '',
    line.outcome ?? '',
    line.corrects ?? '',
    line.category ?? '',
  ].join('|');
