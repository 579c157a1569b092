/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '0ebc371701a1dce3'
