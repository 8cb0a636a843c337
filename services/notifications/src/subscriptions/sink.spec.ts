import { isPublicAddress } from './public-address';
import { allowedSinks, assertSink, SinkRefused } from './sink';

const nothingAllowed = allowedSinks('');
const publicly = () => Promise.resolve(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946']);
const check = (sink: string, resolve: () => Promise<string[]> = publicly, allowed = nothingAllowed) =>
  assertSink(sink, allowed, resolve);

describe('a public address', () => {
  it.each([
    '8.8.8.8',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '192.167.1.1',
    '2606:4700::1111',
    '2a01:4f8::1',
  ])('may be %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '100.100.100.200',
    '169.254.169.254',
    '192.0.0.192',
    '198.18.0.1',
    '203.0.113.7',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '2001:db8::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'localhost',
    '',
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('a sink', () => {
  it.each([
    'https://hooks.powiat.example/okienko',
    'https://93.184.216.34/in',
    'https://hooks.powiat.example:8443/a?b=c',
  ])('may be %s', async (sink) => {
    await expect(check(sink)).resolves.toBeUndefined();
  });

  it.each([
    'http://hooks.powiat.example/in',
    'https://127.0.0.1/in',
    'https://127.1/in',
    'https://2130706433/in',
    'https://0177.0.0.1/in',
    'https://0x7f000001/in',
    'https://0/in',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/in',
    'https://[::ffff:127.0.0.1]/in',
    'https://[::ffff:7f00:1]/in',
    'https://[64:ff9b::7f00:1]/in',
    'https://[fd00:ec2::254]/in',
    'https://①②⑦.0.0.1/in',
    'https://user:password@hooks.powiat.example/in',
    'https://hooks.powiat.example/in#fragment',
    'ftp://hooks.powiat.example/in',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'hooks.powiat.example',
    '',
  ])('is not %s', async (sink) => {
    await expect(check(sink)).rejects.toThrow(SinkRefused);
  });

  it.each([['127.0.0.1'], ['93.184.216.34', '10.0.0.1'], ['fd00::1'], []])(
    'is refused when its name leads to %j',
    async (...addresses) => {
      await expect(check('https://hooks.powiat.example/in', () => Promise.resolve(addresses))).rejects.toThrow(
        SinkRefused,
      );
    },
  );

  it('is refused when its name cannot be resolved', async () => {
    await expect(
      check('https://hooks.powiat.example/in', () => Promise.reject(new Error('ENOTFOUND'))),
    ).rejects.toThrow(SinkRefused);
  });

  it('on the own network is allowed by host and port, and by nothing less', async () => {
    const allowed = allowedSinks('127.0.0.1:9000, partner.lan:443');
    await expect(check('http://127.0.0.1:9000/in', publicly, allowed)).resolves.toBeUndefined();
    await expect(check('https://partner.lan/in', publicly, allowed)).resolves.toBeUndefined();
    await expect(check('http://127.0.0.1:9001/in', publicly, allowed)).rejects.toThrow(SinkRefused);
    await expect(check('http://u@127.0.0.1:9000/in', publicly, allowed)).rejects.toThrow(SinkRefused);
  });
});
