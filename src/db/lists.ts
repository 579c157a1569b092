/** The statements of every use case by the name of its function, with `$(name)` for a parameter. The last one answers. */
export type Lists = Readonly<Record<string, readonly string[]>>

/** Where the Worker's assets have them. They are not in the bundle, for they are read only when a function is missing. */
export const listsPath = '/generated/statements.json'
