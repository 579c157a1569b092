/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'fcc48df9e85f9ffc'
