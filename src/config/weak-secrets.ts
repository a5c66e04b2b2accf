/** Finds weak secrets: words that an attacker tries first, and text without entropy. */
import { createHash } from 'node:crypto';

const WORDS = [
  'access admin administrator anna api apikey changeme client customer default demo dev development durable dummy empty',
  'example function guest hello hunter2 key letmein login master metrics monitor none null operator order orders',
  'pass passw0rd passwd password private prod production public qwerty root sample secret secretkey service shop test',
  'testing token undefined user welcome 0 1 12 123 1234 12345 123456 1234567 12345678 123456789 1234567890 abc abc123 abcdef',
].flatMap((line) => line.split(' '));
const ENDINGS = ['', '!', '-key', '-secret', '_key', '1', '123', '2024', '2025', '2026', 'key', 'secret'];

/** Common words in lower case, in upper case and capitalized, each with common endings; and the empty text. */
const GUESSES: ReadonlySet<string> = new Set([
  '',
  ' ',
  '\n',
  ...WORDS.flatMap((word) => [word, word.toUpperCase(), `${word.charAt(0).toUpperCase()}${word.slice(1)}`]).flatMap(
    (word) => ENDINGS.map((ending) => `${word}${ending}`),
  ),
]);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
let hashes: ReadonlySet<string> | null = null;

/** @param hash SHA-256 in hexadecimal digits. @param own words of this configuration, such as ids of keys. */
export function isHashOfGuess(hash: string, own: readonly string[] = []): boolean {
  hashes ??= new Set([...GUESSES].map(sha256));
  const small = hash.toLowerCase();
  return hashes.has(small) || own.some((word) => sha256(word) === small || sha256(`${word}\n`) === small);
}

export const isGuess = (text: string): boolean => GUESSES.has(text);

/** An attacker can try all texts with fewer bits. Random Base64 of 16 bytes has more. */
const FEWEST_BITS = 64;

/** True for a text that repeats itself, counts up or down, or has too few different characters for its length. */
export function lacksEntropy(text: string): boolean {
  return isRepetition(text) || isSequence(text) || shannonBits(text) < FEWEST_BITS;
}

function isRepetition(text: string): boolean {
  // A text of equal parts occurs in its own double before the second copy.
  return text.length > 1 && `${text}${text}`.indexOf(text, 1) < text.length;
}

function isSequence(text: string): boolean {
  const steps = Array.from({ length: text.length - 1 }, (_, at) => text.charCodeAt(at + 1) - text.charCodeAt(at));
  const usual = steps.filter((step) => Math.abs(step) === 1).length;
  return text.length > 1 && usual >= 0.8 * steps.length;
}

function shannonBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / text.length);
  return -text.length * shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
}
