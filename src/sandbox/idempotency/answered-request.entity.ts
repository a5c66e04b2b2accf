import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The stored response of an idempotency key. Nothing deletes it. */
@Entity('answered_requests')
@Index('answered_requests_key', ['key', 'method', 'path'], { unique: true })
export class AnsweredRequestRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  key!: string;

  @Column('text')
  method!: string;

  @Column('text')
  path!: string;

  /** SHA-256 of the body as canonical JSON. */
  @Column('text')
  fingerprint!: string;

  @Column('integer')
  status!: number;

  /** The response body as JSON text. */
  @Column('text')
  body!: string;
}
