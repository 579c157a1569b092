/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'a2a6cd33e6bf5c8e'
