/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'fd2c5e79572c4389'
