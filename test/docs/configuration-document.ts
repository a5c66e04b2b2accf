import { describedSections, type DescribedSetting } from './described-settings.js';

const HEAD = `# Configuration

Written by \`npm run docs\` from [src/config/settings](../src/config/settings); \`npm run docs:check\` fails when this page differs.

The service reads the environment, and \`.env\` in its folder (copy [.env.example](../.env.example)). An empty value counts as
unset. A bad value stops the start, and the message names every bad key with its rule. Times are whole milliseconds. Lists are
separated by commas. The column "value" is what the service says about a bad value.

With \`NODE_ENV=production\` the service does not start while a setting breaks the rule in the last column
([SECURITY.md](SECURITY.md) says why). A secret is never shown, neither in a message nor in a log.
`;

const TAIL = `## Read by other programs

| key | read by | meaning |
| --- | --- | --- |
| \`ORDER_URL\` | \`npx order\` | Address of the service; the option \`--url\` wins. |
| \`ORDER_KEY\` | \`npx order\` | Key for \`x-functions-key\`; the option \`--key\` wins. |
| \`SANDBOX_WEBHOOK_SECRET\` | \`npm run sandbox\` | Signs payment callbacks: one of the service's PAYMENT_WEBHOOK_SECRETS. Unset: the public secret for development. |
| \`SANDBOX_API_KEY\` | \`npm run sandbox\` | Bearer key that the sandbox asks its callers for. Unset: none. |
| \`SANDBOX_PUBLIC_URL\` | \`npm run sandbox\` | Address of the sandbox in the links it gives out. Unset: made from its host and port. |
| \`CHROMIUM_PATH\` | \`npm run test:browser\` | The browser to test with. Unset: Debian's Chromium. |
| \`SCREENSHOTS_DIR\` | \`npm run test:browser\` | Folder to write pictures of the dashboard to. Unset: none are written. |

\`npm run sandbox\` runs the partners alone. It also reads the \`SANDBOX_\` keys above except \`SANDBOX\`; its latency is 0 there unless
\`SANDBOX_LATENCY_MS\` is set. OpenTelemetry's exporter reads its own further \`OTEL_\` keys: \`OTEL_TRACES_SAMPLER\`,
\`OTEL_TRACES_SAMPLER_ARG\`, \`OTEL_EXPORTER_OTLP_HEADERS\`, \`OTEL_EXPORTER_OTLP_TIMEOUT\`, \`OTEL_BSP_SCHEDULE_DELAY\`,
\`OTEL_RESOURCE_ATTRIBUTES\`.
`;

const OTHER_KEY = /(?<![`\w])[A-Z]+(?:_[A-Z]+)+(?![`\w])/g;

/** docs/CONFIGURATION.md: one table for each subject. */
export function configurationDocument(): string {
  const sections = describedSections().map(({ title, settings }) =>
    [
      `## ${title}`,
      '',
      '| key | meaning | value | default | in production |',
      '| --- | --- | --- | --- | --- |',
      ...settings.map(rowOf),
      '',
    ].join('\n'),
  );
  return [HEAD, ...sections, TAIL].join('\n');
}

function rowOf({ key, meaning, value, defaultText, isSecret, production }: DescribedSetting): string {
  const cells = [
    `\`${key}\``,
    meaning.replaceAll(OTHER_KEY, '`$&`'),
    asText(value) + (isSecret ? '; secret' : ''),
    defaultText === null ? 'none' : `\`${defaultText}\``,
    production.map(asText).join('; '),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Markdown takes `<word>` for a tag of HTML. */
function asText(text: string): string {
  return text.replaceAll('<', '\\<').replaceAll(OTHER_KEY, '`$&`');
}
