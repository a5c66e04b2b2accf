import { StatementCounter } from './statement-counter.js';

describe('StatementCounter', () => {
  const count = (...statements: string[]): StatementCounter => {
    const counter = new StatementCounter();
    statements.forEach(counter.connection());
    return counter;
  };

  it('counts a single writing statement as one commit and one round trip', () => {
    expect(count('INSERT INTO a VALUES ($1)')).toMatchObject({ statements: 1, commits: 1 });
  });

  it('counts a statement that writes in a CTE as a commit', () => {
    expect(count('\nWITH won AS (UPDATE a SET b = 1 RETURNING id) SELECT id FROM won')).toMatchObject({ commits: 1 });
  });

  it('counts a transaction as one commit, however many statements it has', () => {
    const counter = count('BEGIN IMMEDIATE', 'UPDATE a SET b = 1', 'DELETE FROM a', 'COMMIT');
    expect(counter).toMatchObject({ statements: 4, commits: 1 });
  });

  it('counts no commit for a read', () => {
    expect(count('SELECT updated_at FROM a')).toMatchObject({ statements: 1, commits: 0 });
  });

  it('counts no commit for a transaction that was rolled back', () => {
    expect(count('BEGIN', 'UPDATE a SET b = 1', 'ROLLBACK')).toMatchObject({ statements: 3, commits: 0 });
  });

  it('tells the transactions of two connections apart', () => {
    const counter = new StatementCounter();
    const [one, other] = [counter.connection(), counter.connection()];
    one('BEGIN');
    other('DELETE FROM a');
    one('DELETE FROM a');
    expect(counter).toMatchObject({ statements: 3, commits: 1 });
  });
});
