import { Injectable } from '@nestjs/common';
import type { UserDto } from '../../contracts/users-contract.js';
import { SandboxStore } from '../store/sandbox-store.js';
import { guestOf } from './guest-profile.js';
import { UserRow } from './user.entity.js';

@Injectable()
export class UsersService {
  constructor(private readonly store: SandboxStore) {}

  /** Returns the user of this GUID. Registers a guest when there is none. */
  get(userId: string): Promise<UserDto> {
    return this.store.write(async ({ manager }) => {
      const known = await manager.findOneBy(UserRow, { id: userId });
      if (known !== null) return { id: known.id, email: known.email, address: known.address };
      const guest = guestOf(userId);
      await manager.insert(UserRow, guest);
      return guest;
    });
  }
}
