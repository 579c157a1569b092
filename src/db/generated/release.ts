/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '2d46c17cbefe74ed'
