import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { inTransaction } from '@okienko/messaging/transaction';
import { lettersOf, type PrintedLetter } from '@okienko/printing/letter';
import type { Sql } from '@okienko/privacy/sql';
import { DataSource } from 'typeorm';
import { NotificationsConfig } from '../config';
import { HandJob } from './hand-job';
import { ContentGone } from './hand-job-errors';
import type { AddresseeView, HandJobView, HandJobWithAddressee, ListHandJobs, PrintRunView } from './hand-jobs.dto';
import type { Recipient } from '../recipients/recipient';
import { LetterReader, type ReadLetter } from './letter-reader.queries';
import { inPrint, postalLines } from './letters-in-print';
import { PrintRun } from './print-run';

const columns = `id, version, message_id as "messageId", person_id as "personId", channel, state,
  is_proof_needed as "isProofNeeded", put_at as "putAt", due_on::text as "dueOn", taken_by as "takenBy",
  lease_until as "leaseUntil", print_run_id as "printRunId", dispatched_on::text as "dispatchedOn",
  evidence_no as "evidenceNo", notice_left_on::text as "noticeLeftOn", fiction_on::text as "fictionOn",
  received_on::text as "receivedOn", receipt_basis as "receiptBasis", reason_code as "reasonCode"`;

@Injectable()
export class HandJobQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly work: UnitOfWork,
    private readonly letters: LetterReader,
    private readonly config: NotificationsConfig,
  ) {}

  /** What has waited longest first; whom it is for only by id. */
  async list({ channel, state, personId, limit = defaultLimit, after }: ListHandJobs): Promise<Page<HandJobView>> {
    const rows = await this.dataSource.query<HandJobView[]>(
      `select ${columns} from hand_job
       where ($1::text is null or channel = $1) and ($2::text is null or state = $2)
         and ($3::uuid is null or person_id = $3) and ($4::uuid is null or id > $4)
       order by id limit $5`,
      [channel ?? null, state ?? null, personId ?? null, cursorId(after) ?? null, limit + 1],
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** With whom it is for; whoever reads it leaves a trace. */
  get(id: string, reader: Principal): Promise<HandJobWithAddressee> {
    return inTransaction(this.dataSource, async (transaction) => {
      const [job] = await transaction.query<HandJobView>(`select ${columns} from hand_job where id = $1`, [id]);
      if (!job) throw new NotFound('hand job');
      const recipient = await this.letters.showRecipient(transaction, job.messageId, reader, 'HAND_DELIVERY');
      return { ...job, addressee: recipient ? addresseeView(recipient) : null };
    });
  }

  async run(id: string): Promise<PrintRunView> {
    const [run] = await this.dataSource.query<Omit<PrintRunView, 'letters'>[]>(
      `select id, version, state, taken_by as "takenBy", taken_at as "takenAt", lease_until as "leaseUntil",
         posted_on::text as "postedOn" from print_run where id = $1`,
      [id],
    );
    if (!run) throw new NotFound('print run');
    const letters = await this.dataSource.query<HandJobView[]>(
      `select ${columns} from hand_job where print_run_id = $1 order by id`,
      [id],
    );
    return { ...run, letters };
  }

  /** On paper, for whoever is about to pass it on. */
  async content(id: string, reader: Principal): Promise<Buffer> {
    const { channel, read } = await this.work.run(async (work) => {
      const job = await work.load(HandJob, id);
      job.assertReadableBy(reader.sub);
      return { channel: job.channel, read: await this.letters.read(work, [job.messageId], reader, 'HAND_DELIVERY') };
    });
    return this.print(read, (one) => inPrint(one, channel, this.config.CENTRE_NAME));
  }

  /** All letters of the run, as they are printed one after the other. */
  async runContent(id: string, reader: Principal): Promise<Buffer> {
    const read = await this.work.run(async (work) => {
      (await work.load(PrintRun, id)).assertOpenFor(reader.sub);
      return this.letters.read(work, await messagesOf(work, id), reader, 'LETTER_PRINTING');
    });
    return this.print(read, (one) => inPrint(one, 'LETTER', this.config.CENTRE_NAME));
  }

  private print(read: readonly ReadLetter[], toPrint: (one: ReadLetter) => PrintedLetter | undefined): Promise<Buffer> {
    const [first, ...more] = read.flatMap((one) => toPrint(one) ?? []);
    const [oldest] = read;
    if (!first || !oldest) throw new ContentGone();
    return lettersOf(more.length > 0 ? this.config.CENTRE_NAME : first.title, [first, ...more], oldest.queuedAt);
  }
}

async function messagesOf(sql: Work | Sql, runId: string): Promise<string[]> {
  const rows = await sql.query<{ messageId: string }>(
    `select message_id as "messageId" from hand_job where print_run_id = $1 and state = 'TAKEN' order by id`,
    [runId],
  );
  return rows.map(({ messageId }) => messageId);
}

const addresseeView = (recipient: Recipient): AddresseeView => ({
  name: recipient.name,
  postalAddress: postalLines(recipient) ?? null,
  ade: recipient.ade ?? null,
});
