import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { Public } from '@okienko/chassis/access';
import { ServiceConfig } from '@okienko/chassis/config';
import { Acts } from '@okienko/chassis/http';
import { limits } from '@okienko/chassis/limits';
import { PageQuery } from '@okienko/chassis/page';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { messagingTables } from '@okienko/messaging/tables';
import { IsArray, IsOptional } from 'class-validator';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type ServiceUnderTest, startForTest } from './service-test';

class Anything {
  @IsOptional() any?: unknown;
  @IsOptional() @IsArray() list?: unknown[];
}

@Controller('limits')
@Public()
class LimitsController {
  @Post() @Acts() take(@Body() _: Anything): object {
    return {};
  }
  @Get() list(@Query() _: PageQuery): object {
    return { items: [] };
  }
  @Get(':name') get(@Param('name') name: string): object {
    return { length: name.length };
  }
}

@Module({ controllers: [LimitsController] })
class LimitsModule {}

class Create1764748800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of messagingTables()) await runner.query(sql);
  }
  async down(): Promise<void> {}
}

const definition: ServiceDefinition = {
  name: 'providers',
  module: LimitsModule,
  config: ServiceConfig,
  mappings: [],
  migrations: [Create1764748800000],
};

describe('what a client may ask at most', () => {
  let service: ServiceUnderTest;
  /** Begun first, as it takes as long as the limit says. */
  let slow: Promise<string>;
  let busy: Promise<string>;
  beforeAll(async () => {
    service = await startForTest(definition);
    slow = raw('GET /limits HTTP/1.1\r\nHost: here\r\nX-Slow: ');
    busy = raw(request, 500);
  }, 60_000);
  afterAll(() => service.stop());

  const request = 'GET /limits HTTP/1.1\r\nHost: here\r\n\r\n';

  /** What the server says to bytes, which may be repeated every so many milliseconds, until it closes the connection. */
  function raw(sent: string, every?: number): Promise<string> {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1', () => socket.write(sent));
    const repeating = every === undefined ? undefined : setInterval(() => socket.write(sent), every);
    socket.on('close', () => clearInterval(repeating));
    let said = '';
    socket.on('data', (part) => (said += part.toString()));
    return new Promise((resolve) => socket.on('close', () => resolve(said)).on('error', () => resolve(said)));
  }

  async function post(body: string | Buffer, headers: Record<string, string> = {}): Promise<[number, string]> {
    const response = await fetch(`${service.url}/limits`, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { 'Content-Type': 'application/json', ...headers },
    });
    const { type = '' } = (await response.json()) as { type?: string };
    return [response.status, type.replace(/.*\//, '')];
  }

  const nested = (levels: number): string => `{"any":${'['.repeat(levels)}${']'.repeat(levels)}}`;
  const listOf = (items: number): string => JSON.stringify({ list: Array.from({ length: items }, (_, at) => at) });
  const ofBytes = (bytes: number): string => JSON.stringify({ any: 'x'.repeat(bytes - '{"any":""}'.length) });

  test.each([
    ['a body', ofBytes(limits.bodyBytes), ofBytes(limits.bodyBytes + 1), [413, 'body-too-large']],
    ['nesting', nested(limits.levels), nested(limits.levels + 2), [400, 'nested-too-deep']],
    ['a list', listOf(limits.items), listOf(limits.items + 1), [400, 'list-too-long']],
  ] as const)('%s: to its limit, and no more', async (_, most, more, refusal) => {
    expect(await post(most)).toEqual([200, '']);
    expect(await post(more)).toEqual(refusal);
  });

  test('nothing is unpacked, whatever is in it', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
    for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'gzip, identity'])
      expect(await post(bomb, { 'Content-Encoding': encoding })).toEqual([415, 'content-encoding-refused']);
    expect(await post('{}', { 'Content-Encoding': 'identity' })).toEqual([200, '']);
  });

  test('a page, and a part of an address', async () => {
    const statuses = async (...paths: string[]): Promise<number[]> =>
      Promise.all(paths.map(async (path) => (await service.http('GET', path)).status));
    expect(await statuses('/limits?limit=200', '/limits?limit=201')).toEqual([200, 400]);
    const long = 'x'.repeat(limits.placeholder);
    expect(await statuses(`/limits/${long}`, `/limits/${long}x`)).toEqual([200, 400]);
  });

  test('headers, and what is no HTTP at all, are refused as problems too', async () => {
    const head = await raw(`GET /limits HTTP/1.1\r\nHost: here\r\nX: ${'x'.repeat(limits.headBytes)}\r\n\r\n`);
    expect(head).toMatch(/^HTTP\/1\.1 431 /);
    expect(head).toContain('/problems/headers-too-large');
    const unread = await raw('hello\r\n\r\n');
    expect(unread).toMatch(/^HTTP\/1\.1 400 /);
    expect(unread).toContain('Content-Type: application/problem+json');
  });

  test('one that sends its request bit by bit is told so, and let go', async () => {
    const began = Date.now();
    expect(await slow).toMatch(/^HTTP\/1\.1 408 /);
    expect(Date.now() - began).toBeLessThan(limits.headMilliseconds + 2 * limits.lookMilliseconds);
  }, 30_000);

  test('a connection in use is let go after a while, with an answer', async () => {
    const answers = (await busy).split(/(?=HTTP\/1\.1 )/);
    expect(answers.filter((answer) => !answer.startsWith('HTTP/1.1 200 '))).toEqual([]);
    expect(answers.findIndex((answer) => /^connection: close/im.test(answer))).toBe(answers.length - 1);
    expect(answers.length).toBeGreaterThan(limits.connectionMilliseconds / 1000);
  }, 30_000);
});
