import fc from 'fast-check';
import { createHash } from 'node:crypto';
import type { GatewayReply } from './far-ends';
import { type Known, Sending } from './scenario';

jest.setTimeout(120_000);

describe('sending', () => {
  describe('by two replicas', () => {
    let sending: Sending;
    let replica: { stop(): Promise<void> };
    beforeAll(async () => {
      sending = await Sending.start({ SMS_PER_SECOND: '10' });
      replica = await sending.service.replica();
    }, 60_000);
    afterAll(async () => {
      await replica?.stop();
      await sending?.stop();
    });

    it('keeps the limit of a gateway together', async () => {
      // The bucket's own times: those of the far end shift with whatever stalls on the way.
      for (const statement of [
        'create table taken (at timestamptz)',
        `create function note_taken() returns trigger language plpgsql as
         'begin insert into taken select refilled_at from gateway where channel = new.channel; return null; end'`,
        `create trigger taken after update on message for each row when (new.attempts > old.attempts)
         execute function note_taken()`,
      ])
        await sending.service.sql(statement);
      const people = await Promise.all(Array.from({ length: 40 }, () => sending.person()));
      const ids = await Promise.all(people.map(({ personId }) => sending.queue(personId, ['SMS'])));
      await sending.service.eventually(async () => {
        for (const id of ids) expect((await sending.message(id)).state).toBe('SENT');
      }, 20_000);
      expect(sending.phones.posted).toHaveLength(40);
      const rows = await sending.service.sql<{ at: Date }>('select at from taken order by at');
      const times = rows.map(({ at }) => at.getTime());
      expect(times).toHaveLength(40);
      // The bucket holds a second's worth, so any second sees it and a second's worth more.
      for (const time of times) {
        const within = times.filter((one) => one >= time && one < time + 1_000).length;
        expect(within).toBeLessThanOrEqual(20);
      }
      expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(2_900);
    });

    it('sends each once, and again under the same reference when its record was lost', async () => {
      const { personId, phone } = await sending.person();
      const id = await sending.queue(personId, ['SMS']);
      await sending.settled(id, 'SENT');
      await sending.service.sql(
        `update message set state = 'QUEUED', settled_at = null, next_attempt_at = now() - interval '1 s' where id = $1`,
        [id],
      );
      await sending.settled(id, 'SENT');
      expect(sending.phones.to(phone).map(({ reference }) => reference)).toEqual([id, id]);
      expect(await sending.evidence(id)).toHaveLength(1);
    });
  });

  describe('through whatever gateways do', () => {
    let sending: Sending;
    beforeAll(async () => {
      sending = await Sending.start();
    }, 60_000);
    afterAll(() => sending?.stop());

    interface Fate {
      readonly channels: ('EMAIL' | 'SMS')[];
      readonly mail: number[];
      readonly sms: GatewayReply[];
    }
    const fates = fc.array(
      fc.record<Fate>({
        channels: fc.constantFrom<('EMAIL' | 'SMS')[]>(['EMAIL'], ['SMS'], ['EMAIL', 'SMS'], ['SMS', 'EMAIL']),
        mail: fc.array(fc.constantFrom(451, 452, 550, 554), { maxLength: 2 }),
        sms: fc.array(
          fc.constantFrom<GatewayReply>(
            { status: 422 },
            { status: 500 },
            { status: 200, after: 300 },
            { status: 0, breaks: true },
          ),
          { maxLength: 2 },
        ),
      }),
      { minLength: 6, maxLength: 10 },
    );

    /** What two attempts a channel come to. */
    const expected = ({ channels, mail, sms }: Fate): string => {
      for (const channel of channels) {
        const answers = channel === 'EMAIL' ? mail : sms.map(({ status }) => status);
        const [first = 250, second = 250] = answers;
        const passes = (code: number): boolean => code === 250 || code === 200;
        const isFinal = first === 422 || first === 550 || first === 554;
        if (passes(first) || (!isFinal && passes(second))) return `SENT ${channel}`;
      }
      return 'FAILED';
    };

    it('each message arrives once by the first way that works, or a task is opened', async () => {
      await fc.assert(
        fc.asyncProperty(fates, async (all) => {
          await sending.service.sql('update gateway set failures = 0, broken_since = null, rests_until = null');
          const people: Known[] = await Promise.all(all.map(() => sending.person()));
          const ids = await Promise.all(
            all.map(({ channels, mail, sms }, at) => {
              const { personId, email, phone } = people[at] as Known;
              sending.mail.answers.set(email, [...mail]);
              sending.phones.replies.set(phone, [...sms]);
              return sending.queue(personId, channels);
            }),
          );
          await sending.service.eventually(async () => {
            await sending.hurry();
            for (const id of ids) expect((await sending.message(id)).state).not.toBe('QUEUED');
          }, 40_000);
          for (const [at, fate] of all.entries()) {
            const { personId, email } = people[at] as Known;
            const id = ids[at] as string;
            const { state, channel } = await sending.message(id);
            expect(state === 'SENT' ? `SENT ${channel}` : state).toBe(expected(fate));
            expect(await sending.tasks(personId)).toHaveLength(state === 'SENT' ? 0 : 1);
            const handedOver = (await sending.attempts(id)).filter(({ outcome }) => outcome === 'HANDED_OVER');
            expect(handedOver).toHaveLength(state === 'SENT' ? 1 : 0);
            expect(sending.mail.to(email)).toHaveLength(state === 'SENT' && channel === 'EMAIL' ? 1 : 0);
          }
        }),
        { numRuns: 3 },
      );
    });

    it('what was said is destroyed when its time is over, and its hash stays for longer', async () => {
      const { personId } = await sending.person();
      const [old, older] = [await sending.queue(personId, ['EMAIL']), await sending.queue(personId, ['EMAIL'])];
      for (const id of [old, older]) await sending.settled(id, 'SENT');
      const age = (id: string, years: number) =>
        sending.service.sql(`update message set settled_at = now() - $2 * interval '1 year 1 day' where id = $1`, [
          id,
          years,
        ]);
      const { hash } = await sending.message(old);
      await age(old, 2);
      await age(older, 10);
      const replica = await sending.service.replica();
      try {
        await sending.service.eventually(async () =>
          expect(
            await sending.service.sql('select id from message where id = any($1) and content is not null', [
              [old, older],
            ]),
          ).toEqual([]),
        );
        await sending.service.eventually(async () => expect((await sending.message(older)).hash).toBeNull());
      } finally {
        await replica.stop();
      }
      expect((await sending.message(old)).hash).toBe(hash);
      const shown = { language: 'pl', subject: 'Masz wiadomość z CUS', text: 'Twój plan jest zatwierdzony.\n' };
      expect(createHash('sha256').update(JSON.stringify(shown)).digest('hex')).toBe(hash);
      const { body } = await sending.service.http('GET', `/messages/${old}`, { as: { roles: ['desk'] } });
      expect(body).toMatchObject({ letter: null, contentHash: hash, evidence: [{ kind: 'DISPATCHED' }] });
    });
  });
});
