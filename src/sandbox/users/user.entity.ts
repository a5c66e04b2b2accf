import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AddressDto } from '../../contracts/users-contract.js';

@Entity('users')
export class UserRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  email!: string;

  @Column('simple-json')
  address!: AddressDto;
}
