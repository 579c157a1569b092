/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '04ba67b6a239e0c9'
