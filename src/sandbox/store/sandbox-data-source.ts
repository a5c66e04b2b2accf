import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import sqlite3 from 'sqlite3';
import { DataSource } from 'typeorm';
import { CallbackRow } from '../callbacks/callback.entity.js';
import { CartLineRow, CartRow } from '../cart/cart.entity.js';
import { FaultRow } from '../faults/fault.entity.js';
import { ShipmentRow } from '../fulfilment/shipment.entity.js';
import { AnsweredRequestRow } from '../idempotency/answered-request.entity.js';
import { LedgerRow } from '../ledger/ledger.entity.js';
import { PaymentSettingRow } from '../payments/payment-setting.entity.js';
import { PaymentRow } from '../payments/payment.entity.js';
import { RefundRow } from '../payments/refund.entity.js';
import { UserRow } from '../users/user.entity.js';
import { ProductRow } from '../warehouse/product.entity.js';
import { ReservationRow } from '../warehouse/reservation.entity.js';
import { Initial1760000000000 } from './initial-migration.js';
import { seed } from './sandbox-seed.js';

/** Opens the store, migrates its schema and seeds a new database. Throws the driver's errors. */
export async function openDataSource(databasePath: string): Promise<DataSource> {
  await mkdir(dirname(databasePath), { recursive: true });
  const dataSource = new DataSource({
    type: 'sqlite',
    database: databasePath,
    // TypeORM switches the driver to verbose mode for the whole process; errors then contain the rows' values.
    driver: { verbose: () => sqlite3 },
    enableWAL: true,
    busyTimeout: 5_000,
    synchronize: false,
    migrations: [Initial1760000000000],
    entities: [
      AnsweredRequestRow,
      CallbackRow,
      CartLineRow,
      CartRow,
      FaultRow,
      LedgerRow,
      PaymentRow,
      PaymentSettingRow,
      ProductRow,
      RefundRow,
      ReservationRow,
      ShipmentRow,
      UserRow,
    ],
  });
  await dataSource.initialize();
  try {
    await dataSource.query('PRAGMA synchronous = FULL');
    await dataSource.runMigrations();
    await seed(dataSource);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}
