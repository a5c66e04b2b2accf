import { ApiProperty } from '@nestjs/swagger';
import { STAFF_ROLES, type StaffRole } from './principal.js';

const KEY_STATES = ['in_force', 'expired', 'revoked'] as const;

/** A configured key in a response. It contains neither the key nor its full hash. */
export interface KeyView {
  readonly fingerprint: string;
  readonly id: string;
  readonly role: StaffRole;
  readonly state: (typeof KEY_STATES)[number];
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
  readonly reason: string | null;
}

export class KeyDto implements KeyView {
  @ApiProperty({
    example: '9f86d081884c7d65',
    description: 'First 16 hexadecimal digits of the SHA-256 of the key.',
  })
  readonly fingerprint!: string;

  @ApiProperty({ example: 'anna', description: 'Names its holder in audits.' })
  readonly id!: string;

  @ApiProperty({ enum: STAFF_ROLES })
  readonly role!: StaffRole;

  @ApiProperty({ enum: KEY_STATES })
  readonly state!: KeyView['state'];

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null: it does not expire.' })
  readonly expiresAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly revokedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'root', description: 'Id of the key of who revoked it.' })
  readonly revokedBy!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Left in a chat.' })
  readonly reason!: string | null;
}

export class KeyListDto {
  @ApiProperty({ type: [KeyDto], description: 'In the order of the configuration.' })
  readonly items!: readonly KeyDto[];
}
