// A store that speaks S3 and knows nothing of Accord: `s3rver`, with one bucket, in a temporary folder.
//
//   node start.mjs BUCKET
//
// Prints its address when it is ready, and ends when its standard input does. The only credentials that it takes are
// S3RVER and S3RVER.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

const directory = mkdtempSync(join(tmpdir(), 'accord-s3-'));
const store = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory,
  configureBuckets: [{ name: process.argv[2] }],
});
const { address, port } = await store.run();
console.log(`http://${address}:${port}`);

process.stdin.resume();
process.stdin.on('end', () => {
  rmSync(directory, { recursive: true, force: true });
  process.exit(0);
});
