// Lists the request properties that Agora's REST reference documents, one `schema.property` a line:
//   node extract.mjs reference.txt > documented.txt
// Run it on the text of a newer reference; the test in this folder then reports which properties have no row yet.
import { readFileSync } from 'node:fs';

const lines = readFileSync(process.argv[2], 'utf8').split('\n');
const schemas = lines.slice(lines.lastIndexOf('Schemas'));

/** Schemas of replies: what they document is not sent. */
const REPLY = /response|^extensionServiceState$|^payload$|^playload|^fileList/i;

const found = lines
  .map((line) => /^([A-Za-z]+)\tpath\t/.exec(line)?.[1])
  .filter((name) => name !== undefined)
  .map((name) => `path.${name}`);
let schema = '';
schemas.forEach((line, index) => {
  const isHeading = /^[A-Za-z][A-Za-z-]*$/.test(line) && schemas[index + 1] === '';
  if (isHeading && line !== 'Schemas' && line !== 'Properties') schema = line;
  const row = /^(?:» ?)*([A-Za-z_]+)\t[A-Za-z[\]() -]+\t(?:true|false)\t/.exec(line);
  if (row !== null && !REPLY.test(schema)) found.push(`${schema}.${row[1]}`);
});
console.log([...new Set(found)].join('\n'));
