/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'e6a68c75fd5acf9c'
