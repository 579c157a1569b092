/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'e8cc11731df378c5'
