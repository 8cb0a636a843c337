import type { InvoiceData, InvoiceLine } from './invoice-data';

export class InvoiceLineView implements InvoiceLine {
  /** NrWierszaFa. */
  no!: number;
  /** The service, which the seller names in its own words (P_7). */
  offerId!: string;
  /** Why it is charged. @example "PRICE" */
  rule!: string;
  /** P_8A. @example "HOUR" */
  unit!: string;
  /** P_8B. */
  quantity!: number;
  /** P_9B, tax included; where a part of the price is paid, that part, rounded. */
  unitPriceGrosze!: number;
  /** P_11A, tax included. It is the sum of lines that were rounded each, and counts where a product differs. */
  grosze!: number;
}

/** In the terms of FA(3). No invoice: rate or exemption of tax, number and date are the seller's. */
export class InvoiceDataView implements InvoiceData {
  /** Podmiot1. @example "5260250274" */
  sellerNip!: string;
  /** Podmiot2. @example "5260250274" */
  buyerNip!: string;
  agreementNumber!: string | null;
  /** P_6_Od. */
  from!: string;
  /** P_6_Do. */
  to!: string;
  /** KodWaluty. */
  currency!: 'PLN';
  lines!: InvoiceLineView[];
  /** P_15, the amount due. */
  grosze!: number;
}
