import { Injectable } from '@nestjs/common';
import { has, type Principal } from '@okienko/chassis/access';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { currentContext, traceIdOf } from '@okienko/messaging/context';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { pdfOf } from '@okienko/printing/pdf';
import { recordAccess } from '@okienko/privacy/access-log';
import { DataSource } from 'typeorm';
import { LetterReader, type ReadLetter } from '../hand-jobs/letter-reader.queries';
import { postalLines } from '../hand-jobs/letters-in-print';
import type { Recipient } from '../recipients/recipient';
import { digestOf, proofOf } from './proof';
import { factsOfMessage } from './proof-facts';
import { proofInPrint } from './proof-in-print';
import type { AddresseeOfProof, Proof, ProofFacts } from './proofs.dto';

const purpose = 'DELIVERY_PROOF';

@Injectable()
export class ProofQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly letters: LetterReader,
  ) {}

  /** All that is known of one message; what it says and where it went only for those who work with people. */
  get(messageId: string, reader: Principal): Promise<Proof> {
    return inTransaction(this.dataSource, async (transaction) => {
      const [facts] = await transaction.query<ProofFacts>(factsOfMessage, [messageId]);
      if (!facts) throw new NotFound('message');
      const read = await this.read(transaction, facts, reader);
      const contentSha256 = facts.contentSha256 ?? (read?.written ? digestOf(read.written) : null);
      return proofOf(
        { ...facts, contentSha256 },
        read?.letter ?? null,
        read?.recipient ? addresseeOf(read.recipient) : null,
      );
    });
  }

  async print(messageId: string, reader: Principal): Promise<Buffer> {
    const now = this.clock.now();
    return pdfOf(proofInPrint(await this.get(messageId, reader), now), now);
  }

  private async read(sql: Transaction, facts: ProofFacts, reader: Principal): Promise<ReadLetter | undefined> {
    const { messageId, personId } = facts;
    if (has(reader, 'desk', 'coordinator', 'services-organiser', 'director')) {
      const [letter] = await this.letters.read(sql, [messageId], reader, purpose);
      return letter;
    }
    await recordAccess(sql, {
      at: this.clock.now(),
      actor: reader.sub,
      role: reader.roles.join(','),
      act: 'READ',
      personId,
      fieldGroups: ['delivery'],
      purpose,
      traceId: traceIdOf(currentContext().traceparent),
    });
    return undefined;
  }
}

const addresseeOf = (recipient: Recipient): AddresseeOfProof => ({
  name: recipient.name,
  email: recipient.email ?? null,
  phone: recipient.phone ?? null,
  ade: recipient.ade ?? null,
  postalAddress: postalLines(recipient) ?? null,
});
