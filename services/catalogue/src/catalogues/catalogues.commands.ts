import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { CatalogueImport, CatalogueRefused, ImportRunning } from './catalogue-import';
import { planImport } from './import-plan';
import type { Catalogue, ImportReport } from './catalogues.dto';

@Injectable()
export class CatalogueCommands {
  constructor(private readonly work: UnitOfWork) {}

  import(catalogue: Catalogue): Promise<ImportReport> {
    return this.work.run(async (work) => {
      await takeTurn(work);
      const { report, faults, write } = await planImport(work, catalogue);
      if (faults.length > 0) throw new CatalogueRefused(faults);
      await write();
      const { legend, codes } = catalogue;
      const { created, updated, unchanged, refused } = report;
      const done = CatalogueImport.of(
        uuidv7(),
        { ...(legend === undefined ? {} : { legend }), ...(codes === undefined ? {} : { codes }) },
        { created, updated, unchanged, refused },
      );
      await work.save(done, done.completed());
      return { id: done.id, version: done.version, ...report };
    });
  }

  /** Says what `import` would do. */
  try(catalogue: Catalogue): Promise<ImportReport> {
    return this.work.run(async (work) => {
      await takeTurn(work);
      return (await planImport(work, catalogue)).report;
    });
  }
}

/** Two at a time would lock the same offers in different orders. */
async function takeTurn({ query }: Work): Promise<void> {
  const [turn] = await query<{ mine: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('catalogue-import ' || current_schema(), 0)) as mine`,
  );
  if (!turn?.mine) throw new ImportRunning();
}
