import { Injectable } from '@nestjs/common';
import { NotFound } from '@okienko/contracts/domain-error';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { DataSource } from 'typeorm';
import type { Synonym, SynonymList } from './search.dto';

/** The office's own list of what people say. No event: nobody but search reads it. */
@Injectable()
export class SynonymCommands {
  constructor(
    private readonly dataSource: DataSource,
    private readonly work: UnitOfWork,
  ) {}

  async list(): Promise<SynonymList> {
    return { items: await this.dataSource.query<Synonym[]>('select said, meant from search_synonym order by said') };
  }

  async keep({ said, meant }: Synonym): Promise<Synonym> {
    await this.work.run(({ send }) =>
      send('insert into search_synonym (said, meant) values ($1, $2) on conflict (said) do update set meant = $2', [
        said.toLowerCase(),
        meant,
      ]),
    );
    return { said: said.toLowerCase(), meant };
  }

  async remove(said: string): Promise<SynonymList> {
    await this.work.run(async ({ query }) => {
      const gone = await query('delete from search_synonym where said = $1 returning said', [said.toLowerCase()]);
      if (gone.length === 0) throw new NotFound('synonym');
    });
    return this.list();
  }
}
