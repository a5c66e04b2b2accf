import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { loadConfig } from '../../src/config/config-loader.js';
import { envSchema } from '../../src/config/env-schema.js';
import { integer } from '../../src/config/env-rules.js';
import { PRODUCTION_RULES } from '../../src/config/production-rules.js';
import { configurationDocument } from './configuration-document.js';
import { describe as described, describedSections } from './described-settings.js';
import { envExample } from './env-example.js';

const settings = describedSections().flatMap((section) => section.settings);

describe('a described setting', () => {
  it('is every key of the schema, once', () => {
    expect(settings.map(({ key }) => key).sort()).toEqual(Object.keys(envSchema.shape).sort());
  });

  it('says what the service says about a bad value', () => {
    const { value } = settings.find(({ key }) => key === 'SHUTDOWN_TIMEOUT_MS')!;
    expect(value).toBe('a whole number of milliseconds from 100 to 600000');
    expect(() => loadConfig({ SHUTDOWN_TIMEOUT_MS: '1' })).toThrow(`must be ${value}`);
  });

  it('carries every rule of production', () => {
    const told = settings.flatMap(({ production }) => production);
    expect(told).toHaveLength(PRODUCTION_RULES.length);
    expect(PRODUCTION_RULES.length).toBeGreaterThan(15);
  });

  it('has a default that the service takes, and that changes nothing', () => {
    const defaults = Object.fromEntries(settings.map(({ key, defaultText }) => [key, defaultText ?? '']));
    expect(loadConfig(defaults)).toEqual(loadConfig({}));
  });

  it('is refused without a meaning, or when it takes any value', () => {
    expect(() => described('NEW_KEY', integer(0, 1).prefault('0'))).toThrow('NEW_KEY has no meaning');
    expect(() => described('NEW_KEY', z.string().describe('New.'))).toThrow('NEW_KEY takes any value');
    expect(described('NEW_KEY', integer(0, 9).prefault('7').describe('New.'))).toMatchObject({
      meaning: 'New.',
      value: 'a whole number from 0 to 9',
      defaultText: '7',
      production: [],
    });
  });
});

it('docs/CONFIGURATION.md and .env.example hold key, meaning, value and default of each setting', () => {
  const rows = configurationDocument().split('\n');
  const example = envExample();
  for (const { key, meaning, defaultText } of settings) {
    const row = rows.find((line) => line.startsWith(`| \`${key}\` |`));
    expect(row?.replaceAll('`', '')).toContain(meaning.replaceAll('`', ''));
    expect(example).toContain(`\n${key}=${defaultText ?? ''}\n`);
  }
});

it('docs/CONFIGURATION.md names what other programs read from the environment', () => {
  const page = configurationDocument();
  const sources = ['src/sandbox/sandbox-environment.ts', 'src/cli/cli-program.ts', 'test/browser/chromium.ts'];
  for (const file of sources) {
    const text = readFileSync(path.join(__dirname, '../..', file), 'utf8');
    const keys = [...text.matchAll(/\b(?:SANDBOX|ORDER|CHROMIUM)_[A-Z_]+\b/g)].map(([key]) => key);
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
  }
});
