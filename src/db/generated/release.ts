/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '7e53576a740f5fc5'
