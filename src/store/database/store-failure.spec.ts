import { QueryFailedError } from 'typeorm';
import { StoreUnavailableError } from '../../durable/store.js';
import { driverCode, toStoreError } from './store-failure.js';

const coded = (code: string, message = code) => Object.assign(new Error(message), { code });

describe('A driver error', () => {
  it.each([
    ...['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_CANTOPEN'],
    ...['08006', '08P01', '53300', '57P01', '57P03', '57014', '40001', '40P01', '55P03', '25006'],
    ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND'],
  ])('of code %s means that the store is unavailable, and is its cause (G1)', (code) => {
    const error = coded(code);
    expect(toStoreError(error)).toMatchObject({
      name: 'StoreUnavailableError',
      code: 'store_unavailable',
      cause: error,
    });
  });

  it.each([
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Client has encountered a connection error and is not queryable',
    'Cannot use a pool after calling end on the pool',
    'SQLITE_MISUSE: Database is closed',
  ])('without a code, saying "%s", means the same (G1)', (message) => {
    expect(toStoreError(new Error(message))).toBeInstanceOf(StoreUnavailableError);
  });

  it.each(['SQLITE_CONSTRAINT', 'SQLITE_ERROR', 'SQLITE_CORRUPT', 'SQLITE_MISUSE', '23505', '42P01', '28P01', '22P02'])(
    'of code %s is a defect and passes unchanged',
    (code) => {
      const error = coded(code);
      expect(toStoreError(error)).toBe(error);
    },
  );

  it('is looked for inside the error that TypeORM wraps around it', () => {
    const wrapped = new QueryFailedError('SELECT 1', [], coded('57P01'));
    expect(driverCode(wrapped)).toBe('57P01');
    expect(toStoreError(wrapped)).toBeInstanceOf(StoreUnavailableError);
  });

  it('that is mapped already, or is no error, passes unchanged', () => {
    const mapped = new StoreUnavailableError('away');
    expect(toStoreError(mapped)).toBe(mapped);
    expect(toStoreError('words')).toBe('words');
  });
});
