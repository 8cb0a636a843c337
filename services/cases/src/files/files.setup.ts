import type { CasesConfig } from '../config';
import { ClamdScan, type FileScan, NoScan } from './file-scan';
import { FolderStore } from './folder-store';
import type { ObjectStore } from './object-store';
import { S3Store } from './s3-store';

/** A bucket when one is named, else a folder. */
export const objectStoreOf = (config: CasesConfig): ObjectStore =>
  config.FILES_S3_URL === undefined
    ? new FolderStore(config.FILES_FOLDER)
    : new S3Store({
        url: config.FILES_S3_URL,
        region: config.FILES_S3_REGION,
        accessKeyId: config.FILES_S3_ACCESS_KEY_ID,
        secretAccessKey: config.FILES_S3_SECRET_ACCESS_KEY,
      });

export function fileScanOf({ CLAMD_ADDRESS }: CasesConfig): FileScan {
  const [host, port] = CLAMD_ADDRESS?.split(':') ?? [];
  return host && port ? new ClamdScan(host, Number(port)) : new NoScan();
}
