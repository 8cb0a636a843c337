import { Steps } from './steps';

function screen(isTTY: boolean) {
  const written: string[] = [];
  return {
    isTTY,
    write: (text: string) => written.push(text),
    text: () => written.join('').replaceAll(/\d+\.\d s/g, '# s'),
  };
}

const failing = async () => {
  throw new Error('no');
};

describe('steps', () => {
  it('are whole lines in a log', async () => {
    const log = screen(false);
    const steps = new Steps(log);
    await steps.step('Starting NATS', async () => steps.say('fetching'));
    await expect(steps.step('Starting PostgreSQL', failing)).rejects.toThrow('no');
    expect(log.text()).toBe('fetching\n▸ Starting NATS … # s\n▸ Starting PostgreSQL … failed after # s\n');
  });

  it('appear in a terminal before they are done, and sentences do not tear them', async () => {
    const terminal = screen(true);
    const steps = new Steps(terminal);
    await steps.step('Quiet', async () => {});
    await steps.step('Loud', async () => steps.say('a sentence'));
    expect(terminal.text()).toBe('▸ Quiet … # s\n▸ Loud … \na sentence\n▸ Loud … # s\n');
  });
});
