import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parsePidFile } from './pid-files';
import { parsePostmasterPid } from './postgres';
import { identityOf, isAlive, startTimeIn, stopProcess } from './processes';

const stat = (command: string, state: string) =>
  `4711 (${command}) ${state} 1 4711 4711 0 -1 4194304 1 0 0 0 5 3 0 0 20 0 1 0 987654 1 2`;

describe('a process', () => {
  it('is told by its start time, whatever its name', () => {
    expect(startTimeIn(stat('node', 'S'))).toBe('987654');
    expect(startTimeIn(stat('a) S (b', 'R'))).toBe('987654');
  });

  it('is gone once it is a zombie', () => {
    expect(startTimeIn(stat('node', 'Z'))).toBeUndefined();
  });

  it('is left alone when its pid belongs to another by now', async () => {
    const stranger = spawn('sleep', ['60'], { detached: true });
    const pid = stranger.pid ?? 0;
    const ours = identityOf(pid);
    expect(ours).toBeDefined();
    expect(await stopProcess({ pid, startTime: 'long ago' }, { grace: 0 })).toBe(false);
    expect(isAlive({ pid, startTime: ours?.startTime ?? '' })).toBe(true);

    const ended = once(stranger, 'exit');
    expect(await stopProcess({ pid, startTime: ours?.startTime ?? '' })).toBe(true);
    await ended;
  });

  it('that ignores the signal is killed after the grace', async () => {
    const stubborn = spawn('sh', ['-c', 'trap "" TERM; echo ready; while :; do sleep 0.05; done'], { detached: true });
    await once(stubborn.stdout, 'data');
    const ended = once(stubborn, 'exit');
    const identity = identityOf(stubborn.pid ?? 0);
    expect(identity && (await stopProcess(identity, { grace: 200 }))).toBe(true);
    expect(await ended).toEqual([null, 'SIGKILL']);
  });
});

describe('a pid file', () => {
  it('is read back', () => {
    const content = { pid: 42, startTime: '7', command: 'nats-server', stopSignal: 'SIGTERM' };
    expect(parsePidFile(JSON.stringify(content))).toEqual(content);
  });

  it.each(['', '{', '{}', 'null', '{"pid":1,"startTime":"7"}', '{"pid":-5,"startTime":"7"}', '{"pid":42}'])(
    'of %j is no pid file',
    (text) => {
      expect(parsePidFile(text)).toBeUndefined();
    },
  );

  it('of PostgreSQL has the pid on its first line', () => {
    expect(parsePostmasterPid('10077\n/data\n1795304000\n15432\n')).toBe(10077);
    expect(parsePostmasterPid('-10077\n/data\n')).toBe(10077);
    expect(parsePostmasterPid('')).toBeUndefined();
  });
});
