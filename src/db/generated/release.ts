/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'a7eb4246a09c03ad'
