/**
 * The driver as TypeORM is to have it. TypeORM switches sqlite3 into its verbose mode, which writes the parameters of a
 * failed statement into the error's stack: whole rows, personal data included, on their way to a log. It also makes a
 * stack trace and that text for every statement that does not fail. The mode is for the whole process and cannot be left.
 */
import sqlite3 from 'sqlite3';

/** For the `driver` option of a data source. */
export const nonVerboseDriver: object = { verbose: () => sqlite3 };
