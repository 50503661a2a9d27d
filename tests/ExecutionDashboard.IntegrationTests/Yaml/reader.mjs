// Reads documents of YAML, one JSON string a line, by either schema. Prints one line for each: {"1.1": value, "1.2": value}, numbers as {"number": text}, so
// that long ones keep their digits.
import { createInterface } from 'node:readline';
import { parseDocument } from 'yaml';

const versions = { '1.1': { version: '1.1' }, '1.2': { version: '1.2', schema: 'core' } };

function plain(value) {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return { number: String(value) };
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return { members: [...value].map(([name, inner]) => [plain(name), plain(inner)]) };
  return { type: value.constructor.name };
}

for await (const line of createInterface({ input: process.stdin })) {
  const read = {};
  for (const [name, options] of Object.entries(versions)) {
    const document = parseDocument(JSON.parse(line), { ...options, intAsBigInt: true });
    const problems = [...document.errors, ...document.warnings];
    read[name] = problems.length > 0 ? { problem: problems[0].message } : plain(document.toJS({ mapAsMap: true, maxAliasCount: 0 }));
  }
  console.log(JSON.stringify(read));
}
