import { Controller } from '@nestjs/common';
import type { CloudEvent } from '@okienko/contracts/event';
import { type SettlementApprovedV1, settlementApprovedV1 } from '@okienko/contracts/providers/settlement-approved.v1';
import { On } from '@okienko/messaging/on';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';

/** What services have cost, as far as providers were paid for them: for reports alone. A settlement is approved once. */
@Controller()
export class SettlementConsumer {
  constructor(private readonly work: UnitOfWork) {}

  @On(settlementApprovedV1)
  approved({ subject, sequence, time, data }: CloudEvent<SettlementApprovedV1>): Promise<void> {
    return this.work.run(({ send }) => {
      send(
        `insert into settlement_copy (settlement_id, offer_id, unit, month, quantity, grosze, sequence, as_of)
         select $1, "offerId", unit, $2, quantity, grosze, $3, $4
         from jsonb_to_recordset($5::jsonb) as ("offerId" uuid, unit text, quantity bigint, grosze bigint)
         on conflict do nothing`,
        [subject, data.month, Number(sequence), time, JSON.stringify(data.offers)],
      );
    });
  }
}
