import { Body, Controller, Get, Header, Post, Query, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { TakesFile, Upload, UploadedFile } from '@okienko/chassis/upload';
import type { FastifyReply } from 'fastify';
import { Purpose } from '../access/purpose.decorator';
import { FileCommands } from './files.commands';
import { AttachFile, type FileAttached, type FileSummary, type FileView, ListFiles, RemoveFile } from './files.dto';
import { FileQueries } from './files.queries';

@Controller('files')
@Allow('desk', 'coordinator', 'services-organiser', 'director')
export class FileController {
  constructor(
    private readonly commands: FileCommands,
    private readonly queries: FileQueries,
  ) {}

  /** Puts a file into the case file of an application. Its type is told by its content; infected ones are refused. */
  @Creates()
  @TakesFile()
  @Post()
  attach(
    @Query() query: AttachFile,
    @Upload() upload: UploadedFile,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<FileAttached> {
    return this.commands.attach(query, upload, { caller, purpose });
  }

  @Get()
  list(@Query() query: ListFiles, @Caller() caller: Principal): Promise<Page<FileSummary>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<FileView> {
    return this.queries.get(id, { caller, purpose });
  }

  /** To be saved, never to be shown by a browser. */
  @Get(':id/content')
  @Header('Content-Type', 'application/octet-stream')
  async content(
    @Id() id: string,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { name, content } = await this.queries.content(id, { caller, purpose });
    void reply.header('Content-Disposition', `attachment; filename*=UTF-8''${percentEncoded(name)}`);
    return content;
  }

  /** Takes it out of the case file and destroys its content. */
  @Acts()
  @Post(':id/removal')
  remove(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: RemoveFile,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.remove(id, version, reasonCode, { caller, purpose });
  }
}

/** RFC 8187: what encodeURIComponent leaves as it is, but the grammar does not. */
const percentEncoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
