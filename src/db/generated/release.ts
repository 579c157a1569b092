/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '993360352f8604ce'
