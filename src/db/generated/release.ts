/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '2898683328ae24fc'
