/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '5d3e92aaf8c5abb8'
