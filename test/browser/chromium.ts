import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian, Ubuntu and Alpine put it; CHROMIUM_PATH says otherwise. */
const PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** @throws Error that says what to install. */
export async function openBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM_PATH'];
  const executablePath = given === undefined ? PATHS.find((path) => existsSync(path)) : given;
  if (executablePath === undefined || !existsSync(executablePath)) {
    throw new Error('The browser tests need Chromium: `apt-get install chromium`, or CHROMIUM_PATH=/path/to/chrome.');
  }
  // In a container there is no sandbox to be had, and what is visited is ours.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
