/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '83447dc124489e6b'
