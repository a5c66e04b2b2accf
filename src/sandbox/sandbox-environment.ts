import { z } from 'zod';
import type { SandboxOptions } from './sandbox-options.js';

const wholeNumber = (max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().max(max));

const environmentSchema = z.object({
  SANDBOX_PORT: wholeNumber(65_535).default(3001),
  SANDBOX_HOST: z.string().default('127.0.0.1'),
  SANDBOX_DATABASE: z.string().default('./data/sandbox.db'),
  SANDBOX_WEBHOOK_SECRET: z
    .string({ error: 'is required: whsec_ and 24 to 64 bytes in base64' })
    .regex(
      /^whsec_(?:[A-Za-z0-9+/]{4}){8,21}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
      'must be whsec_ and 24 to 64 bytes in base64',
    ),
  SANDBOX_API_KEY: z.string().optional(),
  SANDBOX_LATENCY_MS: wholeNumber(600_000).default(0),
  SANDBOX_AUTO_PAY: z.enum(['manual', 'accept', 'reject']).default('manual'),
  SANDBOX_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
});

/**
 * Reads the environment of the stand-alone sandbox. An empty variable counts as unset.
 * Throws an Error of one line that names every bad variable and repeats no value.
 */
export function readSandboxEnvironment(environment: Readonly<Record<string, string | undefined>>): SandboxOptions {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environmentSchema.safeParse(set);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  }
  const read = parsed.data;
  return {
    port: read.SANDBOX_PORT,
    host: read.SANDBOX_HOST,
    databasePath: read.SANDBOX_DATABASE,
    webhookSecret: read.SANDBOX_WEBHOOK_SECRET,
    latencyMs: read.SANDBOX_LATENCY_MS,
    autoPay: read.SANDBOX_AUTO_PAY,
    ...(read.SANDBOX_API_KEY !== undefined && { apiKey: read.SANDBOX_API_KEY }),
    ...(read.SANDBOX_PUBLIC_URL !== undefined && { publicUrl: read.SANDBOX_PUBLIC_URL }),
    silent: true,
  };
}
