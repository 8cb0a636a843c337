import { DomainError } from '@okienko/contracts/domain-error';
import { type Day } from '@okienko/contracts/calendar';
import { lastDayOf } from './month';
import type { SettlementLineView, SettlementView } from './settlements.dto';

export class NipMissing extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'nip-missing';
  constructor(whose: string) {
    super(`An e-invoice names the NIP of both parties, and that of the ${whose} is not known here. Record it first.`);
  }
}

export interface InvoiceLine {
  readonly no: number;
  readonly offerId: string;
  readonly rule: string;
  readonly unit: string;
  readonly quantity: number;
  readonly unitPriceGrosze: number;
  readonly grosze: number;
}

/**
 * What a provider's accounts need to issue the invoice, in the terms of the structured invoice FA(3): NIP of Podmiot1 and Podmiot2, P_6_Od, P_6_Do,
 * KodWaluty, for each FaWiersz NrWierszaFa, P_8A, P_8B, P_9B and P_11A, and P_15. It is no invoice and not valid by that schema: rate and
 * exemption of the tax, number and date are the seller's, whose programme adds them and sends it to KSeF.
 */
export interface InvoiceData {
  readonly sellerNip: string;
  readonly buyerNip: string;
  readonly agreementNumber: string | null;
  readonly from: Day;
  readonly to: Day;
  readonly currency: 'PLN';
  readonly lines: readonly InvoiceLine[];
  readonly grosze: number;
}

type Parties = Pick<InvoiceData, 'agreementNumber'> & {
  readonly sellerNip: string | null;
  readonly buyerNip: string | undefined;
};

/** Lines of one service, reason and price as one; what costs nothing is left out. */
export async function invoiceData(
  { month, grosze }: SettlementView,
  { sellerNip, buyerNip, agreementNumber }: Parties,
  pages: AsyncIterable<readonly SettlementLineView[]>,
): Promise<InvoiceData> {
  if (sellerNip === null) throw new NipMissing('provider');
  if (buyerNip === undefined) throw new NipMissing('centre');
  const groups = new Map<string, { -readonly [Key in keyof InvoiceLine]: InvoiceLine[Key] }>();
  for await (const lines of pages)
    for (const line of lines) {
      if (line.grosze === 0) continue;
      const { offerId, rule, unit, quantity, priceGrosze, part, whole } = line;
      const key = [offerId, rule, unit, priceGrosze, part, whole].join(' ');
      const group = groups.get(key) ?? {
        no: groups.size + 1,
        offerId,
        rule,
        unit,
        quantity: 0,
        unitPriceGrosze: 0,
        grosze: 0,
      };
      group.quantity += quantity;
      group.grosze += line.grosze;
      group.unitPriceGrosze = part === whole ? priceGrosze : Math.round((priceGrosze * part) / whole);
      groups.set(key, group);
    }
  const from = `${month}-01`;
  const lines = [...groups.values()];
  return { sellerNip, buyerNip, agreementNumber, from, to: lastDayOf(from), currency: 'PLN', lines, grosze };
}
