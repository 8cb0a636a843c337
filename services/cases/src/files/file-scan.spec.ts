import { randomBytes } from 'node:crypto';
import { FakeClamd } from './fake-clamd';
import { ClamdScan, NoScan } from './file-scan';

let clamd: FakeClamd;
beforeAll(async () => (clamd = await FakeClamd.start()));
afterAll(() => clamd.stop());
afterEach(() => (clamd.answer = undefined));
const scan = (content: Buffer) => new ClamdScan('127.0.0.1', clamd.port).verdictOn(content);

describe('clamd', () => {
  it('is given the whole file in chunks, and says what it found', async () => {
    const content = randomBytes(300_000);
    expect(await scan(content)).toBe('CLEAN');
    expect(clamd.seen.at(-1)?.equals(content)).toBe(true);
    expect(await scan(Buffer.from('a virus'))).toBe('INFECTED');
  });

  it.each(['INSTREAM size limit exceeded. ERROR', '', 'stream: OK or so'])(
    'that answers "%s" has not told',
    async (answer) => {
      clamd.answer = () => answer;
      await expect(scan(Buffer.from('a'))).rejects.toThrow('clamd answered');
    },
  );

  it('that is not there has not told either', async () => {
    const gone = await FakeClamd.start();
    const { port } = gone;
    await gone.stop();
    await expect(new ClamdScan('127.0.0.1', port).verdictOn(Buffer.from('a'))).rejects.toThrow('ECONNREFUSED');
  });
});

it('without a scanner files say so', async () => expect(await new NoScan().verdictOn()).toBe('UNSCANNED'));
