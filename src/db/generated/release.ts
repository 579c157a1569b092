/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '03c776d74b5737d3'
