/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'f83742995c686dd9'
