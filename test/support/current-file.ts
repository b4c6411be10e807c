import { relative } from 'node:path';
import { beforeAll } from 'vitest';

// Which file processes are started for: they are asked what it depends on. Vitest passes fixtures first.
beforeAll(({}, { file }) => {
  process.env.TEST_CURRENT_FILE = relative(process.cwd(), file.filepath);
});
