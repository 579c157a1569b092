/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'c2edf31cc2b7da95'
