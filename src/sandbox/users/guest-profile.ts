import { createHash } from 'node:crypto';
import type { AddressDto, UserDto } from '../../contracts/users-contract.js';

const HOMES: readonly Omit<AddressDto, 'name'>[] = [
  { street: 'Lindenallee 12', postalCode: '20259', city: 'Hamburg', country: 'DE' },
  { street: 'Neubaugasse 31', postalCode: '1070', city: 'Wien', country: 'AT' },
  { street: 'Rue Oberkampf 8', postalCode: '75011', city: 'Paris', country: 'FR' },
  { street: 'Via Garibaldi 5', postalCode: '10122', city: 'Torino', country: 'IT' },
  { street: 'Calle de la Paz 17', postalCode: '46003', city: 'Valencia', country: 'ES' },
  { street: 'Prinsengracht 263', postalCode: '1016 GV', city: 'Amsterdam', country: 'NL' },
];
const NAMES = ['Robin', 'Alex', 'Sascha', 'Kim', 'Noa', 'Jona', 'Charlie', 'Luca'];

/** Makes up a customer for an unregistered GUID. The same GUID always gives the same customer. */
export function guestOf(guid: string): UserDto {
  const digest = createHash('sha256').update(guid).digest();
  const name = NAMES[digest.readUInt16BE(0) % NAMES.length] ?? 'Robin';
  const home = HOMES[digest.readUInt16BE(2) % HOMES.length];
  if (home === undefined) throw new RangeError('the table of homes is empty');
  return { id: guid, email: `guest-${guid}@example.com`, address: { name: `${name} Guest`, ...home } };
}
