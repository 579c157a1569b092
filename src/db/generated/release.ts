/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'f630bd00f6070215'
