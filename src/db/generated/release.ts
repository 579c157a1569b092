/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '311013ce2accd3fe'
