/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '5865ceb17ce13025'
