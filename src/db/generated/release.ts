/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '5b09ddfe783dc250'
