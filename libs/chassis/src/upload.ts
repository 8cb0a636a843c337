import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestProblem } from './problem';

declare module 'fastify' {
  interface FastifyContextConfig {
    takesFile?: boolean;
  }
}

const binary = 'application/octet-stream';
const longestName = 200;
const notAName = /[/\\\u0000-\u001f\u007f-\u009f]|^[.\s]|[.\s]$|^$/;

/** A route whose body is a file as it is (`application/octet-stream`); it is read by `@Upload()`, when the route wants it. */
export const TakesFile = (): MethodDecorator => RouteConfig({ takesFile: true });

/** Leaves the body of such a route where it is: nobody sends megabytes into memory before it is known who they are. */
export function addUploads(server: FastifyInstance): void {
  server.addContentTypeParser(binary, (request, _, done) => {
    if (request.routeOptions.config.takesFile) done(null, undefined);
    else done(new RequestProblem(415, 'unsupported-media-type', 'Send the body as application/json.'));
  });
}

/** The file that a client sends: its bytes as the body, its name apart. */
export class UploadedFile {
  constructor(private readonly request: FastifyRequest) {}

  /** As the client calls it, without a path. */
  get name(): string {
    const given = this.request.headers['okienko-file-name'];
    const name = typeof given === 'string' ? decoded(given)?.normalize('NFC') : undefined;
    if (name === undefined || name.length > longestName || notAName.test(name))
      throw new RequestProblem(
        400,
        'file-name-malformed',
        `Okienko-File-Name must be the name of the file without a path, percent-encoded as UTF-8, of at most ${longestName} characters.`,
      );
    return name;
  }

  /** All of it, if it is no longer than that. A repeated request is told from another one by the name and the bytes. */
  async read(most: number): Promise<Buffer> {
    const { raw, headers } = this.request;
    if (headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== binary)
      throw new RequestProblem(415, 'unsupported-media-type', `Send the file itself as the body, as ${binary}.`);
    if (Number(headers['content-length']) > most) throw new FileTooLarge(most);
    const chunks: Buffer[] = [];
    let size = 0;
    // With the stream destroyed nobody would hear of the refusal.
    for await (const chunk of raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) break;
      chunks.push(chunk);
    }
    if (size > most) {
      // The rest is thrown away as it comes: else the connection would stand still with it.
      raw.resume();
      throw new FileTooLarge(most);
    }
    const bytes = Buffer.concat(chunks);
    this.request.body = { name: this.name, sha256: createHash('sha256').update(bytes).digest('hex') };
    return bytes;
  }
}

export class FileTooLarge extends RequestProblem {
  constructor(most: number) {
    super(413, 'file-too-large', `A file has at most ${most} bytes. Send a smaller one, or the parts one by one.`);
  }
}

/** The file in the body; its name is in the header `Okienko-File-Name`, percent-encoded as UTF-8. */
export const Upload = createParamDecorator(
  (_: unknown, context: ExecutionContext): UploadedFile =>
    new UploadedFile(context.switchToHttp().getRequest<FastifyRequest>()),
);

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
