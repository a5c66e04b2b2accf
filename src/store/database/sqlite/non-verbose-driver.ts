/**
 * Keeps TypeORM from switching sqlite3 into its verbose mode. That mode writes the parameters of a failed statement
 * into the error's stack, from where personal data would reach the log. It also makes a stack trace and that text for
 * every successful statement. It applies to the whole process and cannot be switched off.
 */
import sqlite3 from 'sqlite3';

/** Value for the `driver` option of a data source. */
export const nonVerboseDriver: object = { verbose: () => sqlite3 };
