import { Injectable } from '@nestjs/common';
import type { RepresentationEndedV1 } from '@okienko/contracts/cases/representation-ended.v1';
import type { RepresentationRecordedV1 } from '@okienko/contracts/cases/representation-recorded.v1';
import type { Work } from '@okienko/messaging/unit-of-work';

/** Who may act for whom, as `cases` tells it: a local copy of ids and days. */
@Injectable()
export class RepresentativeCommands {
  learn(work: Work, name: string, id: string, data: unknown): void {
    if (name === 'cases.representation.recorded.v1') {
      const { personId, representativeId, validFrom, validTo } = data as RepresentationRecordedV1;
      work.send(
        `insert into representative (id, person_id, representative_id, valid_from, valid_to) values ($1, $2, $3, $4, $5)
         on conflict (id) do nothing`,
        [id, personId, representativeId, validFrom, validTo ?? null],
      );
    } else if (name === 'cases.representation.ended.v1')
      work.send('update representative set valid_to = $2 where id = $1', [id, (data as RepresentationEndedV1).endedOn]);
  }
}
