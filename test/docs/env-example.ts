import { describedSections, type DescribedSetting } from './described-settings.js';

const WIDTH = 120;
const HEAD = [
  'Written by `npm run docs` from src/config/settings: change the settings there.',
  'Copy to .env and change what you need. Every key has its default here: an unchanged copy changes nothing.',
  'An empty value counts as unset. A bad value stops the start with one line for each bad key.',
];

/** `.env.example`: every key with its default, and what it means. */
export function envExample(): string {
  const lines = describedSections().flatMap(({ title, settings }) => [
    '',
    `# --- ${title} `.padEnd(WIDTH, '-'),
    ...settings.flatMap((setting) => ['', ...commentOf(setting), `${setting.key}=${setting.defaultText ?? ''}`]),
  ]);
  return [...HEAD.map((line) => `# ${line}`), ...lines, ''].join('\n');
}

function commentOf({ meaning, value, isSecret, production }: DescribedSetting): readonly string[] {
  const secret = isSecret ? ['Secret.'] : [];
  const rules = production.length === 0 ? [] : [`Production: ${production.join('; ')}.`];
  const text = [meaning, `Value: ${value}.`, ...secret, ...rules].join(' ');
  return wrap(text.replaceAll('`', ''), WIDTH - 2).map((line) => `# ${line}`);
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
