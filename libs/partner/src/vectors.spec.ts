import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotFromTheCentre, openWebhook } from './webhook';

const file = join(__dirname, '../../../../shared/conformance/standard-webhooks/vectors.json');
if (!existsSync(file)) process.stdout.write('The vectors of Standard Webhooks are not at hand; they are left out.\n');

interface Vector {
  readonly name: string;
  readonly id: string;
  readonly timestamp: number | string;
  readonly body: string;
  readonly now: number;
  readonly signature: string | null;
  readonly valid: boolean;
}

(existsSync(file) ? describe : describe.skip)('the vectors of Standard Webhooks', () => {
  afterEach(() => jest.useRealTimers());

  it('are told right from wrong', () => {
    const { secret, vectors } = JSON.parse(readFileSync(file, 'utf8')) as { secret: string; vectors: Vector[] };
    expect(vectors.length).toBeGreaterThanOrEqual(10);
    for (const { name, id, timestamp, body, now, signature, valid } of vectors) {
      jest.useFakeTimers({ now: now * 1000 });
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        ...(signature !== null && { 'webhook-signature': signature }),
      };
      const open = () => openWebhook(secret, headers, body).event;
      if (valid) expect([name, open()]).toEqual([name, JSON.parse(body)]);
      else expect(open).toThrow(NotFromTheCentre);
    }
  });
});
