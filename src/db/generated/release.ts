/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'a58ad5d12743d795'
