/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '17fdea7e31cb17c9'
