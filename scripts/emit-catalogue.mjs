import { readFileSync, writeFileSync } from 'node:fs';
import { withCatalogue } from '../dist/graphql/error-catalogue.js';

const path = process.argv[2];
if (path === undefined) {
  console.error('Name the file to write the catalogue of errors to.');
  process.exit(64);
}
writeFileSync(path, withCatalogue(readFileSync(path, 'utf8')));
