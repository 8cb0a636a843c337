import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import type { Work } from '@okienko/messaging/unit-of-work';
import { DataSource } from 'typeorm';
import type { FormerEdition, ProgrammeActs } from '../programmes/programme';
import { closingDueOn } from '../programmes/programme-closing';
import type { ProgrammeContent } from '../programmes/programme-content';
import { termsOn } from '../terms/statutory-terms';
import { type ClosingAdditions, type ClosingInformation, closingInformation } from './closing-information';
import type { PublishedClosingInformation } from './closing-information.dto';
import { countProgramme } from './programme-counts';
import { servicesOf } from './programme-figures';

interface Row {
  readonly programmeVersion: number;
  readonly content: ProgrammeContent;
  readonly acts: ProgrammeActs;
  readonly former: readonly FormerEdition[];
}

@Injectable()
export class ClosingInformationQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** As it was fixed. Before that there is none. */
  async published(programmeId: string): Promise<PublishedClosingInformation> {
    const [row] = await this.dataSource.query<{ document: ClosingInformation; publishedOn: string }[]>(
      'select document, published_on::text as "publishedOn" from closing_information where programme_id = $1',
      [programmeId],
    );
    if (!row) throw new NotFound('closing information');
    return { ...row.document, publishedOn: row.publishedOn } as PublishedClosingInformation;
  }

  /** As it would be fixed now, without the additions of the office. */
  async preview(programmeId: string): Promise<ClosingInformation> {
    const query: Work['query'] = <T>(text: string, values?: unknown[]) => this.dataSource.query<T[]>(text, values);
    return generate(query, programmeId, this.clock.now());
  }
}

/** From the copies as they are now; the caller holds the programme's row when the result is to last. */
export async function generate(
  query: Work['query'],
  programmeId: string,
  now: Date,
  additions?: ClosingAdditions,
): Promise<ClosingInformation> {
  const [row] = await query<Row>(
    'select programme_version as "programmeVersion", content, acts, former from programme where id = $1',
    [programmeId],
  );
  if (!row) throw new NotFound('programme');
  const { programmeVersion, content, acts, former } = row;
  const { endedOn } = acts;
  const subject = {
    programmeId,
    programmeVersion,
    content,
    services: servicesOf(content, former),
    ...(endedOn === undefined ? {} : { endedOn, dueOn: closingDueOn(endedOn) }),
  };
  const { smallestFigure } = termsOn(dayOf(now));
  return closingInformation(subject, await countProgramme(query, programmeId), { smallestFigure, now }, additions);
}
