/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'cd4e62c08521480b'
