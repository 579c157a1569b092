/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'c7185d4ac3a553ff'
