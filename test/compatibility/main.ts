import 'reflect-metadata';
import { format, resolveConfig } from 'prettier';
import { checkCorpora, describeReport } from './corpus-check.js';
import { readCorpora, writeCorpus } from './corpus-files.js';
import { recordDatabase } from './databases/database-recorder.js';
import { writeDatabase } from './databases/recorded-databases.js';
import { registerOrders } from './order-machines.js';
import { recordOrders } from './order-recorder.js';

/**
 * `check`: exit code 1 when a change would strand stored orders. `record`: stores what orders of this version look like.
 * `record-database`: stores databases of this version of the schema, and what they say.
 */
async function main(command: string | undefined): Promise<void> {
  if (command === 'record') {
    const corpus = await recordOrders();
    const style = await resolveConfig('corpus.json');
    const folder = await writeCorpus(corpus, (text) => format(text, { ...style, parser: 'json' }));
    process.stdout.write(`${corpus.entries.length} snapshots in ${folder}\n`);
  } else if (command === 'record-database') {
    process.stdout.write(`${writeDatabase(await recordDatabase())}\n`);
  } else if (command === 'check') {
    const report = await checkCorpora(readCorpora(), registerOrders);
    process.stdout.write(`${describeReport(report)}\n`);
    if (report.findings.length > 0) process.exitCode = 1;
  } else {
    process.stderr.write('Say check, record or record-database.\n');
    process.exitCode = 2;
  }
}

void main(process.argv[2]);
