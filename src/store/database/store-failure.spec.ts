import { QueryFailedError } from 'typeorm';
import { LostRaceError, StoreUnavailableError } from '../../durable/store.js';
import { driverCode, toStartError, toStoreError, toStoreErrorOfDriver } from './store-failure.js';

const coded = (code: string, message = code) => Object.assign(new Error(message), { code });

describe('A driver error', () => {
  it.each([
    ...['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_CANTOPEN'],
    ...['08006', '08P01', '53300', '57P01', '57P03', '57014', '40003', '55006', '25006'],
    ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND'],
  ])('of code %s means that the store is unavailable, and is its cause (G1)', (code) => {
    const error = coded(code);
    expect(toStoreError(error)).toMatchObject({
      name: 'StoreUnavailableError',
      code: 'store_unavailable',
      cause: error,
    });
  });

  it.each(['40001', '40P01', '55P03'])('of code %s means that a race was lost, and is its cause (G1)', (code) => {
    const error = coded(code);
    const failure = toStoreErrorOfDriver(error);
    expect(failure).toBeInstanceOf(LostRaceError);
    expect(failure).toMatchObject({ code: 'store_unavailable', cause: error });
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

  it.each([
    ...['SQLITE_ERROR', 'SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_MISUSE', 'SQLITE_AUTH'],
    ...['28000', '28P01', '3D000', '42501', '42P01', '0A000', '26000', 'XX000'],
    ...['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('of code %s does not depend on the values and means that the store is unavailable (G1)', (code) => {
    expect(toStoreError(coded(code))).toBeInstanceOf(StoreUnavailableError);
    // At the start it passes unchanged, so the operator sees at once what to repair.
    expect(toStartError(coded(code))).toMatchObject({ code });
  });

  it.each(['08006', '53300', '57P03', 'ECONNREFUSED', 'SQLITE_BUSY', 'SQLITE_FULL'])(
    'of code %s makes a starting service try again',
    (code) => {
      expect(toStartError(coded(code))).toBeInstanceOf(StoreUnavailableError);
    },
  );

  it.each(['SQLITE_CONSTRAINT', 'SQLITE_MISMATCH', 'SQLITE_TOOBIG', '23505', '22P02', '22021', '54000', 'P0001'])(
    'of code %s would repeat with the same values, so it is a defect and passes unchanged',
    (code) => {
      const error = coded(code);
      expect(toStoreError(error)).toBe(error);
    },
  );

  it.each([new TypeError('x is undefined'), Object.assign(new TypeError('arg'), { code: 'ERR_INVALID_ARG_TYPE' })])(
    'that is a defect of our code passes unchanged: %s',
    (error) => {
      expect(toStoreError(error)).toBe(error);
      expect(toStoreErrorOfDriver(error)).toBe(error);
    },
  );

  it('without a code means a lost connection when the driver itself has thrown it (G1)', () => {
    const error = new Error('something new');
    expect(toStoreError(error)).toBe(error);
    expect(toStoreErrorOfDriver(error)).toBeInstanceOf(StoreUnavailableError);
  });

  it('is found inside the error that TypeORM wraps around it', () => {
    const wrapped = new QueryFailedError('SELECT 1', [], coded('57P01'));
    expect(driverCode(wrapped)).toBe('57P01');
    expect(toStoreError(wrapped)).toBeInstanceOf(StoreUnavailableError);
  });

  it('passes unchanged when it is mapped already or is no error', () => {
    const mapped = new StoreUnavailableError('away');
    expect(toStoreError(mapped)).toBe(mapped);
    expect(toStoreError('words')).toBe('words');
  });
});
