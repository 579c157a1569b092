/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '596fc439ff9c88e7'
