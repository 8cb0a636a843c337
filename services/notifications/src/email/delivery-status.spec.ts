import fc from 'fast-check';
import { readDeliveryStatus } from './delivery-status';
import { bounceTo } from './bounce.sample';

const address = 'bounces+0197a000000070008000000000000030.0123456789abcdef0123@cus.example.pl';

describe('a report of a mail server', () => {
  it.each([
    ['failed', '5.1.1', 'FAILED', 'SMTP_5_1_1'],
    ['failed', '5.2.1', 'FAILED', 'SMTP_5_2_1'],
    ['failed', '4.4.7', 'DELAYED', 'SMTP_4_4_7'],
    ['delayed', '4.4.1', 'DELAYED', 'SMTP_4_4_1'],
    ['delivered', '2.0.0', 'IGNORED', 'UNKNOWN'],
  ])('that it %s with status %s means %s', async (action, status, outcome, code) => {
    const read = await readDeliveryStatus(bounceTo(address, action, status));
    expect(read).toEqual({ addressees: address, outcome, code });
  });

  it('is none where somebody is only absent, whatever the text says', async () => {
    const note = `To: ${address}\r\nSubject: Automatic reply\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n`;
    expect(await readDeliveryStatus(Buffer.from(note))).toEqual({
      addressees: address,
      outcome: 'IGNORED',
      code: 'UNKNOWN',
    });
  });

  it('never throws, whatever bytes come', async () => {
    const whole = bounceTo(address, 'failed', '5.1.1');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.uint8Array({ maxLength: 200 }), async (cut, noise) => {
        await readDeliveryStatus(Buffer.concat([whole.subarray(0, cut), noise, whole.subarray(cut)]));
      }),
      { numRuns: 200 },
    );
  });
});
