/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'df7893dbf85a758b'
