/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'c616accbf52ed2ae'
