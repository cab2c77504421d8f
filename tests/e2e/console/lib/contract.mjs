// docs/protocol/console.yaml, to hold answers against.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv from 'ajv/dist/2020.js';
import { parse } from 'yaml';

import { root } from './places.mjs';

const folder = join(root, 'docs/protocol');
const read = (file) => parse(readFileSync(join(folder, file), 'utf8'));
const base = 'https://anju.example/';

export const contract = read('console.yaml');
export const shapes = readdirSync(join(folder, 'console')).map((name) => `console/${name}`);

// Slips of the pen in the schemas themselves are refused.
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
for (const shape of shapes) ajv.addSchema(read(shape), base + shape);

/** What `value` lacks of the shape that a reference names, such as "console/alerts.yaml#/$defs/Item";
 *  empty: nothing. */
export function misfit(reference, value) {
  const validate = ajv.getSchema(base + reference) ?? ajv.compile({ $ref: base + reference });
  if (validate(value)) return '';
  return ajv.errorsText(validate.errors, { separator: '\n' });
}

/** Follows a reference within console.yaml. */
export function resolved(node) {
  if (!node?.$ref?.startsWith('#/')) return node;
  return node.$ref.slice(2).split('/').reduce((at, part) => at?.[part], contract);
}

/** Every operation: {method, path, roles, operation}. */
export const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
  ['get', 'post', 'put', 'patch', 'delete'].filter((method) => item[method]).map((method) => ({
    method: method.toUpperCase(), path, roles: item[method]['x-roles'], operation: item[method] })));

/** Why an answer is none that the contract knows; empty: it is. */
export function broken({ method, path, operation }, answer) {
  const { responses } = operation;
  const response = resolved(responses[answer.status] ?? (answer.status >= 400 ? responses.default : undefined));
  const where = `${method} ${path}: ${answer.status}`;
  if (!response) return `${where} is not in the contract: ${answer.text.slice(0, 300)}`;
  if (!response.content) return answer.text === '' ? '' : `${where} has a body`;
  const type = (answer.headers['content-type'] ?? '').split(';')[0];
  const media = response.content[type];
  if (!media) return `${where} is ${type}: ${answer.text.slice(0, 300)}`;
  if (!media.schema.$ref) return '';
  const lacks = misfit(media.schema.$ref, answer.json);
  return lacks && `${where}: ${lacks}\n${answer.text.slice(0, 600)}`;
}
