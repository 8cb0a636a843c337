import type { Principal } from '@okienko/chassis/access';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ProvidersConfig } from '../config';
import { type InvoiceData, invoiceData } from './invoice-data';
import { SettlementQueries } from './settlements.queries';

@Injectable()
export class InvoiceQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settlements: SettlementQueries,
    private readonly config: ProvidersConfig,
  ) {}

  async dataOf(id: string, caller: Principal): Promise<InvoiceData> {
    const settlement = await this.settlements.get(id, caller);
    const [parties] = await this.dataSource.query<{ sellerNip: string | null; agreementNumber: string | null }[]>(
      `select p.nip as "sellerNip", a.number as "agreementNumber" from agreement a left join provider p on p.id = $2 where a.id = $1`,
      [settlement.agreementId, settlement.providerId],
    );
    const { sellerNip = null, agreementNumber = null } = parties ?? {};
    const buyerNip = this.config.CENTRE_NIP;
    return invoiceData(settlement, { sellerNip, agreementNumber, buyerNip }, this.settlements.everyLine(id));
  }
}
