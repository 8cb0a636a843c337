import { createServer } from 'node:http';
import { listen } from './listen';
import { fixedPort, freePort } from './ports';

describe('ports', () => {
  it('that are taken are named with the variable that moves them', async () => {
    const port = await freePort();
    const stop = await listen(createServer(), port);
    const env = { OKIENKO_NATS_PORT: String(port) };
    await expect(fixedPort('nats', env)).rejects.toThrow(new RegExp(`Port ${port} .* OKIENKO_NATS_PORT`));
    await stop();
    expect(await fixedPort('nats', env)).toBe(port);
  });

  it.each(['', '0', '70000', 'http'])('cannot be %j', async (value) => {
    await expect(fixedPort('page', { OKIENKO_PAGE_PORT: value })).rejects.toThrow('OKIENKO_PAGE_PORT');
  });
});
