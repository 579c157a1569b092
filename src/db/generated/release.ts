/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'eb957a6606584bfe'
