import { z } from 'zod';
import { envSchema, isSecret, SETTING_SECTIONS } from '../../src/config/env-schema.js';
import { PRODUCTION_RULES } from '../../src/config/production-rules.js';

export interface DescribedSetting {
  readonly key: string;
  readonly meaning: string;
  /** Format, bounds and unit: `a whole number of milliseconds from 1 to 600000`. */
  readonly value: string;
  /** As text of the environment; null: there is none to write down. */
  readonly defaultText: string | null;
  readonly isSecret: boolean;
  /** What production insists on, each completing "The key …". */
  readonly production: readonly string[];
}

export interface DescribedSection {
  readonly title: string;
  readonly settings: readonly DescribedSetting[];
}

/** @throws Error when a setting has no meaning, or belongs to no section. */
export function describedSections(): readonly DescribedSection[] {
  const sections = SETTING_SECTIONS.map(({ title, settings }) => ({
    title,
    settings: Object.entries(settings).map(([key, schema]) => describe(key, schema)),
  }));
  const shown = new Set(sections.flatMap(({ settings }) => settings.map(({ key }) => key)));
  const lost = Object.keys(envSchema.shape).filter((key) => !shown.has(key));
  if (lost.length > 0) throw new Error(`No section of the configuration holds ${lost.join(', ')}.`);
  return sections;
}

export function describe(key: string, schema: z.ZodType): DescribedSetting {
  if (schema.description === undefined) throw new Error(`${key} has no meaning: add .describe() to its schema.`);
  return {
    key,
    meaning: schema.description,
    value: ruleOf(key, schema).replace(/^must be /, ''),
    defaultText: schema instanceof z.ZodPrefault ? String(schema.def.defaultValue) : null,
    isSecret: isSecret(key, ''),
    production: PRODUCTION_RULES.filter((each) => each.key === key).map(({ rule }) =>
      rule.replace(/ in production/, ''),
    ),
  };
}

/** What the service says about a value that no rule takes. */
function ruleOf(key: string, schema: z.ZodType): string {
  const rule = schema.safeParse('\0').error?.issues[0]?.message;
  if (rule === undefined) throw new Error(`${key} takes any value.`);
  return rule;
}
