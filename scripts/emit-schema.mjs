import { writeFileSync } from 'node:fs';
import { createSchema, printSortedSchema } from '../build/graphql/schema.js';

const path = process.argv[2];
if (path === undefined) {
  console.error('Name the file to write the schema to.');
  process.exit(64);
}
writeFileSync(path, printSortedSchema(createSchema()));
