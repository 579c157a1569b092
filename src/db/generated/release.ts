/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '1a3019479d45e65b'
