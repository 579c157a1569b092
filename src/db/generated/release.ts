/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '97f70e4161d626b1'
