// The least that a Node program can do with a workspace: list its files, read those that may hold ports, and look for
// numbers in them.
//
//   node bench/scan.mjs FOLDER
import { readdirSync, readFileSync } from 'node:fs';

let numbers = 0;
walk(process.argv[2]);
console.log(`${numbers} numbers`);

function walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) walk(path);
    else if (/\.(ya?ml|md|conf|env)$|Dockerfile$/.test(entry.name)) {
      numbers += readFileSync(path, 'utf8').match(/\b\d{4,5}\b/g)?.length ?? 0;
    }
  }
}
