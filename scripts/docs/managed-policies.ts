/** Where the documents and tests read the copies, which the command `explain` needs too. */
export * from '../../lib/explain/managed-policies';
