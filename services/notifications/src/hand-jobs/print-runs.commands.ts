import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { handTermsOn } from './delivery-terms';
import { HandEvidence } from './hand-evidence.commands';
import { HandJob } from './hand-job';
import { LetterNotInRun, NothingToPrint } from './hand-job-errors';
import { wasDone, wasGivenBack, wasReturned, wasTaken } from './hand-job-events';
import type { ConfirmPrintRun } from './hand-jobs.dto';
import { isReachedBy } from './hand-ways';
import { LetterReader } from './letter-reader.queries';
import { isOpen, isSilenced } from './open-message';
import { PrintRun } from './print-run';

const hour = 60 * 60 * 1000;

@Injectable()
export class PrintRunCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly evidence: HandEvidence,
    private readonly letters: LetterReader,
  ) {}

  /** Takes the letters that have waited longest; of several clerks each takes others. */
  begin(most: number | undefined, { sub }: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const now = this.clock.now();
      const { mostInRun, leaseHours } = handTermsOn(dayOf(now));
      const waiting = await work.query<{ id: string }>(longestWaiting, [Math.min(most ?? mostInRun, mostInRun)]);
      if (waiting.length === 0) throw new NothingToPrint();
      const leaseUntil = new Date(now.getTime() + leaseHours * hour);
      const letters = await this.addressable(work, waiting);
      const run = PrintRun.begin(uuidv7(), sub, letters.length, now, leaseUntil);
      await work.save(run, run.begun());
      for (const letter of letters) {
        letter.take(sub, leaseUntil, run.id);
        await work.save(letter, wasTaken(letter, sub));
      }
      return { id: run.id, version: run.version };
    });
  }

  /** All letters of the run were posted on that day, but those named. */
  confirm(id: string, expectedVersion: number, command: ConfirmPrintRun, { sub }: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const { postedOn, registered = [], notPosted = [] } = command;
      const run = await work.load(PrintRun, id, expectedVersion);
      run.assertOpenFor(sub);
      const letters = await lettersOf(work, id);
      const ids = new Set(letters.map((letter) => letter.id));
      const stranger = [...registered.map(({ jobId }) => jobId), ...notPosted].find((jobId) => !ids.has(jobId));
      if (stranger !== undefined) throw new LetterNotInRun(stranger);
      const numbers = new Map(registered.map(({ jobId, number }) => [jobId, number]));
      const posted = letters.filter((letter) => !notPosted.includes(letter.id));
      for (const letter of posted) await this.post(work, letter, postedOn, sub, numbers.get(letter.id));
      for (const letter of letters.filter((one) => !posted.includes(one))) await giveBack(work, letter);
      await work.save(run, run.confirm(posted.length, postedOn));
      return { id, version: run.version };
    });
  }

  /** Nobody confirmed it in time: its letters wait again. */
  lapse(id: string): Promise<void> {
    return this.work.run(async (work) => {
      const run = await work.load(PrintRun, id);
      const lapsed = run.lapse(this.clock.now());
      if (!lapsed) return;
      for (const letter of await lettersOf(work, id)) await giveBack(work, letter);
      await work.save(run, lapsed);
    });
  }

  private async post(work: Work, letter: HandJob, on: Day, by: string, number: string | undefined): Promise<void> {
    letter.dispatch({ on, ...(number !== undefined && { evidenceNo: number }) }, by, dayOf(this.clock.now()));
    await work.save(letter, wasDone(letter, on));
    await this.evidence.sent(work, letter, on, by, number);
  }

  /** Those that still have an address. The others go on by their next way at once. */
  private async addressable(work: Work, waiting: readonly { readonly id: string }[]): Promise<HandJob[]> {
    const letters: HandJob[] = [];
    for (const { id } of waiting) {
      const letter = await work.load(HandJob, id);
      const recipient = await this.letters.recipientOf(work, letter.messageId);
      if (recipient && isReachedBy('LETTER', recipient)) letters.push(letter);
      else await this.turnBack(work, letter);
    }
    return letters;
  }

  private async turnBack(work: Work, letter: HandJob): Promise<void> {
    const [today, reason] = [dayOf(this.clock.now()), 'NO_ADDRESS'];
    letter.turnBack(reason);
    await work.save(letter, wasReturned(letter, today, reason));
    await this.evidence.failed(work, letter, today, reason);
  }
}

async function giveBack(work: Work, letter: HandJob): Promise<void> {
  letter.giveBack();
  await work.save(letter, wasGivenBack(letter));
}

/** Those that are still in it, in the order in which they are printed. */
async function lettersOf(work: Work, runId: string): Promise<HandJob[]> {
  const rows = await work.query<{ id: string }>(
    `select id from hand_job where print_run_id = $1 and state = 'TAKEN' order by id for update`,
    [runId],
  );
  return Promise.all(rows.map(({ id }) => work.load(HandJob, id)));
}

const longestWaiting = `
  select j.id from hand_job j join message m on m.id = j.message_id
  where j.channel = 'LETTER' and j.state = 'WAITING' and ${isOpen} and not ${isSilenced}
  order by j.id limit $1 for update of j skip locked`;
