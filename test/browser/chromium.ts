import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian, Ubuntu and Alpine put it; CHROMIUM_PATH says otherwise. */
const PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** Off only when somebody says so: a suite that skips by itself is a suite that nobody notices is gone. */
const BROWSER_TESTS_OFF = process.env['BROWSER_TESTS'] === 'off';

export function describeInBrowser(title: string, suite: () => void): void {
  if (!BROWSER_TESTS_OFF) {
    describe(title, suite);
    return;
  }
  process.stdout.write(`BROWSER_TESTS=off: not run: ${title}\n`);
  describe.skip(title, suite);
}

/** @throws Error that says what to install. */
export async function openBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM_PATH'];
  const executablePath = given === undefined ? PATHS.find((path) => existsSync(path)) : given;
  if (executablePath === undefined || !existsSync(executablePath)) {
    throw new Error(
      'The browser tests need Chromium: `apt-get install chromium`, or CHROMIUM_PATH=/path/to/chrome. ' +
        'BROWSER_TESTS=off leaves them out.',
    );
  }
  // In a container there is no sandbox to be had, and what is visited is ours.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
