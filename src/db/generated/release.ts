/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '63af3c0c96c6532b'
