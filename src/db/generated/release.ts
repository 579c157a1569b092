/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '9c5ada5134a61b49'
