import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The answer a key was given, kept for as long as the file lives. */
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

  /** The answer's JSON text. */
  @Column('text')
  body!: string;
}
