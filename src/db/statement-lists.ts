/** The statements of every use case by the name of its function, with `$(name)` for a parameter. The last one answers. */
export type StatementLists = Readonly<Record<string, readonly string[]>>

/** Their path in the Worker's assets. They are not in the bundle, for they are read only when a function is missing. */
export const statementListsPath = '/generated/statements.json'
