/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '6a84092c014c7f74'
