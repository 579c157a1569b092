/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '16e348daa544f37b'
