/** Counts the statements that a store sends to its driver, and the transactions that these commit. */
export class StatementCounter {
  /** Every statement is a round trip: the drivers send one after the other. */
  statements = 0;
  /** Transactions that write: by COMMIT, or by a single statement outside of a transaction. */
  commits = 0;

  /** @returns what to call with every statement of a connection. */
  connection(): (sql: string) => void {
    let isOpen = false;
    return (sql) => {
      this.statements += 1;
      const [word = ''] = /\w+/.exec(sql) ?? [];
      switch (word.toUpperCase()) {
        case 'BEGIN':
          isOpen = true;
          return;
        case 'ROLLBACK':
          isOpen = false;
          return;
        case 'COMMIT':
          isOpen = false;
          this.commits += 1;
          return;
        default:
          if (!isOpen && WRITES.test(sql)) this.commits += 1;
      }
    };
  }
}

const WRITES = /\b(?:INSERT|UPDATE|DELETE)\b/i;
