/**
 * Writes what is made of the API's document: docs/openapi.json, as the running service serves it, and the types of the
 * typed client. `--check` writes nothing: it fails when a committed file differs from what would be written, or when the
 * document breaks a rule of the linter. Needs a build.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import openapiTypes, { astToString } from 'openapi-typescript';
import * as prettier from 'prettier';
import { root, startService } from './service-process.mjs';

const DOCUMENT = path.join(root, 'docs/openapi.json');
const TYPES = path.join(root, 'src/api/api-schema.ts');
const HEAD = '/** Made of docs/openapi.json by `npm run openapi`: change the controllers, not this. */\n';

const RULES = {
  extends: ['recommended'],
  rules: {
    // One that is run where it is deployed has no address to name, and the licence is the package's.
    'no-empty-servers': 'off',
    'info-license': 'off',
    'info-license-url': 'off',
    // A browser's page, a probe and a webhook answer no error of ours that a client could act upon.
    'operation-4xx-response': 'off',
    'no-invalid-media-type-examples': 'error',
    'operation-operationId': 'error',
    'operation-operationId-unique': 'error',
    'operation-summary': 'error',
    'no-unused-components': 'error',
    'security-defined': 'off',
    // `start` is no id: the route is named as the first clients know it.
    'no-ambiguous-paths': 'off',
  },
};

/** The document as the service serves it. */
async function readDocument() {
  const service = await startService();
  try {
    return await (await fetch(`${service.url}/docs-json`)).json();
  } finally {
    await service.stop();
  }
}

/** Keys in an order of their own, so that a difference is one of meaning. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** Examples would be most of the types' file. */
function withoutExamples(value) {
  if (Array.isArray(value)) return value.map(withoutExamples);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'example' && key !== 'examples')
      .map(([key, inner]) => [key, withoutExamples(inner)]),
  );
}

async function format(text, file) {
  return prettier.format(text, { ...(await prettier.resolveConfig(file)), filepath: file });
}

async function lint(text) {
  const problems = await lintFromString({ source: text, absoluteRef: DOCUMENT, config: await createConfig(RULES) });
  for (const { severity, ruleId, message, location } of problems) {
    console.error(`${severity} ${ruleId}: ${message} (${location.map((each) => each.pointer).join(', ')})`);
  }
  return problems.filter((problem) => problem.severity === 'error').length;
}

/** JSON that is described as nothing but an object tells a client nothing. */
function untyped(value, place = '') {
  if (typeof value !== 'object' || value === null) return [];
  const says = ['$ref', 'properties', 'additionalProperties', 'allOf', 'anyOf', 'oneOf'];
  const found = value.type === 'object' && !says.some((key) => key in value) ? [place] : [];
  return [...found, ...Object.entries(value).flatMap(([key, inner]) => untyped(inner, `${place}/${key}`))];
}

const document = sorted(await readDocument());
const files = [
  [DOCUMENT, await format(JSON.stringify(document), DOCUMENT)],
  [TYPES, await format(HEAD + astToString(await openapiTypes(withoutExamples(document))), TYPES)],
];
let failures = await lint(files[0][1]);
for (const place of untyped(document)) {
  console.error(`error untyped-object: ${place}`);
  failures += 1;
}
for (const [file, text] of files) {
  const name = path.relative(root, file);
  if (!process.argv.includes('--check')) await writeFile(file, text);
  else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`${name} is not what the service serves; run: npm run openapi`);
    failures += 1;
  }
}
const operations = Object.values(document.paths).reduce((sum, item) => sum + Object.keys(item).length, 0);
console.log(`openapi: ${operations} operations, ${failures} ${failures === 1 ? 'fault' : 'faults'}`);
if (failures > 0) process.exitCode = 1;
