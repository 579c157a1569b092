/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '8e70d5becb2c8745'
