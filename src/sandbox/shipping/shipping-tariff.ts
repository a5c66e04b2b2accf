import { add, dinero, EUR, multiply, toSnapshot } from 'dinero.js';
import type { MoneyDto } from '../../contracts/money-contract.js';

type Zone = 'domestic' | 'union' | 'europe' | 'world';
interface Tariff {
  readonly carrier: string;
  /** Cents for each parcel, full or not. */
  readonly perParcel: number;
  /** Cents for each piece. */
  readonly perPiece: number;
}

const PIECES_PER_PARCEL = 10;
const TARIFFS: Readonly<Record<Zone, Tariff>> = {
  domestic: { carrier: 'Heimat Paket', perParcel: 490, perPiece: 30 },
  union: { carrier: 'Union Parcel', perParcel: 990, perPiece: 90 },
  europe: { carrier: 'Alpine Freight', perParcel: 1_990, perPiece: 150 },
  world: { carrier: 'Blue Ocean Cargo', perParcel: 3_490, perPiece: 320 },
};
const COUNTRIES: Readonly<Record<Zone, string>> = {
  domestic: 'DE',
  union: 'AT BE BG HR CY CZ DK EE FI FR GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE',
  europe: 'CH GB IS LI NO',
  world: 'AE AR AU BR CA CL CN CO HK IL IN JP KR MX MY NZ PH SG TH TR TW US VN ZA',
};
const ZONES: readonly Zone[] = ['domestic', 'union', 'europe', 'world'];

/** The zone of `country`, seen from a warehouse in Germany; undefined where no carrier goes. */
export function zoneOf(country: string): Zone | undefined {
  return ZONES.find((zone) => COUNTRIES[zone].split(' ').includes(country));
}

/** Price of shipping `pieces` to `country` (ISO 3166-1 alpha-2), in EUR; undefined where no carrier goes. */
export function tariffFor(country: string, pieces: number): { carrier: string; amount: MoneyDto } | undefined {
  const zone = zoneOf(country);
  if (zone === undefined) return undefined;
  const { carrier, perParcel, perPiece } = TARIFFS[zone];
  const parcels = multiply(dinero({ amount: perParcel, currency: EUR }), Math.ceil(pieces / PIECES_PER_PARCEL));
  const handling = multiply(dinero({ amount: perPiece, currency: EUR }), pieces);
  return { carrier, amount: { amount: toSnapshot(add(parcels, handling)).amount, currency: 'EUR' } };
}
