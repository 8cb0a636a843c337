import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createParamDecorator, type ExecutionContext, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { RouteConfig } from '@nestjs/platform-fastify';
import { RequestProblem } from '@okienko/chassis/problem';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    mostRawBytes?: number;
  }
  interface FastifyRequest {
    rawBody?: Buffer;
  }
}

const mailType = 'message/rfc822';

/** A route that needs the body byte for byte, at most so many of them; a mail, or JSON that is read as well. */
export const TakesRaw = (most: number): MethodDecorator => RouteConfig({ mostRawBytes: most });

/** The body as it came. A repeated request is told from another one by these bytes. */
export const RawBody = createParamDecorator((_: unknown, context: ExecutionContext): Buffer => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const bytes = request.rawBody ?? Buffer.alloc(0);
  request.body ??= { sha256: createHash('sha256').update(bytes).digest('hex') };
  return bytes;
});

/** Keeps the bytes for those routes that ask for them, before anything reads them. */
@Injectable()
export class RawBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.addHook('preParsing', async (request, _, payload) => {
      const { mostRawBytes: most } = request.routeOptions.config;
      if (most === undefined) return payload;
      request.rawBody = await bytesOf(payload as AsyncIterable<Buffer>, most).catch((error: unknown) => {
        throw error instanceof RequestProblem ? error : new RequestProblem(400, 'bad-request', 'The body broke off.');
      });
      return Readable.from([request.rawBody], { objectMode: false });
    });
    server.addContentTypeParser(mailType, (request, _, done) => {
      if (request.routeOptions.config.mostRawBytes !== undefined) done(null, undefined);
      else done(new RequestProblem(415, 'unsupported-media-type', 'Send the body as application/json.'));
    });
  }
}

async function bytesOf(payload: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // What is too long is read to its end, so that the client hears the refusal.
  for await (const chunk of payload) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  }
  if (size > most) throw new RequestProblem(413, 'too-large', `A body here has at most ${most} bytes.`);
  return Buffer.concat(chunks);
}
