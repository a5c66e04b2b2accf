import type { Client } from 'pg';

const OURS = `relnamespace = 'public'::regnamespace`;

/** Each query selects statements, as `sql`, in the order in which they can run. */
const PARTS = [
  // A serial column takes its values from a sequence of its own.
  `SELECT format('CREATE SEQUENCE %I AS integer', relname) AS sql FROM pg_class WHERE relkind = 'S' AND ${OURS} ORDER BY oid`,
  `SELECT format(E'CREATE TABLE %I (\\n  %s\\n)%s', c.relname,
     (SELECT string_agg(concat_ws(' ', format('%I', a.attname), format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attcollation <> t.typcollation THEN format('COLLATE %I', l.collname) END,
        CASE WHEN a.attnotnull THEN 'NOT NULL' END,
        'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)), E',\\n  ' ORDER BY a.attnum)
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_collation l ON l.oid = a.attcollation
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
     ' WITH (' || array_to_string(c.reloptions, ', ') || ')') AS sql
   FROM pg_class c WHERE c.relkind = 'r' AND c.${OURS} ORDER BY c.oid`,
  `SELECT format('ALTER SEQUENCE %I OWNED BY %I.%I', s.relname, t.relname, a.attname) AS sql
   FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
   JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
   WHERE d.deptype = 'a' AND s.${OURS} ORDER BY s.oid`,
  // Foreign keys need the primary keys, and PostgreSQL 18 lists NOT NULL here too.
  `SELECT format('ALTER TABLE %I ADD CONSTRAINT %I %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) AS sql
   FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
   WHERE c.${OURS} AND k.contype IN ('p', 'u', 'c', 'f') ORDER BY k.contype = 'f', c.oid, k.conname`,
  `SELECT pg_get_indexdef(i.indexrelid) AS sql FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
   WHERE c.${OURS} AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)
   ORDER BY c.oid, i.indexrelid::regclass::text`,
  `SELECT pg_get_functiondef(oid) AS sql FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY proname`,
  `SELECT pg_get_triggerdef(g.oid) AS sql FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
   WHERE c.${OURS} AND NOT g.tgisinternal ORDER BY c.oid, g.tgname`,
];

/** Statements that make the tables of this database anew, as its catalogue describes them; pg_dump does not come with the server. */
export async function dumpPostgresSchema(client: Client): Promise<string> {
  const statements: string[] = [];
  for (const part of PARTS) {
    const { rows } = await client.query<{ sql: string }>(part);
    statements.push(...rows.map(({ sql }) => `${sql.trimEnd()};\n`));
  }
  return statements.join('');
}
